"""Texts as numbers: their characters, or their words by the order in which they were first met."""

from array import array
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from review.metrics.ngrams import Units, gap_after


def characters(texts: Sequence[str], order: int) -> Units:
    """The texts' characters as code points."""
    gap = " " * gap_after(order)
    joined = gap.join(texts) + gap
    values = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return Units(values, np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)))


class Vocabulary(dict[str, int]):
    """Numbers what stands between two white spaces, and the words that it is split into.

    Nothing is split twice: most of what a text holds was met before.
    """

    def __init__(self, split: Callable[[str], Sequence[str]]) -> None:
        super().__init__()
        self._split = split
        self._numbers: dict[str, int] = {}
        # Of each piece, where its words begin in the list of all pieces' words, and how many they are.
        self._starts, self._counts, self._words = array("q"), array("q"), array("q")

    def __missing__(self, piece: str) -> int:
        numbers = self._numbers
        return self._add(piece, [numbers.setdefault(word, len(numbers)) for word in self._split(piece)])

    def _add(self, piece: str, words: Sequence[int]) -> int:
        self._starts.append(len(self._words))
        self._counts.append(len(words))
        self._words.extend(words)
        self[piece] = number = len(self)
        return number

    def words(self, texts: Iterable[Sequence[str]], order: int) -> Units:
        """The words of texts that are given as the pieces between white spaces."""
        gap = gap_after(order)
        space = " " * gap  # no piece is white space
        if space not in self:
            self._add(space, [0] * gap)
        pieces: list[str] = []
        ends = []
        for text in texts:
            pieces += text
            pieces.append(space)
            ends.append(len(pieces))
        met = np.fromiter(map(self.__getitem__, pieces), dtype=np.int64, count=len(pieces))
        counts = np.frombuffer(self._counts, dtype=np.int64)[met]
        after = counts.cumsum()
        first = np.frombuffer(self._starts, dtype=np.int64)[met] - (after - counts)
        places = np.arange(after[-1]) + np.repeat(first, counts)
        values = np.frombuffer(self._words, dtype=np.int64)[places]
        return Units(values, np.diff(after[np.array(ends) - 1], prepend=0) - gap)
