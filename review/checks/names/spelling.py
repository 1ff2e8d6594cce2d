"""Slavic names in the spelling of the source language, and places by the name they have there."""

from review.checks.names.evidence import Mentioned
from review.checks.names.exonyms import english_place
from review.checks.names.findings import Finding
from review.checks.names.frequency import english
from review.checks.names.morphology.languages import language_of, readings
from review.checks.names.romanisation import fold, is_surname, listed, shows_slavic, usual
from review.model import Severity

# Zipf steps: a spelling this much more frequent in English is the right one; ten times as frequent is 1.
_CLEARLY = 0.7
_MUCH = 0.9


def foreign_spelling(mentioned: Mentioned) -> Finding | None:
    """A mention of a Slavic name that is not spelled as English spells it."""
    word = mentioned.mention.text
    found = _english_spelling(word, mentioned)
    if found is None:
        return None
    if (inflected := _inflected_surname(word, mentioned)) is not None:
        return inflected
    right, confidence, severity = found
    why = f"“{word}” is how the source language spells this Slavic name; English papers write “{right}”."
    offered = (right, *_others(word, right))
    return Finding("name-romanisation", offered, why, confidence, severity=severity)


def _inflected_surname(word: str, mentioned: Mentioned) -> Finding | None:
    """An inflected form of what its end shows to be a Slavic surname: Veselnitskajan, of Veselnitskaja."""
    if is_surname(word):
        return None
    language = language_of(mentioned.evidence.language)
    reading = next((r for r in readings(word, language.code) if is_surname(r.base)), None)
    if reading is None:
        return None
    right = english_form(reading.base, mentioned)
    why = f"“{word}” looks like the Slavic name “{right}” with the {language.name} {reading.case} ending -{reading.ending}."
    return Finding("name-ending", (right,), why, 0.9, reading.case)


def _others(word: str, right: str) -> tuple[str, ...]:
    spelling = listed(word)
    return tuple(sorted(spelling.accepted - {word, right})) if spelling else ()


def _english_spelling(word: str, mentioned: Mentioned) -> tuple[str, float, Severity | None] | None:
    """The right spelling of a Slavic name, if it is one and is spelled otherwise; how sure, how bad."""
    slavic = fold(word) in mentioned.evidence.slavic
    spelling = listed(word)
    if not (slavic or spelling or shows_slavic(word)):
        return None
    right, known = usual(word)
    if right.lower() == word.lower():
        return None
    more = known - english(word)
    if spelling is not None and not spelling.allows(word):
        return right, 0.92, None
    if spelling is not None:
        if word in spelling.elsewhere:
            return None
        leaked = mentioned.here is not None and word.lower() in mentioned.here.forms
        return (right, 0.5, Severity.MINOR) if leaked and more >= _MUCH else None
    if known and more >= _CLEARLY:
        return right, 0.92 if slavic else 0.85, None
    if known or english(word) or not slavic or _only_initial_j(word, right) or word.endswith("koski"):
        return None  # Finns are called -koski
    # Ukrainian names keep their -yi in English: Zaluzhnyi.
    return (right, 0.6, Severity.MINOR) if word.lower() == right.lower() + "i" else (right, 0.75, None)


def _only_initial_j(word: str, right: str) -> bool:
    """A J at the start may be English already (Jabarov for Джабаров)."""
    return word[0] in "Jj" and word[1:].lower() == right[1:].lower()


def english_form(base: str, mentioned: Mentioned) -> str:
    """`base` as English spells it: an exonym, a romanised Slavic name, or the same."""
    if (place := english_place(base)) is not None:
        return place
    found = _english_spelling(base, mentioned)
    return found[0] if found else base
