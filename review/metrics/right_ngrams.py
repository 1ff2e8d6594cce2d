"""Runs of words that one text shares with its reference and another text does not."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Right:
    """How often words are right in one system and in the other, and the first segment where they differ."""

    words: str
    ours: int
    theirs: int
    number: int


def right_ngrams(
    segments: Iterable[tuple[int, str, str, Sequence[str]]], limit: int
) -> tuple[list[Right], list[Right]]:
    """Those that the second text has right more often than the first, then those more seldom.

    A segment is its number, two texts and the references; a run counts at most as often as a reference has it.
    """
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    seen: dict[str, int] = {}
    for number, first, second, references in segments:
        if first == second:
            continue
        allowed: Counter[str] = Counter()
        for reference in references:
            allowed |= _ngrams(reference)
        before, after = _ngrams(first) & allowed, _ngrams(second) & allowed
        for words in (before - after) | (after - before):
            seen.setdefault(words, number)
        theirs.update(before - after)
        ours.update(after - before)
    found = [Right(words, ours[words], theirs[words], number) for words, number in seen.items()]
    found.sort(key=lambda one: (_weight(one), -len(one.words), one.words))
    gained = [one for one in found[:limit] if one.ours > one.theirs]
    lost = [one for one in reversed(found[-limit:]) if one.ours < one.theirs]
    return gained, lost


def _weight(one: Right) -> float:
    """How far both counts are apart for their size: frequent words differ more by mere chance."""
    return (one.theirs - one.ours) / math.sqrt(one.theirs + one.ours)


def _ngrams(text: str) -> Counter[str]:
    words = text.split()
    return Counter(
        " ".join(words[at : at + n]) for n in range(1, _LONGEST + 1) for at in range(len(words) - n + 1)
    )
