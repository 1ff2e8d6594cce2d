"""What the list of batches and the page of one batch show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from review.model import Filter, Severity, View
from review.store import batches, operations, segments
from review.store.engine import Engine
from review.store.operations import Operation
from review.store.records import Batch, ReviewedSegment, System
from review.work import deepening, muting, scoring
from review.work.access import find_batch, find_system
from review.work.annotating import categories_of
from review.work.deepening import DeepProgress
from review.work.mark_scores import MarkScore, scores_at_once
from review.work.muting import Record
from review.work.scoring import Effort, ScoreTable

PAGE = 50  # segments on a batch page, and batches on a page of them


@dataclass(frozen=True, slots=True)
class FlagCounts:
    """Open flags of a system: those shown, by check and by severity, and those hidden."""

    checks: dict[str, int]
    severities: dict[str, int]
    less_sure: int
    muted: dict[str, int]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A stretch of a batch's document under a filter, with its sums and scores."""

    batch: Batch
    system: System
    chosen: Filter
    view: View
    segments: Sequence[ReviewedSegment]
    found: int
    flags: FlagCounts
    deep: DeepProgress
    proposed: dict[str, Record]  # checks to mute, with what people made of their flags
    step: Operation | None  # that was made just now and can be taken back
    start_at: int | None  # the first segment to review
    more_from: int | None  # where the next page begins
    scores: ScoreTable | None
    efforts: dict[str, Effort]
    marks: Sequence[MarkScore] | None  # None where they have a page of their own


def list_page(engine: Engine, before: int | None = None) -> list[Batch]:
    """A page of batches, newest first."""
    return batches.list_batches(engine, PAGE, before)


def batch_page(
    engine: Engine,
    batch_id: int,
    position: int,
    chosen: Filter,
    confidence: float,
    first: int = 1,
    step: int | None = None,
    comet: str = "",
    categories: str = "",
) -> BatchPage:
    """The batch page of one system, with flags from a confidence on; with a step just made.

    `comet` is the checkpoint of the COMET model whose scores are wanted, if any; `categories` the table of the
    kinds of error, if it is not the one that comes with Tarkka.
    """
    batch = find_batch(engine, batch_id)
    system = find_system(batch, position)
    view = muting.view_from(engine, confidence)
    some = segments.list_segments(
        engine, batch.id, system.id, chosen=chosen, view=view, first=first, limit=PAGE + 1
    )
    unreviewed = Filter(status="unreviewed")
    return BatchPage(
        batch=batch,
        system=system,
        chosen=chosen,
        view=view,
        segments=[_seen_in(view, s) for s in some[:PAGE]],
        found=segments.count_segments(engine, batch.id, system.id, chosen, view)
        if chosen
        else batch.segments,
        flags=_flag_counts(engine, system, view),
        deep=deepening.deep_progress(engine, batch),
        proposed=muting.proposed(engine, view.muted),
        step=operations.get_operation(engine, batch.id, step) if step else None,
        start_at=segments.find_neighbour(engine, batch.id, system.id, 0, chosen or unreviewed, view),
        more_from=some[PAGE].number if len(some) > PAGE else None,
        scores=scoring.score_table(engine, batch, comet),
        efforts={s.name: scoring.effort(engine, s) for s in batch.systems},
        marks=scores_at_once(engine, batch, categories_of(categories)),
    )


def _seen_in(view: View, segment: ReviewedSegment) -> ReviewedSegment:
    """A segment with the flags that a view shows."""
    return replace(segment, flags=tuple(f for f in segment.flags if view.shows(f.flag)))


def _flag_counts(engine: Engine, system: System, view: View) -> FlagCounts:
    checks: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    for (check, severity), count in segments.count_flags(engine, system.id, view).items():
        checks[check] += count
        severities[severity.value] += count
    muted: Counter[str] = Counter(dict.fromkeys(sorted(view.muted), 0))
    every = 0
    for (check, _), count in segments.count_flags(engine, system.id, View(0)).items():
        every += count
        if check in view.muted:
            muted[check] += count
    less_sure = every - checks.total() - muted.total()
    return FlagCounts(dict(checks), {s.value: severities[s.value] for s in Severity}, less_sure, dict(muted))
