"""Where words stand, and how much a place says about another one."""

from bisect import bisect_left
from collections.abc import Sequence

# How many segments away a mention still speaks, where the boundaries of documents are unknown.
REACH = 30


def nearness(places: Sequence[int], segment: int, *, bounded: bool, own: bool = True) -> float:
    """How near the nearest of the sorted `places` is: 1 here, less with distance, 0 out of reach.

    Within one document every place counts fully. `own` is whether the segment itself counts.
    """
    if not places:
        return 0.0
    at = bisect_left(places, segment)
    here = at < len(places) and places[at] == segment
    if here and own:
        return 1.0
    if bounded:
        return 1.0 if len(places) > 1 or not here else 0.0
    after = at
    while after < len(places) and places[after] == segment:
        after += 1
    distances = []
    if at:
        distances.append(segment - places[at - 1])
    if after < len(places):
        distances.append(places[after] - segment)
    return max(0.0, 1 - min(distances) / REACH) if distances else 0.0
