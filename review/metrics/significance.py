"""Whether a difference between two systems is real: sacreBLEU's two paired tests, Holm's correction.

Koehn 2004 (bootstrap), Riezler and Maxwell 2005 (approximate randomisation), Holm 1979.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from review.metrics.metric import Array
from review.metrics.resampling import SEED, Table, drawn_scores, shuffles

SAMPLES = 1000
TRIALS = 10000
Pair = tuple[int, int]  # of systems: the baseline, and what is compared with it


@dataclass(frozen=True, slots=True)
class Interval:
    """The mean of a score over samples, and half the width of its 95 % interval."""

    mean: float
    half: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems by one metric; `corrected` is the p-value after Holm among all pairs of that metric."""

    metric: int
    pair: Pair
    difference: float
    p_value: float
    corrected: float


@dataclass(frozen=True, slots=True)
class Significance:
    """Scores by system and metric, their intervals (None without a bootstrap), and all comparisons."""

    scores: list[list[float]]
    intervals: list[list[Interval]] | None
    comparisons: list[Comparison]


def against_baseline(systems: int, baseline: int = 0) -> list[Pair]:
    """Every other system against one."""
    return [(baseline, system) for system in range(systems) if system != baseline]


def all_pairs(systems: int) -> list[Pair]:
    """Every system against every later one."""
    return [(first, second) for first in range(systems) for second in range(first + 1, systems)]


def paired_bootstrap(
    table: Table, pairs: Sequence[Pair], samples: int = SAMPLES, seed: int = SEED
) -> Significance:
    """Would the difference still be there on other segments like these?"""
    drawn = drawn_scores(table, samples, seed)
    scores = corpus_scores(table)
    raw = [
        [
            _bootstrap_p(drawn[a][metric], drawn[b][metric], abs(scores[a][metric] - scores[b][metric]))
            for a, b in pairs
        ]
        for metric in range(len(table.metrics))
    ]
    intervals = [[_interval(some) for some in row] for row in drawn]
    return Significance(scores, intervals, _comparisons(scores, pairs, raw))


def paired_randomisation(
    table: Table, pairs: Sequence[Pair], trials: int = TRIALS, seed: int = SEED
) -> Significance:
    """Would systems that are the same, their segments swapped at random, differ as much?"""
    scores = corpus_scores(table)
    beyond = np.zeros((len(table.metrics), len(pairs)), dtype=np.int64)
    for shuffled in shuffles(table, trials, seed):
        for number, metric in enumerate(table.metrics):
            for at, (a, b) in enumerate(pairs):
                one = shuffled.taken[a][number] + shuffled.left[b][number]
                other = shuffled.left[a][number] + shuffled.taken[b][number]
                apart = [metric.scores(sums.astype(metric.shuffled_as, copy=False)) for sums in (one, other)]
                real = abs(scores[a][number] - scores[b][number])
                beyond[number, at] += np.count_nonzero(np.abs(apart[0] - apart[1]) > real)
    raw = (beyond + 1) / (trials + 1)
    return Significance(scores, None, _comparisons(scores, pairs, raw.tolist()))


def corpus_scores(table: Table) -> list[list[float]]:
    """Each system's score by each metric."""
    return [
        [metric.score(statistics.sum(axis=0)) for metric, statistics in zip(table.metrics, row, strict=True)]
        for row in table.systems
    ]


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values that hold although so many were computed: Holm's step-down correction."""
    corrected = [1.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = highest
    return corrected


def _interval(scores: Array) -> Interval:
    """In the precision that the scores come in, as sacreBLEU has it."""
    ordered = np.sort(scores)
    edge = len(ordered) // 40
    return Interval(float(ordered.mean()), float(0.5 * (ordered[len(ordered) - edge - 1] - ordered[edge])))


def _bootstrap_p(one: Array, other: Array, real: float) -> float:
    apart: NDArray[np.floating] = np.abs(other - one)
    beyond = int(np.count_nonzero(apart - apart.mean() > real))
    return (beyond + 1) / (len(apart) + 1)


def _comparisons(
    scores: list[list[float]], pairs: Sequence[Pair], raw: Sequence[Sequence[float]]
) -> list[Comparison]:
    return [
        Comparison(metric, (a, b), scores[b][metric] - scores[a][metric], p_value, corrected)
        for metric, p_values in enumerate(raw)
        for (a, b), p_value, corrected in zip(pairs, p_values, holm(p_values), strict=True)
    ]
