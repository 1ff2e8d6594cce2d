"""Whether sacreBLEU's edit distance, which looks only so far from the diagonal, is the true one.

It is, with the same ways, where every shortest way stays inside its beam; and all of them lie between the two
outermost.
"""

from math import ceil, floor

from review.metrics.ter_alignment import Alignment

_WIDTH = 25
# A way that leaves the diagonal has to come back, which costs as much. The beam reaches a cell less far up, and
# its middle is rounded down.
_SURELY_INSIDE = 2 * (_WIDTH - 2)


def beam_holds(hypothesis: str, reference: str, distance: int) -> bool:
    """Whether sacreBLEU finds this distance, the true one, by the ways that it would find without a beam."""
    m, n = len(hypothesis), len(reference)
    if n < _WIDTH or not m or distance + abs(m - n) <= _SURELY_INSIDE:
        return True
    alignment = Alignment(reference)
    alignment.fill(hypothesis)
    ratio = n / m
    width = ceil(ratio / 2 + _WIDTH) if ratio / 2 > _WIDTH else _WIDTH
    middles = [floor(i * ratio) for i in range(m + 1)]
    lowest, highest = _lowest(alignment, m, n), _highest(alignment, m, n)
    # Of the rows, the first is there without a beam, and the last up to its end.
    return all(lowest[i] >= middles[i] - width for i in range(1, m + 1)) and all(
        highest[i] < middles[i] + width for i in range(1, m)
    )


def _lowest(alignment: Alignment, i: int, j: int) -> list[int]:
    """The first column that a shortest way uses in each row."""
    rises, broken = alignment.rises, alignment.broken
    lowest = [0] * (i + 1)
    while i and j:
        last = j - 1
        if rises[i] >> last & 1:
            j = last
        else:
            lowest[i] = j
            if not broken[i] >> last & 1:
                j = last
            i -= 1
    return lowest


def _highest(alignment: Alignment, i: int, j: int) -> list[int]:
    """The last column that a shortest way uses in each row."""
    down, broken = alignment.down, alignment.broken
    highest = [0] * i + [j]
    while i and j:
        last = j - 1
        if down[i] >> last & 1:
            i -= 1
            highest[i] = j
        elif not broken[i] >> last & 1:
            i -= 1
            j = last
            highest[i] = j
        else:
            j = last
    return highest
