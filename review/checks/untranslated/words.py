"""Words that are no English but words of the source's language, by how often either language has them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from review.checks.names import frequency

_SHORTEST = 4
_SHORTEST_SHARED = 3  # a word that stands in the source just so
# Zipf frequencies. What the English list does not hold at all is no English word, and hardly a loan.
# From 3 up a Finnish form is met more than once in a million words.
_COMMON = 3.0
_KNOWN = 2.0
_LOAN = 3.0  # English words at least this frequent are English, whatever the other language has
_FAR_APART = 2.5  # "ja", "mutta": three hundred times as frequent in Finnish
_SHORTEST_PART = 5
# Terms of science look alike everywhere ("nodosaurus"); a Finnish word in -us the Finnish list mostly has.
_LATIN = re.compile(r"(?:[^u]us|um|al|ii|ae)$")


@dataclass(frozen=True, slots=True)
class Foreign:
    """How sure it is that a word was left untranslated, and why."""

    confidence: float
    reason: str


def foreign(word: str, source: Collection[str], language: str) -> Foreign | None:
    """Whether the small-letter `word` was left in `language`; `source` holds the source's words."""
    if word in source:
        return _shared(word, language)
    if word.capitalize() in source:  # a name that lost its capital
        return None
    if len(word) < _SHORTEST or language not in ("", "fi") or frequency.english(word) > 0:
        return None
    # Finnish is what this tool's texts come from where no source language is known.
    rate = _finnish(word)
    return Foreign(rate, "It is a Finnish word, and no English one.") if rate else None


def _shared(word: str, language: str) -> Foreign | None:
    if len(word) < _SHORTEST_SHARED:
        return None
    english = frequency.english(word)
    if english == 0:
        learned = language == "fi" and frequency.finnish(word) == 0 and _LATIN.search(word)
        sure = (
            0.5 if learned else 0.93 if language == "fi" else 0.8
        )  # foreign terms pass for other languages' words
        return Foreign(sure, "It stands so in the source, and is no English word.")
    apart = language == "fi" and frequency.finnish(word) - english >= _FAR_APART
    if apart and english < _LOAN:
        return Foreign(0.85, "It stands so in the source, and is far commoner there than in English.")
    return None


@lru_cache(maxsize=50_000)
def _finnish(word: str) -> float:
    """The confidence that `word`, unknown to English, is Finnish; 0: it is not."""
    rate = frequency.finnish(word)
    if rate >= _COMMON:
        return 0.85
    if rate >= _KNOWN:
        return 0.7
    return 0.65 if rate == 0 and _is_compound(word) else 0.0


def _is_compound(word: str) -> bool:
    """Whether `word` is two common Finnish words written as one, neither known to English."""
    return any(
        frequency.finnish(word[:at]) >= _COMMON
        and frequency.finnish(word[at:]) >= _COMMON
        and not frequency.english(word[:at]) > _KNOWN
        and not frequency.english(word[at:]) > _KNOWN
        for at in range(_SHORTEST_PART, min(len(word), 40) - _SHORTEST_PART + 1)
    )
