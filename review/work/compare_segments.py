"""The segments behind the pictures of a comparison: those of a system that score in a range, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from review.diff import Change, word_diff
from review.errors import BadInput
from review.metrics.catalogue import METRICS
from review.metrics.metric import Metric
from review.store import segments, statistics
from review.store.engine import Engine
from review.store.records import Batch, ReviewedSegment, System
from review.work import measuring
from review.work.access import find_batch, find_system

PAGE = 50
ORDERS = {
    "low": "lowest score first",
    "high": "highest score first",
    "document": "the document",
    "gain": "most above the other first",
    "loss": "most below the other first",
}
_AGAINST_OTHER = ("gain", "loss")


@dataclass(frozen=True, slots=True)
class Range:
    """Which segments: of a system (by position from 1 on), scoring from `low` to below `high`, by a metric.

    `beside` is a second system whose text and score are shown too; 0 for none.
    """

    system: int = 1
    beside: int = 0
    metric: str = "bleu"
    low: int | None = None
    high: int | None = None
    order: str = "low"
    first: int = 1  # in this order


@dataclass(frozen=True, slots=True)
class ScoredSegment:
    """A segment with the machine's text and its score, and those of the system beside."""

    segment: ReviewedSegment
    score: float
    other: ReviewedSegment | None = None
    other_score: float | None = None

    @property
    def changes(self) -> Sequence[Change]:
        """From the text of the system beside to this one's."""
        return word_diff(self.other.hypothesis, self.segment.hypothesis) if self.other else ()


@dataclass(frozen=True, slots=True)
class RangePage:
    """A page of the segments in a range, and how many there are."""

    batch: Batch
    chosen: Range
    metric: Metric
    system: System
    other: System | None
    found: int
    segments: Sequence[ScoredSegment]

    @property
    def following(self) -> int | None:
        """The place of the next page's first segment."""
        after = self.chosen.first + PAGE
        return after if after <= self.found else None


def range_page(engine: Engine, batch_id: int, asked: Range) -> RangePage:
    """The segments that are asked for; BadInput where the batch is not scored or has no such choice."""
    batch = find_batch(engine, batch_id)
    chosen = _checked(asked)
    system = find_system(batch, chosen.system)
    other = find_system(batch, chosen.beside) if chosen.beside else None
    metric, numbers, scores = _scores(engine, batch, system, chosen.metric)
    others = _scores(engine, batch, other, chosen.metric)[2] if other else None
    places = _ordered(scores, others, chosen)
    shown = places[chosen.first - 1 : chosen.first - 1 + PAGE]
    wanted = numbers[shown].tolist()
    theirs: list[ReviewedSegment | None] = [None] * len(wanted)
    if other:
        theirs = list(segments.pick_segments(engine, batch.id, other.id, wanted))
    ours = segments.pick_segments(engine, batch.id, system.id, wanted)
    found = [
        ScoredSegment(one, float(scores[place]), another, None if others is None else float(others[place]))
        for one, another, place in zip(ours, theirs, shown, strict=True)
    ]
    return RangePage(batch, chosen, metric, system, other, len(places), found)


def _checked(asked: Range) -> Range:
    if asked.metric not in METRICS:
        raise BadInput(f"Segments are scored by {', '.join(METRICS)}.")
    if asked.order not in ORDERS:
        raise BadInput(f"Segments are listed in order of {', '.join(ORDERS)}.")
    order = asked.order
    if asked.beside in (0, asked.system) and order in _AGAINST_OTHER:
        order = "low"
    beside = asked.beside if asked.beside != asked.system else 0
    return replace(asked, order=order, beside=beside, first=max(1, asked.first))


def _scores(
    engine: Engine, batch: Batch, system: System, metric_id: str
) -> tuple[Metric, NDArray[np.int64], NDArray[np.float64]]:
    """A metric, the numbers of the segments that are scored, and how the machine's texts score."""
    sums = statistics.list_sums(engine, [system.id]).get(system.id)
    if not measuring.is_complete(batch, sums):
        raise BadInput("This batch has no scores yet: have them computed on its page first.")
    rows = [row for row in statistics.list_measured(engine, system.id) if row.machine]
    packed = measuring.unpacked(b"".join(row.machine for row in rows))
    metric, part = next(one for one in packed if one[0].id == metric_id)
    return metric, np.array([row.number for row in rows], dtype=np.int64), metric.segment_scores(part)


def _ordered(
    scores: NDArray[np.float64], others: NDArray[np.float64] | None, chosen: Range
) -> NDArray[np.int64]:
    """The places of the scores in the range, in the order that is asked for."""
    inside = np.ones(len(scores), dtype=bool)
    if chosen.low is not None:
        inside &= scores >= chosen.low
    if chosen.high is not None:
        inside &= scores < chosen.high
    places = np.flatnonzero(inside)
    if chosen.order == "document":
        return places
    by = scores if others is None or chosen.order not in _AGAINST_OTHER else scores - others
    falling = chosen.order in ("high", "gain")
    return places[np.argsort(-by[places] if falling else by[places], kind="stable")]
