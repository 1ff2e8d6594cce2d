"""Systems from the best on, with the ranks that they may share, as WMT's findings print them."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.metrics.significance import Comparison

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Rank:
    """A system's place: `first` to `last` among all of them, and the cluster that it stands in, from 1 on."""

    system: int
    first: int
    last: int
    cluster: int


def ranked(
    scores: Sequence[float],
    comparisons: Sequence[Comparison],
    *,
    higher_is_better: bool,
    alpha: float = ALPHA,
) -> list[Rank]:
    """The systems by one metric's scores, of which all pairs were compared.

    A system may rank as high as right below those that beat it, and as low as right above those that it
    beats. A cluster ends where every system down to there beats every one after it. WMT takes raw p-values.
    """
    count = len(scores)
    order = sorted(range(count), key=lambda system: scores[system], reverse=higher_is_better)
    place = {system: number for number, system in enumerate(order)}
    won: set[tuple[int, int]] = set()
    for comparison in comparisons:
        if comparison.p_value < alpha:
            upper, lower = sorted(place[system] for system in comparison.pair)
            won.add((upper, lower))
    found, cluster = [], 1
    for number, system in enumerate(order):
        if number and all((a, b) in won for a in range(number) for b in range(number, count)):
            cluster += 1
        beaten_by = sum((other, number) in won for other in range(count))
        beats = sum((number, other) in won for other in range(count))
        found.append(Rank(system, 1 + beaten_by, count - beats, cluster))
    return found
