"""TER's search for shifts of words, as sacreBLEU makes it: its candidates, its limits, its order of preference.

Texts come with a character for each word. What sacreBLEU tries is tried best first, so that the first of several
equally good shifts wins and a distance is needed only as far as it beats the best; nothing is tried where bags of
words show that no shift can pay for itself.
"""

import sys
from collections.abc import Sequence
from itertools import repeat

from rapidfuzz.distance import Levenshtein

from review.metrics.ter_alignment import Alignment
from review.metrics.ter_beam import beam_holds

_LONGEST = 10  # words of a shift
_FARTHEST = 50  # places between the words and where the reference has them
_MOST = 1000  # shifts looked at for a segment

_UNKNOWN = "\0"  # a word that the reference does not have: which one makes no difference
_KNOWN = range(1, sys.maxunicode + 1)

# A shift as it is sorted: longest first, then from the left, then to the left.
_Shift = tuple[int, int, int]

_distance = Levenshtein.distance


def word_edits(hypothesis: Sequence[str], reference: Sequence[str]) -> int:
    """TER's edits from the words of a hypothesis to those of a reference."""
    if hypothesis == reference:
        return 0
    character = dict(zip(reference, map(chr, _KNOWN), strict=False))
    return edits(
        "".join(map(character.get, hypothesis, repeat(_UNKNOWN))),
        "".join(map(character.__getitem__, reference)),
    )


def edits(hypothesis: str, reference: str) -> int:
    """The same where each word is a character; sacreBLEU's own count where its beam matters."""
    distance = _distance(hypothesis, reference)
    if not hypothesis or not reference:
        return distance
    if not beam_holds(hypothesis, reference, distance):
        return _sacrebleu(hypothesis, reference)
    # A shift costs one edit: with fewer than two to gain, searching changes nothing.
    least = _least(hypothesis, reference)
    if distance - least < 2:
        return distance
    found = _shifted(hypothesis, reference, distance, least)
    return _sacrebleu(hypothesis, reference) if found is None else found


def _least(hypothesis: str, reference: str) -> int:
    """The distance where all words were in the best order."""
    words = set(reference)
    shared = words.intersection(hypothesis)
    common = len(shared)
    if len(words) < len(reference):
        for word in shared:
            here = reference.count(word)
            if here > 1:
                common += min(here, hypothesis.count(word)) - 1
    return max(len(hypothesis), len(reference)) - common


def _shifted(words: str, reference: str, distance: int, least: int) -> int | None:
    """The edits with shifts; None where sacreBLEU's beam matters to one of them."""
    alignment = Alignment(reference)
    unchanged = shifts = looked_at = 0
    while distance - least > 1:
        alignment.fill(words, unchanged)
        alignment.trace(words, distance)
        candidates, count = _candidates(words, alignment, _MOST - looked_at)
        looked_at += count
        if looked_at >= _MOST:  # then sacreBLEU does not even make the best of these
            break
        best = None
        before = distance
        candidates.sort()
        for shift in candidates:
            # A word gains two at most: one where it leaves, one where it goes.
            if 2 * shift[0] >= distance - before:
                break
            after = _perform(words, shift)
            shorter = _distance(after, reference, score_cutoff=distance - 1)
            if shorter < distance:
                if not beam_holds(after, reference, shorter):
                    return None
                best, distance, unchanged = after, shorter, min(shift[1:])
                if distance == least:
                    break
        if best is None:
            break
        words = best
        shifts += 1
    return distance + shifts


def _candidates(words: str, alignment: Alignment, most: int) -> tuple[list[_Shift], int]:
    """The shifts that change anything, and how many sacreBLEU counts; that number may end at `most`.

    It moves words that the reference has elsewhere, where some of them are wrong on either side, to all places
    beside the reference's words. Here each wrong word looks for them, with right ones before it.
    """
    found: list[_Shift] = []
    count = 0
    reference, places = alignment.reference, alignment.places
    wrong = [n for n in alignment.wrong if words[n] in places]
    for last, before in zip(wrong, [*wrong[1:], -1], strict=False):
        for place in places[words[last]]:
            start = last
            while True:
                count += _shifts_of(words, alignment, start, place, last - start + 1, found)
                if count >= most:
                    return found, count
                start -= 1
                place -= 1
                if (
                    start == before
                    or place < 0
                    or last - start == _LONGEST
                    or words[start] != reference[place]
                ):
                    break
    return found, count


def _shifts_of(
    words: str, alignment: Alignment, start: int, place: int, length: int, found: list[_Shift]
) -> int:
    """Add the shifts of so many words or more that start here and in the reference there; how many they are."""
    target = alignment.target
    # Words that are aligned within themselves stay where they are.
    longest = target[place + 1] - start - 1
    if longest < 0 or longest > _LONGEST:
        longest = _LONGEST
    length = max(length, alignment.missed[place] - place)
    if length > longest or abs(place - start) > _FARTHEST:
        return 0
    reference = alignment.reference
    count = 0
    while length <= longest and words[start : start + length] == reference[place : place + length]:
        last = -1
        for where in target[place : place + length + 1]:
            if where != last:
                last = where
                count += 1
                if where != start:
                    found.append((-length, start, where))
        length += 1
        if start + length > len(words):
            break
    return count


def _perform(words: str, shift: _Shift) -> str:
    less, start, target = shift
    end = start - less
    if target < start:
        return words[:target] + words[start:end] + words[target:start] + words[end:]
    if target <= end:  # a place among the words themselves is counted from their end
        target -= less
    return words[:start] + words[end:target] + words[start:end] + words[target:]


def _sacrebleu(hypothesis: str, reference: str) -> int:
    from sacrebleu.metrics.lib_ter import translation_edit_rate  # heavy

    return int(translation_edit_rate(list(hypothesis), list(reference))[0])
