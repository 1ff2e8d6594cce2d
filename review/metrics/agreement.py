"""How far several people agree: Krippendorff's alpha for nominal, ordinal and interval values, values missing.

Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). A unit is what was judged, its values those
that people gave it, in no order; a unit with fewer than two values says nothing and is left out.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, permutations
from typing import Any

Unit = Sequence[Hashable]
_RESAMPLES = 1000
_SEED = 12345


class Scale(StrEnum):
    """What a difference between two values means."""

    NOMINAL = "nominal"  # equal or not
    ORDINAL = "ordinal"  # how many values lie between them
    INTERVAL = "interval"  # how far apart they are


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha over the units that at least two people judged.

    None where it cannot be told: too few such units, or all values the same, so that nothing could differ.
    `low` and `high` bound the middle 95 % of what resampled groups give; None where too few of them give any.
    `same` is the share of pairs of values that are equal.
    """

    alpha: float | None
    low: float | None
    high: float | None
    units: int
    same: float | None


def agreement(groups: Sequence[Sequence[Unit]], scale: Scale) -> Agreement:
    """The agreement on all units, with an interval from a bootstrap over the groups that they come in.

    The words of one segment stand or fall together, so they are a group; elsewhere each unit is its own.
    Values of ordinal and interval scales are numbers, those of nominal ones anything hashable.
    """
    paired = [[unit for unit in group if len(unit) > 1] for group in groups]
    paired = [group for group in paired if group]
    units = sum(map(len, paired))
    if not units:
        return Agreement(None, None, None, 0, None)
    table = _Coincidences(paired, scale)
    low, high = table.interval()
    return Agreement(table.alpha(), low, high, units, _same(paired))


def alpha(units: Sequence[Unit], scale: Scale) -> float | None:
    """Krippendorff's alpha alone."""
    paired = [unit for unit in units if len(unit) > 1]
    return _Coincidences([paired], scale).alpha() if paired else None


def _same(groups: Sequence[Sequence[Unit]]) -> float:
    pairs = [a == b for group in groups for unit in group for a, b in combinations(unit, 2)]
    return sum(pairs) / len(pairs)


class _Coincidences:
    """Which values were paired with which, group by group, so that groups can be drawn anew and added up."""

    def __init__(self, groups: Sequence[Sequence[Unit]], scale: Scale) -> None:
        import numpy as np  # heavy

        self._np, self._scale, self._groups = np, scale, len(groups)
        every = {value for group in groups for unit in group for value in unit}
        ordered: list[Any] = list(every) if scale is Scale.NOMINAL else sorted(every)
        self._values, place = ordered, {value: n for n, value in enumerate(ordered)}
        # Of a group only how often each two values meet: a segment of fifty words has four such numbers.
        met: dict[tuple[int, int], float] = defaultdict(float)
        for number, group in enumerate(groups):
            for unit in group:
                codes = [place[value] for value in unit]
                each = 1 / (len(codes) - 1)
                for i, j in permutations(range(len(codes)), 2):
                    met[number, codes[i] * len(ordered) + codes[j]] += each
        at = np.array(list(met))
        self._group, self._cell, self._weight = at[:, 0], at[:, 1], np.array(list(met.values()))

    def alpha(self, drawn: Any = None) -> float | None:
        """Alpha with each group counted as often as it was `drawn`, once by default."""
        np, size = self._np, len(self._values)
        weight = self._weight if drawn is None else self._weight * drawn[self._group]
        paired = np.bincount(self._cell, weights=weight, minlength=size * size).reshape(size, size)
        counts = paired.sum(axis=0)
        total = counts.sum()
        apart = self._apart(counts)
        expected = float(counts @ apart @ counts)
        if expected <= 0:
            return None
        return 1 - float((paired * apart).sum() * (total - 1) / expected)

    def _apart(self, counts: Any) -> Any:
        """The squared difference of every two values."""
        np = self._np
        if self._scale is Scale.NOMINAL:
            return 1.0 - np.eye(len(self._values))
        if self._scale is Scale.INTERVAL:
            values = np.array(self._values, dtype=float)
            return np.subtract.outer(values, values) ** 2
        # From the middle of one value's rank to the middle of the other's: ties share a rank.
        middle = np.cumsum(counts) - counts / 2
        return np.subtract.outer(middle, middle) ** 2

    def interval(self) -> tuple[float | None, float | None]:
        """The bounds of the middle 95 % over groups drawn with replacement; the same ones every time."""
        np = self._np
        if self._groups < 2:
            return None, None
        draws = np.random.default_rng(_SEED).multinomial(
            self._groups, [1 / self._groups] * self._groups, size=_RESAMPLES
        )
        found = [value for value in map(self.alpha, draws) if value is not None]
        if len(found) < _RESAMPLES / 2:
            return None, None
        low, high = np.percentile(found, [2.5, 97.5])
        return float(low), float(high)
