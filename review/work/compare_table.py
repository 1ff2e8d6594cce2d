"""The table of a comparison: scores, intervals, p-values and ranks, from the statistics that are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from review.metrics.metric import Array, Metric, Statistics
from review.metrics.ranking import ranked
from review.metrics.resampling import Table
from review.metrics.significance import (
    Comparison,
    Pair,
    Significance,
    against_baseline,
    all_pairs,
    corpus_scores,
    paired_bootstrap,
    paired_randomisation,
)
from review.store import statistics
from review.store.engine import Engine
from review.store.records import Batch, System
from review.work import measuring
from review.work.compare_choice import Choice, chosen_systems
from review.work.compare_found import CellFound, PairFound, RankFound, SystemFound


@dataclass(frozen=True, slots=True)
class Measurements:
    """Statistics by system and metric of the same segments: those of the machine's texts, and as they stand."""

    metrics: Sequence[Metric]
    numbers: NDArray[np.int64]  # of the segments
    systems: Sequence[System]
    machine: Sequence[Sequence[Statistics]]
    standing: Mapping[int, Sequence[Statistics]]  # by place, of the systems that somebody has reviewed
    unscored: int


def measurements(engine: Engine, batch: Batch, choice: Choice, left_out: set[int]) -> Measurements:
    """What is kept of the chosen systems, without some segments."""
    systems = chosen_systems(choice, batch)
    rows = [statistics.list_measured(engine, system.id) for system in systems]
    scored = [n for n, one in enumerate(rows[0]) if one.machine]
    kept = [n for n in scored if rows[0][n].number not in left_out]
    numbers = np.array([rows[0][n].number for n in kept], dtype=np.int64)
    metrics = [metric for metric in measuring.kept_metrics() if metric.id in choice.metrics]
    machine = [_parts(b"".join(row[n].machine for n in kept), metrics) for row in rows]
    standing = {
        place: _parts(b"".join(row[n].standing for n in kept), metrics)
        for place, (system, row) in enumerate(zip(systems, rows, strict=True))
        if system.reviewed
    }
    return Measurements(metrics, numbers, systems, machine, standing, len(rows[0]) - len(scored))


def _parts(packed: bytes, metrics: Sequence[Metric]) -> list[Statistics]:
    wanted = {metric.id for metric in metrics}
    return [np.ascontiguousarray(part) for metric, part in measuring.unpacked(packed) if metric.id in wanted]


def compared(measured: Measurements, choice: Choice) -> Significance:
    """The chosen systems against the baseline, or all with each other."""
    count = len(measured.systems)
    baseline = choice.systems.index(choice.baseline)
    pairs = all_pairs(count) if choice.every_pair else against_baseline(count, baseline)
    return _tested(Table(measured.metrics, measured.machine), pairs, choice)


def _tested(table: Table, pairs: Sequence[Pair], choice: Choice) -> Significance:
    if choice.test == "bs":
        return paired_bootstrap(table, pairs, choice.samples, choice.seed)
    if not pairs:
        return Significance(corpus_scores(table), None, [])
    return paired_randomisation(table, pairs, choice.samples, choice.seed)


def system_rows(measured: Measurements, found: Significance, choice: Choice) -> list[SystemFound]:
    """A row for each system, with p-values against the baseline."""
    baseline = choice.systems.index(choice.baseline)
    return [
        {
            "name": system.name,
            "position": system.position + 1,
            "cells": [
                _cell(found, place, n, _against(found, n, baseline, place))
                for n in range(len(measured.metrics))
            ],
        }
        for place, system in enumerate(measured.systems)
    ]


def corrected_rows(measured: Measurements, choice: Choice) -> list[SystemFound]:
    """Each corrected text against the machine's that it was made from: pairs of their own, never ranked."""
    rows: list[SystemFound] = []
    for place, statistics_ in measured.standing.items():
        table = Table(measured.metrics, [measured.machine[place], statistics_])
        found = _tested(table, [(0, 1)], choice)
        system = measured.systems[place]
        cells = [_cell(found, 1, n, _against(found, n, 0, 1)) for n in range(len(measured.metrics))]
        rows.append({"name": f"{system.name}+corrected", "position": system.position + 1, "cells": cells})
    return rows


def _against(found: Significance, metric: int, baseline: int, place: int) -> Comparison | None:
    return next(
        (c for c in found.comparisons if c.metric == metric and set(c.pair) == {baseline, place}), None
    )


def _cell(found: Significance, place: int, metric: int, against: Comparison | None) -> CellFound:
    interval = found.intervals[place][metric] if found.intervals else None
    sign = -1 if against and against.pair[0] == place else 1
    return {
        "score": found.scores[place][metric],
        "mean": interval.mean if interval else None,
        "half": interval.half if interval else None,
        "difference": sign * against.difference if against else None,
        "p": against.p_value if against else None,
        "holm": against.corrected if against else None,
    }


def pair_rows(measured: Measurements, found: Significance) -> list[PairFound]:
    """Every comparison that was made."""
    return [
        {
            "metric": measured.metrics[c.metric].name,
            "first": measured.systems[c.pair[0]].name,
            "second": measured.systems[c.pair[1]].name,
            "difference": c.difference,
            "p": c.p_value,
            "holm": c.corrected,
        }
        for c in found.comparisons
    ]


def rank_rows(measured: Measurements, found: Significance) -> list[list[RankFound]]:
    """The systems by each metric, best first, with the ranks they share."""
    by_metric = []
    for n, metric in enumerate(measured.metrics):
        scores = [row[n] for row in found.scores]
        of_this = [c for c in found.comparisons if c.metric == n]
        ranks = ranked(scores, of_this, higher_is_better=metric.higher_is_better)
        row: list[RankFound] = [
            {
                "name": measured.systems[rank.system].name,
                "score": scores[rank.system],
                "first": rank.first,
                "last": rank.last,
                "cluster": rank.cluster,
            }
            for rank in ranks
        ]
        by_metric.append(row)
    return by_metric


def scores_of(measured: Measurements, chosen: NDArray[np.bool_]) -> list[list[float]]:
    """Each system's scores over some of the segments."""
    return [
        [m.score(_sum(part[chosen])) for m, part in zip(measured.metrics, row, strict=True)]
        for row in measured.machine
    ]


def _sum(part: Array) -> Array:
    return np.asarray(part.sum(axis=0))
