"""Corpus scores against references, sacreBLEU's with its signatures."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.metrics.catalogue import find_metric

_SHOWN = ("bleu", "chrf", "ter")


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's name as sacreBLEU prints it, its value, and how it was computed."""

    name: str
    value: float
    signature: str


def corpus_scores(hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> list[Score]:
    """BLEU, chrF2 and TER of hypotheses against one or more lists of references.

    BadInput where there is nothing to score, or a list is of another length.
    """
    scores = []
    for metric in map(find_metric, _SHOWN):
        sums = metric.statistics(hypotheses, metric.prepare(references)).sum(axis=0)
        scores.append(Score(metric.name, metric.score(sums), metric.signature(len(references))))
    return scores
