"""Numbers, dates and times written as Finnish and Estonian write them: 3,5 % and 1.5.2021 and klo 14.30."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from review.checks.family import Check, Family
from review.checks.tokenised import Spacing
from review.model import Context, Document, Flag, Segment, Severity

_MONTHS = """
January February March April May June July August September October November December
""".split()
_SPACE = "[ \u00a0\u202f]"
# Not inside a longer number, code, score or address.
_START = r"(?<![\w.,:/€$£+-])(?<!\d )(?<!\d\u00a0)"


@dataclass(frozen=True, slots=True)
class _Form:
    """One foreign way of writing, with what English writes instead; None if it is right after all."""

    check: str
    pattern: re.Pattern[str]
    right: Callable[[re.Match[str]], tuple[str, ...] | None]
    reason: str
    confidence: float
    spacing: bool = False  # whether tokenised text writes so on purpose


def _thousands(match: re.Match[str]) -> tuple[str, ...]:
    return (re.sub(_SPACE, ",", match.group()),)


def _date(match: re.Match[str]) -> tuple[str, ...] | None:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    name = _MONTHS[month - 1]
    return f"{day} {name} {match['year']}", f"{name} {day}, {match['year']}"


def _clock(match: re.Match[str]) -> tuple[str, ...] | None:
    hour, minute = int(match["hour"]), match["minute"]
    if hour > 24:
        return None
    half = "p.m." if 12 <= hour < 24 else "a.m."
    minutes = "" if minute in (None, "00") else f":{minute}"
    long = f"{hour}:{minute or '00'}"
    at = "at " if match.group()[0].lower() == "k" and not match["at"] else match["at"] or ""
    return f"{at}{(hour - 1) % 12 + 1}{minutes} {half}", f"{at}{long}"


_FORMS = (
    _Form(
        "number-format",
        re.compile(rf"{_START}\d+,\d{{1,2}}(?![\d\w,])(?!,?{_SPACE}?\d)"),
        lambda match: (match.group().replace(",", "."),),
        "English writes a decimal point where Finnish has a comma.",
        0.85,
    ),
    _Form(
        "number-format",
        re.compile(rf"{_START}[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?![\d\w]|[.,:-]\d|{_SPACE}\d)"),
        _thousands,
        "English groups thousands with a comma, not with a space.",
        0.8,
        spacing=True,
    ),
    _Form(
        "number-format",
        re.compile(rf"(?<=\d){_SPACE}%"),
        lambda match: ("%",),
        "English writes no space before the per cent sign.",
        0.8,
        spacing=True,
    ),
    _Form(
        "number-format",
        re.compile(rf"{_START}(?P<sum>\d+(?:,\d{{3}})*(?:[.]\d+)?){_SPACE}?€(?![\w\d])"),
        lambda match: (f"€{match['sum']}",),
        "English writes the euro sign before the sum.",
        0.8,
    ),
    _Form(
        "date-format",
        re.compile(
            r"(?<![\w.,:/-])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:1[5-9]|20)\d\d)(?![\w-]|\.\d)"
        ),
        _date,
        "English writes the month of a date as a word.",
        0.8,
    ),
    _Form(
        "date-format",
        re.compile(
            rf"(?<![\w.,:/])(?P<day>[1-9]|[12]\d|3[01])\.(?:{_SPACE}of)?{_SPACE}(?P<month>{'|'.join(_MONTHS)})\b"
        ),
        lambda match: (f"{match['day']} {match['month']}", f"{match['month']} {match['day']}"),
        "English writes no full stop after the day of a date.",
        0.85,
    ),
    _Form(
        "date-format",
        re.compile(r"(?<![\w.,])(?P<decade>(?:1[0-9]|20)\d0|\d0)[-–’']luvu\w*"),
        lambda match: (f"{match['decade']}s",),
        "“-luku” is Finnish for a decade or a century.",
        0.97,
    ),
    _Form(
        "time-format",
        re.compile(
            rf"\b(?P<at>at )?(?:klo|kello)\.?{_SPACE}(?P<hour>\d{{1,2}})(?:[.:](?P<minute>[0-5]\d))?(?!\d)",
            re.I,
        ),
        _clock,
        "“klo” is Finnish for “o’clock”.",
        0.97,
    ),
    _Form(
        "time-format",
        re.compile(
            r"\b(?P<at>at |until |before |after )(?P<hour>1[3-9]|2[0-3])\.(?P<minute>[0-5]\d)(?![\d%]|[.,]\d)(?= ?(?:[,.;:)]|$|[a-z]))(?! (?:per|million|billion|metres|points|seconds|euros|hours|am|pm|a\.m|p\.m))"
        ),
        _clock,
        "English writes the time of day with a colon, or with a.m. and p.m.",
        0.65,
    ),
)


class Figures(Family[Spacing]):
    """Its evidence is whether the document is tokenised."""

    id = "figures"
    title = "Dates, times and the form of numbers"
    checks = (
        Check(
            id="number-format",
            title="Number in foreign form",
            category="locale-convention/number-format",
            severity=Severity.MINOR,
            meaning="A decimal comma, a space between thousands or before %, or a euro sign behind its sum.",
            example="3,5 % of 10 000 people → 3.5% of 10,000 people",
        ),
        Check(
            id="date-format",
            title="Date in foreign form",
            category="locale-convention/date-format",
            severity=Severity.MINOR,
            meaning="A date or decade written as Finnish writes it.",
            example="on 1.5.2021 → on 1 May 2021",
        ),
        Check(
            id="time-format",
            title="Time in foreign form",
            category="locale-convention/time-format",
            severity=Severity.MINOR,
            meaning="A time of day written as Finnish writes it.",
            example="klo 14.30 → at 2:30 p.m.",
        ),
    )

    def gather(self, document: Document, context: Context) -> Spacing:
        return Spacing(document)

    def update(self, evidence: Spacing, before: Segment, after: Segment) -> Spacing:
        return evidence.replace(before, after)

    def flags(self, segment: Segment, evidence: Spacing) -> Iterator[Flag]:
        if not any(map(str.isdigit, segment.text)):
            return
        for form in _FORMS:
            if form.spacing and evidence.tokenised:
                continue
            for match in form.pattern.finditer(segment.text):
                if (right := form.right(match)) is not None:
                    yield self.flag(
                        form.check, segment, match.span(), form.reason, *right, confidence=form.confidence
                    )
