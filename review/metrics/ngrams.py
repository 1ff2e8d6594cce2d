"""How many n-grams each segment shares with its references, for many segments at once.

An n-gram becomes one integer of 64 bits: segment, then its units from first to last, then the text that it
comes from. Sorted, equal n-grams of every order stand together, since what two n-grams begin with is itself
an n-gram; so one sort serves all orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

_KEY_BITS = 63  # one is left free, so that the bound above all of them is a number too
# Units that no n-gram shares: unknown to the references, and what fills the gaps in a text and in a reference.
_UNKNOWN, _GAP = 0, 1
_KNOWN = 2  # the references' own units count from here


@dataclass(frozen=True, slots=True)
class Units:
    """Some segments' texts as numbers, one for each character or word, each text followed by a gap."""

    values: NDArray[np.integer]
    lengths: NDArray[np.int64]  # without the gaps

    def totals(self, order: int) -> NDArray[np.int64]:
        """How many n-grams of each order up to `order` the texts have: a row per segment."""
        found: NDArray[np.int64] = np.maximum(self.lengths[:, None] - np.arange(order), 0)
        return found


def gap_after(order: int) -> int:
    """How many places must be free after each text, so that no n-gram reaches into the next."""
    return max(order - 1, 1)


class References:
    """One or more references of some segments, ready to be compared with a system's texts.

    `fits` is False where their n-grams are too many for 64 bits: fewer segments at a time may do.
    """

    __slots__ = ("_bits", "_codes", "_known", "_lengths", "_order", "fits")

    def __init__(self, references: Sequence[Units], order: int) -> None:
        self._order = order
        self._known = _distinct([units.values for units in references])
        self._bits = (_KNOWN + len(self._known) - 1).bit_length()
        segments = len(references[0].lengths)
        needed = (segments - 1).bit_length() + order * self._bits + len(references).bit_length()
        self.fits = needed <= _KEY_BITS
        self._lengths = np.concatenate([units.lengths for units in references])
        kept = np.min_scalar_type(_KNOWN + len(self._known))
        coded = [self._coded(units, _GAP) for units in references]
        self._codes = np.concatenate(coded).astype(kept) if self.fits else None

    def shared(self, texts: Units) -> NDArray[np.int64]:
        """For each segment, of each order, the n-grams that text and references share.

        One that comes several times counts as often as it does in the reference that has it most often.
        """
        assert self._codes is not None
        lengths = np.concatenate([texts.lengths, self._lengths])
        codes = np.concatenate([self._coded(texts, _UNKNOWN), self._codes])
        streams = len(lengths) // len(texts.lengths)
        keys = self._keys(codes, lengths, streams)
        keys.sort()
        return self._counted(keys, streams)

    def _coded(self, units: Units, gap: int) -> NDArray[np.uint64]:
        """The units as small numbers, those that are in no reference as one that matches none."""
        largest = int(self._known[-1]) if len(self._known) else 0
        table = np.zeros(largest + 2, dtype=np.uint64)
        table[self._known] = np.arange(_KNOWN, _KNOWN + len(self._known), dtype=np.uint64)
        codes = table.take(units.values, mode="clip")  # beyond the largest: the last entry, unknown
        width = gap_after(self._order)
        ends = np.cumsum(units.lengths + width)
        for back in range(1, width + 1):
            codes[ends - back] = gap
        return codes

    def _keys(
        self, codes: NDArray[np.uint64], lengths: NDArray[np.int64], streams: int
    ) -> NDArray[np.uint64]:
        """One n-gram of the full order from each place; near a text's end it reaches into the gap."""
        keys, reached, bits = codes, 1, self._bits
        below = (streams - 1).bit_length()
        while reached < self._order:
            step = min(reached, self._order - reached)
            longer = keys << np.uint64(step * bits)
            following = keys[step:]
            longer[:-step] |= following if step == reached else following & np.uint64((1 << step * bits) - 1)
            keys, reached = longer, reached + step
        segments = len(lengths) // streams
        numbers = np.arange(segments, dtype=np.uint64) << np.uint64(below + bits * self._order)
        labels = (numbers | np.arange(streams, dtype=np.uint64)[:, None]).ravel()
        labelled = np.repeat(labels, lengths + gap_after(self._order))
        labelled |= keys << np.uint64(below)
        return labelled

    def _counted(self, keys: NDArray[np.uint64], streams: int) -> NDArray[np.int64]:
        """Sorted n-grams counted, order by order."""
        below, bits, order = (streams - 1).bit_length(), self._bits, self._order
        edge = np.array([1 << _KEY_BITS], dtype=np.uint64)
        change = np.concatenate([edge, keys[1:] ^ keys[:-1], edge])  # between each n-gram and the one before
        running = _running(keys, streams, below)
        segments = (change >= np.uint64(1 << below + bits * order)).nonzero()[0][:-1]
        counts = np.empty((len(segments), order), dtype=np.int64)
        for n in range(1, order + 1):
            bounds = (change >= np.uint64(1 << below + bits * (order - n))).nonzero()[0]  # of equal n-grams
            theirs = [_steps(counted[bounds]) for counted in running]
            ours = _steps(bounds) - sum(theirs)
            shared = np.minimum(ours, reduce(np.maximum, theirs))
            counts[:, n - 1] = np.add.reduceat(shared, bounds.searchsorted(segments))
        return counts


def _running(keys: NDArray[np.uint64], streams: int, below: int) -> list[NDArray[np.int32]]:
    """How many n-grams of each reference stand before each place."""
    stream = (keys & np.uint64((1 << below) - 1)).astype(np.uint8)
    found = []
    for number in range(1, streams):
        counted = np.zeros(len(keys) + 1, dtype=np.int32)
        (stream == number if streams > 2 else stream).cumsum(dtype=np.int32, out=counted[1:])
        found.append(counted)
    return found


def _steps(numbers: NDArray[np.integer]) -> NDArray[np.integer]:
    return numbers[1:] - numbers[:-1]


def _distinct(values: Sequence[NDArray[np.integer]]) -> NDArray[np.int64]:
    """The numbers that occur, in order; they are small enough for a table of them all."""
    seen = np.zeros(max((int(v.max()) for v in values if len(v)), default=0) + 1, dtype=bool)
    for some in values:
        seen[some] = True
    return np.flatnonzero(seen)
