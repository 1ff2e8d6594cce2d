"""sacreBLEU itself: for what the fast ways leave to it, and for its signatures."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from review.metrics.metric import Array, Statistics


def judged(metric: Any, hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> Statistics:
    """sacreBLEU's own statistics per segment."""
    rows = metric._extract_corpus_statistics(hypotheses, references)
    return np.array(rows, dtype=np.float64)


def scored(metric: Any, sums: Array) -> float:
    """sacreBLEU's own score of summed statistics."""
    return float(metric._compute_score_from_stats(sums.tolist()).score)


def signed(metric: Any, references: int) -> str:
    """sacreBLEU's own signature."""
    metric.num_refs = references
    return str(metric.get_signature())
