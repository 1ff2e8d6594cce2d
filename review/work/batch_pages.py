"""What the list of batches and the page of one batch show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from review.model import Filter, Severity, Spot, View
from review.store import batches, choosing, jobs, operations, reviewers, segments
from review.store.engine import Engine, snapshot
from review.store.jobs import Job
from review.store.operations import Operation
from review.store.records import Batch, ReviewedSegment, System
from review.store.sums import step_of
from review.work import deepening, muting, scoring
from review.work.access import find_batch, find_system
from review.work.annotating import categories_of
from review.work.deepening import DeepProgress
from review.work.mark_scores import MarkScore, scores_at_once
from review.work.muting import Record
from review.work.scoring import Effort, ScoreTable

PAGE = 50  # segments on a batch page, and batches on a page of them
COUNTED = 1000  # segments: where no sum says how many there are, counting stops here


@dataclass(frozen=True, slots=True)
class FlagCounts:
    """Open flags of a system: those shown, by check and by severity, and those hidden."""

    checks: dict[str, int]
    severities: dict[str, int]
    less_sure: int
    muted: dict[str, int]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A stretch of a batch's document under a filter, with its sums and scores.

    `found` and `statuses` say how many segments a filter chooses; more than COUNTED is only that.
    """

    batch: Batch
    system: System
    chosen: Filter
    view: View
    segments: Sequence[ReviewedSegment]
    found: int
    statuses: dict[str, int]
    reviewers: Sequence[str]
    flags: FlagCounts
    deep: DeepProgress
    jobs: Sequence[Job]  # the last of each kind
    proposed: dict[str, Record]  # checks to mute, with what people made of their flags
    step: Operation | None  # that was made just now and can be taken back
    start_at: int | None  # the first segment to review
    more_from: Spot | None  # where the next page begins
    scores: ScoreTable | None
    efforts: dict[str, Effort]
    marks: Sequence[MarkScore] | None  # None where they have a page of their own

    def job(self, kind: str) -> Job | None:
        """The last job of a kind."""
        return next((job for job in self.jobs if job.kind == kind), None)


def list_page(
    engine: Engine, before: int | None = None, reader: str | None = None, member: int | None = None
) -> list[Batch]:
    """A page of batches, newest first; without other people's copies in open studies, where a `reader` looks.

    With a `member`'s id, those of their projects.
    """
    return batches.list_batches(engine, PAGE, before, reader, member)


def batch_page(
    engine: Engine,
    batch_id: int,
    position: int,
    chosen: Filter,
    confidence: float,
    begin: Spot | None = None,
    step: int | None = None,
    comet: str = "",
    categories: str = "",
) -> BatchPage:
    """The batch page of one system, with flags from a confidence on; with a step just made.

    `comet` is the checkpoint of the COMET model whose scores are wanted, if any; `categories` the table of the
    kinds of error, if it is not the one that comes with Tarkka.
    """
    with snapshot(engine):
        batch = find_batch(engine, batch_id)
        return _page(
            engine, batch, find_system(batch, position), chosen, confidence, begin, step, comet, categories
        )


def _page(
    engine: Engine,
    batch: Batch,
    system: System,
    chosen: Filter,
    confidence: float,
    begin: Spot | None,
    step: int | None,
    comet: str,
    categories: str,
) -> BatchPage:
    last = jobs.list_jobs(engine, batch.id)
    view = muting.view_from(engine, batch.project_id, confidence)
    spots, found = _chosen(engine, batch, system, chosen, view, begin)
    shown = segments.pick_segments(engine, batch.id, system.id, [spot.number for spot in spots[:PAGE]])
    to_review = chosen or replace(chosen, status="unreviewed")
    return BatchPage(
        batch=batch,
        system=system,
        chosen=chosen,
        view=view,
        segments=[_seen_in(view, s) for s in shown],
        found=found,
        statuses=_statuses(engine, batch, system, chosen, view),
        reviewers=reviewers.list_reviewers(engine, batch.project_id),
        flags=_flag_counts(engine, system, view),
        deep=deepening.deep_progress(batch, last),
        jobs=last,
        proposed=muting.proposed(engine, batch.project_id, view.muted),
        step=operations.get_operation(engine, batch.id, step) if step else None,
        start_at=choosing.find_neighbour(engine, batch.id, system.id, None, to_review, view),
        more_from=spots[PAGE] if len(spots) > PAGE else None,
        scores=scoring.score_table(engine, batch, comet),
        efforts={s.name: scoring.effort(s) for s in batch.systems},
        marks=scores_at_once(engine, batch, categories_of(categories)),
    )


def _chosen(
    engine: Engine, batch: Batch, system: System, chosen: Filter, view: View, begin: Spot | None
) -> tuple[list[Spot], int]:
    """A page of the chosen segments and the first one after it, and how many are chosen in all."""
    if not chosen:
        page = choosing.list_spots(engine, batch.id, system.id, chosen, view, begin=begin, limit=PAGE + 1)
        return page, batch.segments
    # The first page and the count are one walk: looking for a text through all of a batch twice is too much.
    limit = COUNTED + 1 if begin is None else PAGE + 1
    some = choosing.list_spots(engine, batch.id, system.id, chosen, view, begin=begin, limit=limit)
    if begin is None:
        return some[: PAGE + 1], len(some)
    return some, choosing.count_chosen(engine, batch.id, system.id, chosen, view, COUNTED + 1)


def _statuses(engine: Engine, batch: Batch, system: System, chosen: Filter, view: View) -> dict[str, int]:
    """How many segments each status would choose by itself: from sums where there are any."""
    counted = ("sent-back", "accepted", "commented", "marked", "drafts")
    return {
        "unreviewed": batch.segments - system.reviewed,
        "reviewed": system.reviewed,
        "edited": system.edited,
        "confirmed": system.confirmed,
        **{
            status: choosing.count_chosen(
                engine, batch.id, system.id, Filter(status, reader=chosen.reader), view, COUNTED + 1
            )
            for status in counted
        },
    }


def _seen_in(view: View, segment: ReviewedSegment) -> ReviewedSegment:
    """A segment with the flags that a view shows."""
    return replace(segment, flags=tuple(f for f in segment.flags if view.shows(f.flag)))


def _flag_counts(engine: Engine, system: System, view: View) -> FlagCounts:
    checks: Counter[str] = Counter()
    severities: Counter[str] = Counter({severity.value: 0 for severity in Severity})
    muted: Counter[str] = Counter(dict.fromkeys(sorted(view.muted), 0))
    less_sure = 0
    for check, severity, step, count in choosing.list_tally(engine, system.id):
        if check in view.muted:
            muted[check] += count
        elif step < step_of(view.confidence):
            less_sure += count
        else:
            checks[check] += count
            severities[severity.value] += count
    return FlagCounts(dict(sorted(checks.items())), dict(severities), less_sure, dict(muted))
