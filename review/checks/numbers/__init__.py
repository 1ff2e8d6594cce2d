"""Numbers that differ from the source and the references."""

from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz.distance import Indel, Levenshtein

from review.checks.family import Check, Family
from review.checks.numbers.numeral import Numeral, all_values, numerals
from review.model import Context, Document, Flag, Segment, Severity


class Numbers(Family[Context]):
    id = "numbers"
    title = "Numbers"
    checks = (
        Check(
            id="number-mismatch",
            title="Number differs",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="A number that stands neither in the source nor in a reference, however it is written there.",
            example="source: vuonna 2015 — in 015 → in 2015",
            languages=(),
        ),
    )

    def gather(self, document: Document, context: Context) -> Context:
        return context

    def flags(self, segment: Segment, evidence: Context) -> Iterator[Flag]:
        basis = [(segment.source, evidence.source_lang)] if segment.source else []
        basis += [(reference, evidence.target_lang) for reference in segment.references]
        if not basis:
            return
        right = set().union(*(all_values(text, language) for text, language in basis))
        present = all_values(segment.text, evidence.target_lang)
        lost = [n for n in numerals(basis[0][0]) if not n.values & present and not _parts(n) <= present]
        for numeral in numerals(segment.text):
            if numeral.values & right or _parts(numeral) <= right or _short_year(numeral, right):
                continue
            yield self._mismatch(segment, numeral, lost, "source" if segment.source else "reference")

    def _mismatch(self, segment: Segment, numeral: Numeral, lost: list[Numeral], where: str) -> Flag:
        nearest = sorted(lost, key=lambda n: Levenshtein.distance(n.text, numeral.text))
        if not nearest:
            reason = f"{numeral.text} stands nowhere in the {where}."
            return self.flag("number-mismatch", segment, (numeral.start, numeral.end), reason, confidence=0.5)
        reason = f"{numeral.text} stands nowhere in the {where}, which has {nearest[0].text} here."
        return self.flag(
            "number-mismatch",
            segment,
            (numeral.start, numeral.end),
            reason,
            *(_as_english(n.text, numeral.text) for n in nearest[:3]),
            confidence=0.9 if _alike(nearest[0].text, numeral.text) else 0.55,
        )


def _parts(numeral: Numeral) -> set[Decimal]:
    """The values of the pieces between dots, commas and colons: a date's day, month and year."""
    pieces = "".join(c if c.isdigit() else " " for c in numeral.text).split()
    return {Decimal(piece) for piece in pieces}


def _short_year(numeral: Numeral, right: set[Decimal]) -> bool:
    """Whether one is the short form of a year of the other: 2014–15 for 2014–2015, 2002 for ’02."""
    if not numeral.text.isdigit() or len(numeral.text) not in (2, 4):
        return False
    value = Decimal(numeral.text)
    if len(numeral.text) == 4:
        return 1900 <= value < 2100 and value % 100 in right
    return any(1000 <= year < 3000 and year % 100 == value for year in right)


def _alike(source: str, hypothesis: str) -> bool:
    """Whether one numeral looks like a garbled form of the other; miles for kilometres do not."""
    digits = ["".join(c for c in text if c.isdigit()) for text in (source, hypothesis)]
    return Indel.normalized_similarity(*digits) >= 0.5


def _as_english(source: str, hypothesis: str) -> str:
    """The source's numeral as English writes it: 3,5 → 3.5, 1 200 → 1,200, a time as it is."""
    squeezed = "".join("," if c.isspace() else c for c in source)
    if squeezed != source or hypothesis.count(",") > source.count(","):
        return squeezed
    head, comma, tail = source.partition(",")
    return f"{head}.{tail}" if comma and "," not in tail and len(tail) != 3 else source
