"""sacreBLEU itself: for what the fast ways leave to it, and for its signatures."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from review.metrics.metric import Statistics


def judged(metric: Any, hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> Statistics:
    """sacreBLEU's own statistics per segment."""
    rows = metric._extract_corpus_statistics(hypotheses, references)
    return np.array(rows, dtype=np.float64)


def signed(metric: Any, references: int) -> str:
    """sacreBLEU's own signature."""
    metric.num_refs = references
    return str(metric.get_signature())
