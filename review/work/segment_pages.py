"""What the pages of one segment show, each gathered by one call."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from review.diff import Change, word_diff
from review.model import Filter, Flag, Spot, View
from review.store import choosing, corrections, decisions, operations, segments
from review.store.comments import Comment
from review.store.drafts import StoredDraft
from review.store.engine import Engine, snapshot
from review.store.operations import Operation
from review.store.records import Correction, Decision, Neighbour, ReviewedSegment, System
from review.work import commenting, deepening, drafting, muting, scoring, second_review
from review.work.access import Place, find_place
from review.work.flagging import LiveFlag, live_flags
from review.work.mark_pages import Marks, marks_of, unmarked
from review.work.scoring import LiveScores
from review.work.second_review import Standing

_NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever looks at a page, and whether they want to see the other systems too."""

    reviewer_id: int | None
    confidence: float
    all_systems: bool = False


@dataclass(frozen=True, slots=True)
class OtherSystem:
    """What another system made of the segment, and its difference from the text as it stands."""

    system: System
    segment: ReviewedSegment
    flags: Sequence[LiveFlag]
    diff: Sequence[Change]


@dataclass(frozen=True, slots=True)
class SegmentPage:
    """One segment to review, between its neighbours."""

    place: Place
    chosen: Filter
    spot: Spot  # in the filter's order, as it was when the segment was opened
    view: View
    text: str  # in the text area
    version: int  # that the text in the text area was made on
    flags: Sequence[LiveFlag]
    hidden: int  # open flags that are less sure than the view asks for
    deep_waits: bool
    step: Operation | None
    before: Sequence[Neighbour]
    after: Sequence[Neighbour]
    previous: int | None
    next: int | None
    reference_diff: Sequence[Change]
    own_diff: Sequence[Change]
    saved: Correction | None  # the newest version, where there is one
    draft: StoredDraft | None
    others: Sequence[OtherSystem]
    marks: Marks
    comments: Sequence[Comment]
    standing: Standing  # in second review
    scores: LiveScores | None


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


def segment_page(
    engine: Engine,
    batch_id: int,
    position: int,
    number: int,
    chosen: Filter,
    viewer: Viewer,
    step: int | None = None,
    gain: int | None = None,
) -> SegmentPage:
    """The review page of one segment, as its viewer wants it; with a step just made.

    `gain` is what the segment was worth when the reviewer came to it: its place in a queue by gain, which a
    correction must not move under them.
    """
    with snapshot(engine):
        place = find_place(engine, batch_id, position, number)
        return _page(engine, place, chosen, viewer, step, gain)


def _page(
    engine: Engine, place: Place, chosen: Filter, viewer: Viewer, step: int | None, gain: int | None
) -> SegmentPage:
    batch, system, segment = place.batch, place.system, place.segment
    number = segment.number
    view = muting.view_from(engine, batch.project_id, viewer.confidence)
    spot = Spot(number, segment.gain if gain is None else gain)
    around = segments.list_around(engine, batch.id, system.id, number - _NEIGHBOURS, number + _NEIGHBOURS)
    flags = [LiveFlag(stored.flag, stored) for stored in segment.flags if view.shows(stored.flag)]
    own_diff = word_diff(segment.hypothesis, segment.text)
    saved = corrections.get_newest(engine, segment.hypothesis_id) if segment.version else None
    return SegmentPage(
        place=place,
        chosen=chosen,
        spot=spot,
        view=view,
        text=segment.text,
        version=segment.version,
        flags=flags,
        hidden=sum(is_less_sure(view, stored.flag) for stored in segment.open_flags),
        deep_waits=any(deepening.waits(engine, batch, [segment])),
        step=operations.get_operation(engine, batch.id, step) if step else None,
        before=[s for s in around if s.number < number and s.document == segment.document],
        after=[s for s in around if s.number > number and s.document == segment.document],
        previous=_neighbour(engine, place, spot, chosen, view, forward=False),
        next=_neighbour(engine, place, spot, chosen, view),
        reference_diff=word_diff(segment.hypothesis, segment.references[0]) if segment.references else (),
        own_diff=own_diff,
        saved=saved,
        draft=drafting.kept(engine, place, viewer.reviewer_id) if viewer.reviewer_id else None,
        others=_others(engine, place, view) if viewer.all_systems else (),
        marks=marks_of(engine, place, flags, own_diff)
        if segment.annotations or segment.assessed
        else unmarked(place, flags, own_diff),
        comments=commenting.said(engine, place) if segment.comments else (),
        standing=second_review.standing(engine, place, saved),
        scores=scoring.system_scores(engine, batch, system),
    )


def _neighbour(
    engine: Engine, place: Place, spot: Spot, chosen: Filter, view: View, forward: bool = True
) -> int | None:
    if not chosen and not chosen.by_gain:  # the numbers of a batch have no gaps
        beside = spot.number + (1 if forward else -1)
        return beside if 1 <= beside <= place.batch.segments else None
    return choosing.find_neighbour(
        engine, place.batch.id, place.system.id, spot, chosen, view, forward=forward
    )


def _others(engine: Engine, place: Place, view: View) -> list[OtherSystem]:
    found = []
    for system in place.batch.systems:
        segment = segments.get_segment(engine, place.batch.id, system.id, place.segment.number)
        if segment is None or system.id == place.system.id:
            continue
        flags = [LiveFlag(f.flag, f) for f in segment.flags if view.shows(f.flag)]
        found.append(OtherSystem(system, segment, flags, word_diff(place.segment.text, segment.text)))
    return found


def typed_page(engine: Engine, page: SegmentPage, text: str, version: int) -> SegmentPage:
    """The review page with a text that was typed on a version, and is not saved, in its text area."""
    found = check_text(engine, page.place, text, page.view.confidence)
    return replace(
        page,
        text=text,
        version=version,
        flags=[live for live in found.flags if live.stored],  # buttons on others need the page's script
        hidden=found.hidden,
        own_diff=found.own_diff,
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
    engine: Engine,
    place: Place,
    chosen: Filter,
    confidence: float,
    flagged: bool = False,
    gain: int | None = None,
) -> int | None:
    """Where "save and next" leads: the next chosen segment, or the next one with open flags.

    `place` is as it was before the save, or `gain` says where the reviewer was in the queue.
    """
    wanted = replace(chosen, status="flagged") if flagged else chosen
    project_id = place.batch.project_id
    view = muting.view_from(engine, project_id, confidence) if wanted else View(confidence)
    spot = Spot(place.segment.number, place.segment.gain if gain is None else gain)
    return _neighbour(engine, place, spot, wanted, view)


def check_text(engine: Engine, place: Place, text: str, confidence: float) -> Check:
    """What the checks say of a text being typed, and its difference from the hypothesis."""
    view = muting.view_from(engine, place.batch.project_id, confidence)
    found = live_flags(engine, place, text)
    return Check(
        flags=[live for live in found if view.shows(live.flag)],
        hidden=sum(live.state == "open" and is_less_sure(view, live.flag) for live in found),
        own_diff=word_diff(place.segment.hypothesis, text),
    )


def is_less_sure(view: View, flag: Flag) -> bool:
    """Whether a flag is hidden for want of confidence, and not because its check is muted."""
    return flag.confidence < view.confidence and flag.check not in view.muted
