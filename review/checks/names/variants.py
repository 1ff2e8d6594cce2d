"""One name in several spellings."""

from review.checks.names.evidence import Mentioned
from review.checks.names.findings import Finding
from review.checks.names.frequency import english
from review.checks.names.inflection import in_segments
from review.checks.names.romanisation import fold, plain, shows_slavic
from review.model import Severity

_COMMON = 3.5  # Zipf: a word so frequent in English is another word, not another spelling
_SHORTEST = 4


def other_spelling(mentioned: Mentioned) -> Finding | None:
    """A mention whose document has the same name oftener in another spelling."""
    word, evidence = mentioned.mention.text, mentioned.evidence
    spellings = sorted(evidence.spellings.get(fold(plain(word)), ()))
    if len(spellings) < 2 or len(word) < _SHORTEST or english(word) >= _COMMON:
        return None
    others = [form for form in spellings if form.lower() != word.lower() and _speaks(form, mentioned)]
    # Other names differ in a letter (Tommi, Tommy); one Slavic name may.
    if not (fold(word) in evidence.slavic or shows_slavic(word)):
        others = [form for form in others if plain(form) == plain(word)]
    right = max(others, key=lambda form: _weight(form, mentioned), default=None)
    if right is None or _weight(right, mentioned) <= _weight(word, mentioned):
        return None
    places = in_segments(evidence.target.places(right.lower()))
    why = f"This document also spells “{word}” as “{right}”, in {places}; one spelling should stand."
    return Finding("name-inconsistent", (right,), why, 0.55, severity=Severity.MINOR)


def _speaks(form: str, mentioned: Mentioned) -> bool:
    """Whether a spelling stands near enough, and is not another name of the source."""
    evidence = mentioned.evidence
    both = evidence.source is not None and all(
        evidence.source.places(f.lower()) for f in (form, mentioned.mention.text)
    )
    return not both and evidence.target.near(form.lower(), mentioned.segment) > 0


def _weight(form: str, mentioned: Mentioned) -> tuple[float, int]:
    return english(form), len(mentioned.evidence.target.places(form.lower()))
