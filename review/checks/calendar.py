"""Days of the week and months that differ from the source and the references."""

import re
from collections.abc import Callable, Iterator

from review.checks.family import Check, Family
from review.checks.lexicon.basis import Loss, Side, Swap, compare, read, sides
from review.checks.lexicon.gaps import gap
from review.checks.lexicon.language import Lexicon, lexicon_of
from review.checks.lexicon.terms import Terms, Told
from review.model import Context, Document, Flag, Segment, Severity
from review.text import words

_SWAPPED = 0.9
_MISSING = 0.5
# "3.5.2021", "klo 18 3.5.": the month of a date in figures. A decimal has no dot at its end.
_DATE = re.compile(r"(?<![\d.,])\d{1,2}\.(?:\u00a0| )?(0?[1-9]|1[0-2])\.(?!\d{1,2}(?!\d))")
# "May" and "March" are other words too; a month stands beside a figure or one of these.
_DOUBTFUL = frozenset(("May", "may", "March"))
_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|of|since|until|till|by|last|this|next|from|early|late|mid|during|every))[ \u00a0-]$",
    re.IGNORECASE,
)
_AFTER = re.compile(r",?[ \u00a0]\d")
_LONGEST_BEFORE = 8
_KINDS: tuple[tuple[str, Callable[[Lexicon], Terms]], ...] = (
    ("day", lambda lexicon: lexicon.days),
    ("month", lambda lexicon: lexicon.months),
)
_MONTHS = """
january february march april may june july august september october november december
""".split()


class Calendar(Family[Context]):
    id = "calendar"
    title = "Days and months"
    checks = (
        Check(
            id="day-mismatch",
            title="Another day of the week",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="A day of the week that neither the source nor a reference has, while theirs is not in the text.",
            example="source: maanantaina — on Tuesday → on Monday",
        ),
        Check(
            id="day-missing",
            title="Day of the week left out",
            category="accuracy/omission",
            severity=Severity.MINOR,
            meaning="The source has a day of the week, and the text has none and no word such as today for it.",
            example="source: Hän saapui perjantaina Ouluun. — She arrived in Oulu.",
        ),
        Check(
            id="month-mismatch",
            title="Another month",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="A month that neither the source nor a reference has, in words or in a date, while theirs is "
            "not in the text.",
            example="source: tammikuussa — in June → in January",
        ),
        Check(
            id="month-missing",
            title="Month left out",
            category="accuracy/omission",
            severity=Severity.MINOR,
            meaning="The source has a month, and the text has none.",
            example="source: Hän saapui 3. toukokuuta. — She arrived on the 3rd.",
        ),
    )

    def gather(self, document: Document, context: Context) -> Context:
        return context

    def flags(self, segment: Segment, evidence: Context) -> Iterator[Flag]:
        basis = sides(segment, evidence)
        target = lexicon_of(evidence.target_lang)
        if not basis or target is None:
            return
        for kind, terms in _KINDS:
            there = [(side, [*found, *_dated(kind, side)]) for side, found in read(basis, terms)]
            for difference in compare(terms(target).find(segment.text), there):
                if isinstance(difference, Swap):
                    yield from self._swapped(kind, segment, difference)
                elif not (_is_date(difference.told) or _is_told_otherwise(segment.text, target)):
                    yield from self._missing(kind, segment, difference)

    def _swapped(self, kind: str, segment: Segment, swap: Swap) -> Iterator[Flag]:
        told = swap.told
        if told.text in _DOUBTFUL and not _is_month(segment.text, told):
            return
        lost = {one.key.capitalize(): one for one in swap.lost}
        if not lost:
            return
        name, one = next(iter(lost.items()))
        reason = f"The {swap.side.name} has “{one.text}” ({name}); the text has “{told.text}”."
        plural = "s" if told.text.endswith("days") else ""
        forms = (f"{name}{plural}" for name in lost)
        span = (told.start, told.end)
        yield self.flag(f"{kind}-mismatch", segment, span, reason, *forms, confidence=_SWAPPED)

    def _missing(self, kind: str, segment: Segment, loss: Loss) -> Iterator[Flag]:
        told, side = loss.told, loss.side
        span = gap(segment.text, told.start, len(side.text))
        if span is not None:
            what = told.key.capitalize()
            reason = f"The {side.name} has “{told.text}” ({what}); the text has no {kind} here."
            yield self.flag(f"{kind}-missing", segment, span, reason, confidence=_MISSING)


def _dated(kind: str, side: Side) -> Iterator[Told]:
    """The months of the dates in figures."""
    if kind == "month":
        for match in _DATE.finditer(side.text):
            yield Told(_MONTHS[int(match.group(1)) - 1], *match.span(), match.group())


def _is_date(told: Told) -> bool:
    """Whether this is a date in figures, which may be a time at the end of a sentence, and is kept as it is."""
    return told.text[0].isdigit()


def _is_month(text: str, told: Told) -> bool:
    before = text[max(0, told.start - _LONGEST_BEFORE) : told.start]
    return bool(_BEFORE.search(before) or _AFTER.match(text, told.end))


def _is_told_otherwise(text: str, target: Lexicon) -> bool:
    """Whether the text has a word that may stand for a day or month: today, yesterday."""
    return any(word.text in target.when or word.text.lower() in target.when for word in words(text))
