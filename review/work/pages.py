"""What the pages show, each gathered by one call."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.diff import Change, word_diff
from review.model import Filter
from review.store import batches, corrections, decisions, segments
from review.store.engine import Engine
from review.store.records import Batch, Correction, Decision, ReviewedSegment, System
from review.work import scoring
from review.work.access import Place, find_batch, find_place, find_system
from review.work.flagging import LiveFlag, live_flags
from review.work.scoring import Effort, ScoreTable

PAGE = 50  # segments on a batch page
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A stretch of a batch's document under a filter, with its sums and scores."""

    batch: Batch
    system: System
    chosen: Filter
    segments: Sequence[ReviewedSegment]
    found: int
    checks: dict[str, int]
    start_at: int | None  # the first segment to review
    more_from: int | None  # where the next page begins
    scores: ScoreTable | None
    efforts: dict[str, Effort]


@dataclass(frozen=True, slots=True)
class SegmentPage:
    """One segment to review, between its neighbours."""

    place: Place
    chosen: Filter
    flags: Sequence[LiveFlag]
    before: Sequence[ReviewedSegment]
    after: Sequence[ReviewedSegment]
    previous: int | None
    next: int | None
    reference_diff: Sequence[Change]
    own_diff: Sequence[Change]


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """A version with how it came out of the one it was made on."""

    version: Correction
    diff: Sequence[Change]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Every version of a segment, newest first, and what was decided about its flags."""

    place: Place
    versions: Sequence[VersionDiff]
    decisions: Sequence[Decision]


@dataclass(frozen=True, slots=True)
class Check:
    """What a page shows while someone types: the flags of the text as it is, and what was changed."""

    flags: Sequence[LiveFlag]
    own_diff: Sequence[Change]


def list_page(engine: Engine, before: int | None = None) -> list[Batch]:
    """A page of batches, newest first."""
    return batches.list_batches(engine, PAGE, before)


def batch_page(engine: Engine, batch_id: int, position: int, chosen: Filter, first: int) -> BatchPage:
    """The batch page of one system."""
    batch = find_batch(engine, batch_id)
    system = find_system(batch, position)
    some = segments.list_segments(engine, batch.id, system.id, chosen=chosen, first=first, limit=PAGE + 1)
    unreviewed = Filter(status="unreviewed")
    return BatchPage(
        batch=batch,
        system=system,
        chosen=chosen,
        segments=some[:PAGE],
        found=segments.count_segments(engine, batch.id, system.id, chosen) if chosen else batch.segments,
        checks=segments.count_open_checks(engine, system.id),
        start_at=segments.find_neighbour(engine, batch.id, system.id, 0, chosen or unreviewed),
        more_from=some[PAGE].number if len(some) > PAGE else None,
        scores=scoring.score_table(engine, batch),
        efforts={s.name: scoring.effort(engine, s) for s in batch.systems},
    )


def segment_page(engine: Engine, batch_id: int, position: int, number: int, chosen: Filter) -> SegmentPage:
    """The review page of one segment."""
    place = find_place(engine, batch_id, position, number)
    batch, system, segment = place.batch, place.system, place.segment
    around = segments.list_segments(
        engine, batch.id, system.id, first=number - _NEIGHBOURS, last=number + _NEIGHBOURS
    )
    return SegmentPage(
        place=place,
        chosen=chosen,
        flags=[LiveFlag(stored.flag, stored) for stored in segment.flags],
        before=[s for s in around if s.number < number],
        after=[s for s in around if s.number > number],
        previous=segments.find_neighbour(engine, batch.id, system.id, number, chosen, forward=False),
        next=segments.find_neighbour(engine, batch.id, system.id, number, chosen),
        reference_diff=word_diff(segment.hypothesis, segment.references[0]) if segment.references else (),
        own_diff=word_diff(segment.hypothesis, segment.text),
    )


def history_page(engine: Engine, batch_id: int, position: int, number: int) -> HistoryPage:
    """A segment's history."""
    place = find_place(engine, batch_id, position, number)
    versions = corrections.list_corrections(engine, place.segment.hypothesis_id)
    texts = {v.version: v.text for v in versions}
    return HistoryPage(
        place=place,
        versions=[VersionDiff(v, word_diff(texts[v.based_on], v.text)) for v in reversed(versions)],
        decisions=decisions.list_decisions(engine, place.segment.hypothesis_id),
    )


def next_after(engine: Engine, place: Place, chosen: Filter, flagged: bool = False) -> int | None:
    """Where "save and next" leads: the next chosen segment, or the next one with open flags."""
    wanted = Filter("flagged", chosen.check, chosen.severity, chosen.text) if flagged else chosen
    return segments.find_neighbour(engine, place.batch.id, place.system.id, place.segment.number, wanted)


def check_text(engine: Engine, place: Place, text: str) -> Check:
    """What the checks say of a text being typed, and its difference from the hypothesis."""
    return Check(live_flags(engine, place, text), word_diff(place.segment.hypothesis, text))
