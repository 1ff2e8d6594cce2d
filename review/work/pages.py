"""What the pages show, each gathered by one call."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from review.diff import Change, word_diff
from review.model import Filter, Flag, Severity, View
from review.store import batches, corrections, decisions, operations, segments
from review.store.engine import Engine
from review.store.operations import Operation
from review.store.records import Batch, Correction, Decision, ReviewedSegment, System
from review.work import deepening, muting, scoring
from review.work.access import Place, find_batch, find_place, find_system
from review.work.deepening import DeepProgress
from review.work.flagging import LiveFlag, live_flags
from review.work.muting import Record
from review.work.scoring import Effort, ScoreTable

PAGE = 50  # segments on a batch page
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A stretch of a batch's document under a filter, with its sums and scores."""

    batch: Batch
    system: System
    chosen: Filter
    view: View
    segments: Sequence[ReviewedSegment]
    found: int
    flags: "FlagCounts"
    deep: DeepProgress
    proposed: dict[str, Record]  # checks to mute, with what people made of their flags
    step: Operation | None  # that was made just now and can be taken back
    start_at: int | None  # the first segment to review
    more_from: int | None  # where the next page begins
    scores: ScoreTable | None
    efforts: dict[str, Effort]


@dataclass(frozen=True, slots=True)
class FlagCounts:
    """Open flags of a system: those shown, by check and by severity, and those hidden."""

    checks: dict[str, int]
    severities: dict[str, int]
    less_sure: int
    muted: dict[str, int]


@dataclass(frozen=True, slots=True)
class SegmentPage:
    """One segment to review, between its neighbours."""

    place: Place
    chosen: Filter
    view: View
    flags: Sequence[LiveFlag]
    hidden: int  # open flags that are less sure than the view asks for
    deep_waits: bool
    step: Operation | None
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
    hidden: int
    own_diff: Sequence[Change]


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
) -> BatchPage:
    """The batch page of one system, with flags from a confidence on; with a step just made."""
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
        scores=scoring.score_table(engine, batch),
        efforts={s.name: scoring.effort(engine, s) for s in batch.systems},
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


def segment_page(
    engine: Engine,
    batch_id: int,
    position: int,
    number: int,
    chosen: Filter,
    confidence: float,
    step: int | None = None,
) -> SegmentPage:
    """The review page of one segment, with flags from a confidence on; with a step just made."""
    place = find_place(engine, batch_id, position, number)
    batch, system, segment = place.batch, place.system, place.segment
    view = muting.view_from(engine, confidence)
    around = segments.list_segments(
        engine, batch.id, system.id, first=number - _NEIGHBOURS, last=number + _NEIGHBOURS
    )
    return SegmentPage(
        place=place,
        chosen=chosen,
        view=view,
        flags=[LiveFlag(stored.flag, stored) for stored in segment.flags if view.shows(stored.flag)],
        hidden=sum(is_less_sure(view, stored.flag) for stored in segment.open_flags),
        deep_waits=deepening.waits(segment),
        step=operations.get_operation(engine, batch.id, step) if step else None,
        before=[s for s in around if s.number < number],
        after=[s for s in around if s.number > number],
        previous=segments.find_neighbour(engine, batch.id, system.id, number, chosen, view, forward=False),
        next=segments.find_neighbour(engine, batch.id, system.id, number, chosen, view),
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


def next_after(
    engine: Engine, place: Place, chosen: Filter, confidence: float, flagged: bool = False
) -> int | None:
    """Where "save and next" leads: the next chosen segment, or the next one with open flags."""
    wanted = Filter("flagged", chosen.check, chosen.severity, chosen.text) if flagged else chosen
    view = muting.view_from(engine, confidence)
    return segments.find_neighbour(
        engine, place.batch.id, place.system.id, place.segment.number, wanted, view
    )


def check_text(engine: Engine, place: Place, text: str, confidence: float) -> Check:
    """What the checks say of a text being typed, and its difference from the hypothesis."""
    view = muting.view_from(engine, confidence)
    found = live_flags(engine, place, text)
    return Check(
        flags=[live for live in found if view.shows(live.flag)],
        hidden=sum(live.state == "open" and is_less_sure(view, live.flag) for live in found),
        own_diff=word_diff(place.segment.hypothesis, text),
    )


def is_less_sure(view: View, flag: Flag) -> bool:
    """Whether a flag is hidden for want of confidence, and not because its check is muted."""
    return flag.confidence < view.confidence and flag.check not in view.muted
