"""Phrases said again and again: a neural system caught in a loop."""

import re
from collections.abc import Iterator, Sequence

from review.checks.family import Check, Family
from review.model import Context, Document, Flag, Segment, Severity

_TOKEN = re.compile(r"\w+(?:[-'’.,]\w+)*")
_LONGEST = 6  # words; a loop of more is met as whole sentences
# "more and more", "one by one", "year after year": a round of these is no loop.
_PAIRED = frozenset(
    "more less fewer better worse one two bit day week month year time step side again over".split()
)
_WORDY = re.compile(r"[^\W\d_]{3}")


class Loops(Family[None]):
    id = "loops"
    title = "Loops"
    checks = (
        Check(
            id="repeated-phrase",
            title="Phrase repeated",
            category="accuracy/addition",
            severity=Severity.MAJOR,
            meaning="The same two to six words stand twice or more in a row, as a system caught in a loop writes.",
            example="He spoke of the plan of the plan of the plan. → He spoke of the plan.",
        ),
    )

    def gather(self, document: Document, context: Context) -> None:
        return None

    def flags(self, segment: Segment, evidence: None) -> Iterator[Flag]:
        found = list(_TOKEN.finditer(segment.text))
        words = [match.group().lower() for match in found]
        if len(set(words)) > len(words) - 2:
            return
        taken = 0
        for first, last, size in _loops(words):
            if first < taken:
                continue
            start, once, end = found[first].start(), found[first + size - 1].end(), found[last].end()
            phrase = segment.text[start:once]
            times = (last + 1 - first) // size
            rhetorical = _rhetorical(phrase, segment.text[once:end])
            if not _WORDY.search(phrase) or (times == 2 and rhetorical):
                continue
            taken = last + 1
            reason = f"“{phrase}” stands here {'twice' if times == 2 else f'{times} times'} in a row."
            sure = 0.5 if rhetorical else 0.95 if times > 2 else 0.9
            yield self.flag("repeated-phrase", segment, (start, end), reason, phrase, confidence=sure)


def _loops(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Runs where a phrase follows itself: its first word, the last word of the run, the phrase's length."""
    found = []
    for size in range(2, _LONGEST + 1):
        run = 0
        for at in range(size, len(words) + 1):
            if at < len(words) and words[at] == words[at - size]:
                run += 1
                continue
            if run >= size:
                whole = run // size * size  # full rounds only
                first = at - run - size
                found.append((first, first + whole + size - 1, size))
            run = 0
    return iter(sorted(found, key=lambda loop: (loop[0], loop[2])))


def _rhetorical(phrase: str, rest: str) -> bool:
    """Whether a writer may have said it so: a name, "more and more", or a stop between ("No more, no more")."""
    words = phrase.split()
    named = all(word[0].isupper() or word[0].isdigit() for word in words)
    paired = len(words) == 2 and not _PAIRED.isdisjoint(words)
    return named or paired or rest.lstrip()[:1] in ',.;:!?–—-/…"”'
