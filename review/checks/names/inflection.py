"""Names that kept the ending of the source language."""

from collections.abc import Sequence

from review.checks.names.choice import choices, is_doubtful
from review.checks.names.demonyms import is_demonym
from review.checks.names.evidence import Mentioned
from review.checks.names.exonyms import is_english_place
from review.checks.names.findings import Finding
from review.checks.names.frequency import english
from review.checks.names.morphology.analysis import Analysis
from review.checks.names.morphology.languages import language_of, readings
from review.checks.names.romanisation import fold, is_surname
from review.checks.names.spelling import english_form

# The least probability of being a form of another name from which a word is flagged.
_FLAGGED = 0.55
_SLAVIC_IN = ("in", "yn", "ina", "yna")
_BETTER_KNOWN = 3.0  # Zipf: a thousand times as frequent
_OFFERED = 0.05
_MOST_OFFERED = 4


def ending_left(mentioned: Mentioned) -> Finding | None:
    """A mention that is probably an inflected form of another name."""
    word, evidence = mentioned.mention.text, mentioned.evidence
    sourced = mentioned.here is not None
    if is_demonym(word) or is_english_place(word) or not is_doubtful(word, evidence.language, sourced):
        return None
    if _is_slavic_in(mentioned):
        return None
    found = choices(mentioned.mention, mentioned.segment, evidence, mentioned.here)
    wrong = 1 - next(choice.share for choice in found if choice.reading is None)
    if wrong < _FLAGGED:
        return None
    likely = [c for c in found if c.reading is not None]
    offered = [c for c in likely if c.share >= _OFFERED * likely[0].share][:_MOST_OFFERED]
    reading = likely[0].reading
    assert reading is not None
    return Finding(
        check="name-ending",
        right=tuple(dict.fromkeys(english_form(choice.base, mentioned) for choice in offered)),
        why=_why(word, reading, mentioned),
        confidence=wrong,
        case=reading.case,
    )


def _is_slavic_in(mentioned: Mentioned) -> bool:
    """Whether the mention is one of the many Slavic surnames in -in: Kosygin, Chubarin, Valentina Glazunina.

    A Finnish genitive looks the same; it stands on a name that is known, or that ends as a surname does.
    """
    word, evidence = mentioned.mention.text, mentioned.evidence
    if not word.lower().endswith(_SLAVIC_IN) or fold(word) not in evidence.slavic:
        return False
    sides = [side for side in (evidence.target, evidence.source) if side is not None]
    return not any(
        is_surname(reading.base)
        or english(reading.base) >= english(word) + _BETTER_KNOWN
        or any(side.places(reading.base.lower()) for side in sides)
        for reading in readings(word, evidence.language)
    )


def _why(word: str, reading: Analysis, mentioned: Mentioned) -> str:
    language = language_of(mentioned.evidence.language).name
    looks = (
        f"“{word}” looks like “{reading.base}” with the {language} {reading.case} ending -{reading.ending}"
    )
    return f"{looks}{_told(reading.base, mentioned)}."


def _told(base: str, mentioned: Mentioned) -> str:
    """Where the base stands, in words."""
    places = mentioned.evidence.target.places(base.lower())
    if places:
        return f"; “{base}” stands in {in_segments(places)}"
    source = mentioned.evidence.source
    places = source.places(base.lower()) if source else []
    return f"; the source has “{base}” in {in_segments(places)}" if places else ""


def in_segments(places: Sequence[int]) -> str:
    """“segment 4” or “segments 18, 19 and 21”, three at most."""
    shown = [str(number) for number in sorted(set(places))[:3]]
    if len(shown) == 1:
        return f"segment {shown[0]}"
    return f"segments {', '.join(shown[:-1])} and {shown[-1]}"
