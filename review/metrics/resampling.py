"""Scores of corpora drawn from a corpus, for all systems and metrics at once.

Every draw is the same for every system and metric, so the drawn segments are counted in one matrix, and one
matrix product gives every sum. NumPy's generator and the precision of the sums are those of sacreBLEU; its means
depend on NumPy's version (2.x keeps 32 bits where 1.x did not), so requirements.txt pins that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from review.errors import BadInput
from review.metrics.metric import Array, Metric, Statistics

SEED = 12345  # sacreBLEU's
_AT_ONCE = 1 << 22  # draws of one segment: bounds the memory
_DRAWN_TOGETHER = 32  # truth values that NumPy's generator takes from one number
_EXACT = 1 << 24  # whole numbers up to here are exact in 32 bits


@dataclass(frozen=True, slots=True)
class Table:
    """Statistics of several systems by several metrics, side by side."""

    metrics: Sequence[Metric]
    systems: Sequence[Sequence[Statistics]]  # by system, by metric

    def __post_init__(self) -> None:
        lengths = {len(statistics) for row in self.systems for statistics in row}
        if len(lengths) > 1:
            raise BadInput(
                f"Systems with {' and '.join(map(str, sorted(lengths)))} segments cannot be compared: "
                "they must hold the same ones."
            )
        if not lengths or 0 in lengths:
            raise BadInput("There is nothing to score.")

    @property
    def segments(self) -> int:
        return len(self.systems[0][0])

    def matrix(self, dtype: type[np.floating]) -> Array:
        return np.hstack([statistics for row in self.systems for statistics in row], dtype=dtype)

    def split(self, sums: Array) -> list[list[Array]]:
        """Columns of the matrix by system and metric."""
        widths = [statistics.shape[1] for row in self.systems for statistics in row]
        parts = iter(np.split(sums, np.cumsum(widths)[:-1], axis=1))
        return [[next(parts) for _ in row] for row in self.systems]


def drawn_scores(table: Table, samples: int, seed: int) -> list[list[Array]]:
    """Of each system by each metric, its scores on as many segments drawn with replacement."""
    sums: list[list[list[Array]]] = [[[] for _ in row] for row in table.systems]
    small = [[statistics.astype(np.float32) for statistics in row] for row in table.systems]
    matrix = table.matrix(np.float32)
    for drawn in _draws(table.segments, samples, seed):
        for system, row in enumerate(table.split(_counts(drawn) @ matrix)):
            for metric, found in enumerate(row):
                _mend(found, small[system][metric], drawn)
                sums[system][metric].append(found)
    return [
        [metric.scores(np.concatenate(some)) for metric, some in zip(table.metrics, row, strict=True)]
        for row in sums
    ]


def _draws(segments: int, samples: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Segments of each sample: the numbers that sacreBLEU draws at once, some samples at a time."""
    generator = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // segments)
    for start in range(0, samples, step):
        yield generator.choice(segments, size=(min(step, samples - start), segments), replace=True)


def _counts(drawn: NDArray[np.int64]) -> NDArray[np.float32]:
    """How often each segment comes in each sample."""
    samples, segments = drawn.shape
    places = drawn + np.arange(0, samples * segments, segments)[:, None]
    counted = np.bincount(places.ravel(), minlength=samples * segments)
    return counted.reshape(samples, segments).astype(np.float32)


def _mend(sums: Array, statistics: Array, drawn: NDArray[np.int64]) -> None:
    """Add up in sacreBLEU's order where sums of 32 bits are rounded: fractions, and very long corpora."""
    rounded = (sums >= _EXACT).any(axis=1) | (not _is_whole(statistics))
    for row in np.flatnonzero(rounded):
        sums[row] = statistics[drawn[row]].sum(0)


def _is_whole(numbers: Array) -> bool:
    return bool((numbers == np.floor(numbers)).all())


@dataclass(frozen=True, slots=True)
class Shuffled:
    """Sums over the segments that a trial takes from a system, and over all the others; by system, by metric."""

    taken: list[list[Array]]
    left: list[list[Array]]


def shuffles(table: Table, trials: int, seed: int) -> Iterator[Shuffled]:
    """Each trial takes each segment or leaves it; some trials at a time."""
    matrix = table.matrix(np.float64)
    totals = matrix.sum(axis=0)
    whole = _is_whole(matrix)
    if whole and totals.max() < _EXACT:
        matrix = matrix.astype(np.float32)
    generator = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // table.segments // _DRAWN_TOGETHER) * _DRAWN_TOGETHER
    for start in range(0, trials, step):
        size = (min(step, trials - start), table.segments)
        taken = generator.integers(2, size=size, dtype=bool)
        sums = taken.astype(matrix.dtype) @ matrix
        others = totals - sums if whole else (~taken).astype(matrix.dtype) @ matrix
        yield Shuffled(table.split(sums.astype(np.float64)), table.split(others))
