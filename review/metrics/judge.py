"""sacreBLEU itself in the shape of a metric: for what the fast ways leave to it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from review.metrics.metric import Array, Statistics, check_hypotheses, check_references


class JudgedReferences:
    """References as they are."""

    def __init__(self, references: Sequence[Sequence[str]]) -> None:
        self.segments = check_references(references)
        self.texts = [list(texts) for texts in references]


class Judge:
    """A metric of sacreBLEU's, slow and right."""

    def __init__(self, metric: Any, metric_id: str, *, higher_is_better: bool, width: int) -> None:
        self._metric = metric
        self.id, self.higher_is_better, self.width = metric_id, higher_is_better, width

    @property
    def name(self) -> str:
        return str(self._metric._compute_score_from_stats([0] * self.width).name)

    def prepare(self, references: Sequence[Sequence[str]]) -> JudgedReferences:
        return JudgedReferences(references)

    def statistics(self, hypotheses: Sequence[str], prepared: JudgedReferences) -> Statistics:
        check_hypotheses(hypotheses, prepared)
        return judged(self._metric, hypotheses, prepared.texts)

    def score(self, sums: Array) -> float:
        return float(self._metric._compute_score_from_stats(list(sums)).score)

    def scores(self, sums: Array) -> Array:
        return np.array([self._metric._compute_score_from_stats(row.copy()).score for row in sums])

    def segment_scores(self, statistics: Array) -> NDArray[np.float64]:
        return self.scores(statistics)

    def signature(self, references: int) -> str:
        return signed(self._metric, references)


def judged(metric: Any, hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> Statistics:
    """sacreBLEU's own statistics per segment."""
    rows = metric._extract_corpus_statistics(hypotheses, references)
    return np.array(rows, dtype=np.float64)


def signed(metric: Any, references: int) -> str:
    """sacreBLEU's own signature."""
    metric.num_refs = references
    return str(metric.get_signature())
