"""Names against the reference and against the source: another name stands there."""

from rapidfuzz.distance import Indel, Prefix

from review.checks.names.choice import choices
from review.checks.names.evidence import Mentioned
from review.checks.names.findings import Finding
from review.checks.names.frequency import english
from review.checks.names.mentions import Mention
from review.checks.names.morphology.languages import readings
from review.checks.names.romanisation import fold
from review.checks.names.spelling import english_form

_ALIKE_REFERENCE = 0.7
_ALIKE_SOURCE = 0.8
_COMMON = 3.5  # Zipf: a word so frequent in English is no misspelling
_VERY_COMMON = 4.5  # "Then" is no form of "The"
_SHORTEST = 4
_LONGEST_ENDING = 2


def other_in_reference(mentioned: Mentioned) -> Finding | None:
    """A mention that is not in the reference, where a name that it may be a form of is."""
    word = mentioned.mention.text
    if english(word) >= _VERY_COMMON:
        return None
    bases = {reading.base: reading for reading in readings(word, mentioned.evidence.language)}
    for base, reading in bases.items():
        for form in (base, english_form(base, mentioned)):
            if form in mentioned.right:
                why = f"“{word}” looks like “{form}” with the ending -{reading.ending}; the reference has “{form}”."
                return Finding("name-ending", (form,), why, 0.97, reading.case)
    if len(word) < _SHORTEST or english(word) >= _COMMON:
        return None
    right = _most_alike(fold(word), sorted(mentioned.right - mentioned.beside), _ALIKE_REFERENCE)
    if right is None:
        return None
    return Finding("name-mismatch", (right,), f"The reference has “{right}” for “{word}”.", 0.9)


def other_in_source(mentioned: Mentioned) -> Finding | None:
    """A mention unknown to English and to the source, where the source has a name much like it."""
    word, here, evidence = mentioned.mention.text, mentioned.here, mentioned.evidence
    if here is None or len(word) < _SHORTEST or english(word) or fold(word) in here.folds:
        return None
    if evidence.source is not None and evidence.source.near(word.lower(), mentioned.segment):
        return None
    names = {source_name(m, mentioned): m for m in here.found if len(m.text) >= _SHORTEST}
    free = sorted(name for name in names if not _said(name, mentioned.beside))
    right = _most_alike(fold(word), free, _ALIKE_SOURCE)
    if right is None or _same_stem(fold(word), fold(right)):
        return None
    told = names[right].text
    form = f", a form of “{right}”," if told != right else ""
    return Finding("name-mismatch", (right,), f"The source has “{told}”{form} for “{word}”.", 0.85)


def source_name(mention: Mention, mentioned: Mentioned) -> str:
    """The name that a mention of the source is most likely a form of, in English spelling."""
    best = choices(mention, mentioned.segment, mentioned.evidence, mentioned.here)[0]
    return english_form(best.base, mentioned)


def _same_stem(one: str, other: str) -> bool:
    """Whether two words differ at their ends only: an inflection that could not be read."""
    return Prefix.similarity(one, other) >= min(len(one), len(other)) - _LONGEST_ENDING


def _said(name: str, beside: frozenset[str]) -> bool:
    return any(fold(name) == fold(other) for other in beside)


def _most_alike(key: str, names: list[str], least: float) -> str | None:
    alike = [(Indel.normalized_similarity(key, fold(name)), name) for name in names]
    best = max(alike, default=(0.0, ""))
    return best[1] if best[0] >= least and best[1][0].isupper() else None
