"""Numbers that differ from the source and the references."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz.distance import Indel, Levenshtein

from review.checks.family import Check, Family
from review.checks.lexicon.gaps import gap
from review.checks.numbers.conversions import is_converted, is_english_measure
from review.checks.numbers.numeral import Numeral, all_values, numerals
from review.checks.numbers.scales import SCALE_WORDS, Scales
from review.model import Context, Document, Flag, Segment, Severity

# The share of such flags that are right, measured on machine translations beside human ones.
_GARBLED = 0.9
_SCALED = 0.85
_OTHER = 0.65
_CONVERTED = 0.5
_ADDED = 0.5
_MISSING = 0.65
_MOST_OFFERED = 20  # numbers of the source among which the nearest is sought
_CLOCK = re.compile(r"(?:1[0-2]|0?\d)[.:][0-5]\d")


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
        Check(
            id="number-scale",
            title="Thousands, millions or billions mixed up",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="The number of the source with another word behind it, or without its word.",
            example="source: 3 miljardia — 3 million → 3 billion",
        ),
        Check(
            id="number-missing",
            title="Number left out",
            category="accuracy/omission",
            severity=Severity.MINOR,
            meaning="The source has a number, and the text has it neither in figures nor in words.",
            example="source: Linja 5 kulkee tunnin välein. — The line runs every hour.",
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
        told, here = numerals(basis[0][0]), numerals(segment.text)
        lost = [n for n in told if not n.values & present and not _parts(n) <= present]
        where = "source" if segment.source else "reference"
        scales = Scales.of(told, here)
        wrong = False
        for numeral in here:
            if self._is_right(numeral, segment.text, right):
                if (scale := scales.other(numeral, right)) is not None:
                    yield self._scale(segment, numeral, scale, where)
            elif lost or numeral.text != "1":  # "a metre" may be 1 m
                wrong = True
                yield self._mismatch(segment, numeral, lost[:_MOST_OFFERED], where)
        if not wrong and not any(is_english_measure(segment.text, n.end) for n in here):
            others = [all_values(text, language) for text, language in basis[1:]]
            gone = (n for n in lost if not (_parts(n) & present or _short_year(n, present)))
            if missing := next((n for n in gone if all(n.values & values for values in others)), None):
                yield from self._missing(segment, missing, len(basis[0][0]), where)

    def _is_right(self, numeral: Numeral, text: str, right: set[Decimal]) -> bool:
        return (
            bool(numeral.values & right)
            or _parts(numeral) <= right
            or _short_year(numeral, right)
            or _is_clock(numeral, right)
            or is_converted(numeral.values, text, numeral.end, right)
        )

    def _mismatch(self, segment: Segment, numeral: Numeral, lost: list[Numeral], where: str) -> Flag:
        nearest = sorted(lost, key=lambda n: Levenshtein.distance(n.text, numeral.text))
        span = (numeral.start, numeral.end)
        if not nearest:
            reason = f"{numeral.text} stands nowhere in the {where}."
            return self.flag("number-mismatch", segment, span, reason, confidence=_ADDED)
        reason = f"{numeral.text} stands nowhere in the {where}, which has {nearest[0].text} here."
        forms = dict.fromkeys(_as_english(n.text, numeral.text) for n in nearest[:3])
        converted = is_english_measure(segment.text, numeral.end)
        garbled = _alike(nearest[0].text, numeral.text)
        confidence = _CONVERTED if converted else _GARBLED if garbled else _OTHER
        return self.flag("number-mismatch", segment, span, reason, *forms, confidence=confidence)

    def _scale(self, segment: Segment, numeral: Numeral, scale: int, where: str) -> Flag:
        span = (numeral.start, numeral.scaled)
        word = SCALE_WORDS[scale]
        reason = f"The {where} has {numeral.text} {word}; the text has “{segment.text[slice(*span)]}”."
        right = f"{numeral.text} {word}"
        return self.flag("number-scale", segment, span, reason, right, confidence=_SCALED)

    def _missing(self, segment: Segment, lost: Numeral, length: int, where: str) -> Iterator[Flag]:
        if span := gap(segment.text, lost.start, length):
            reason = f"The {where} has {lost.text} here; the text has no such number."
            yield self.flag("number-missing", segment, span, reason, confidence=_MISSING)


def _parts(numeral: Numeral) -> set[Decimal]:
    """The values of the pieces between dots, commas and colons: a date's day, month and year."""
    pieces = "".join(c if c.isdigit() else " " for c in numeral.text).split()
    return {Decimal(piece) for piece in pieces}


def _is_clock(numeral: Numeral, right: set[Decimal]) -> bool:
    """Whether this is a time that the source counts by 24 hours (5.30 for 17.30), or the 00 after a full hour."""
    if numeral.text == "00":
        return True
    match = _CLOCK.fullmatch(numeral.text)
    return match is not None and bool({value + 12 for value in numeral.values} & right)


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
