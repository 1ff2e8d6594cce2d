"""Segments and flags as programs read them: page by page, each once."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.model import Filter, Spot
from review.store import choosing, flag_lists, segments
from review.store.comments import Comment
from review.store.engine import Engine, snapshot
from review.store.flag_lists import Cursor, Wanted
from review.store.records import ReviewedSegment, StoredFlag
from review.work import commenting, deepening, muting
from review.work.access import find_batch, find_place, find_system
from review.work.batch_pages import seen_in


@dataclass(frozen=True, slots=True)
class Seen:
    """A segment with the flags that are sure enough, whether checks have still to see it, and what people say of it."""

    segment: ReviewedSegment
    waits: bool
    comments: Sequence[Comment] = ()


@dataclass(frozen=True, slots=True)
class SegmentPart:
    """Some segments in order, and the number that the next part begins after; None: these are the last."""

    segments: Sequence[Seen]
    next: int | None


@dataclass(frozen=True, slots=True)
class FlagPart:
    """Some flags in order, and where the next part begins; None: these are the last."""

    flags: Sequence[StoredFlag]
    next: Cursor | None


def list_chosen(
    engine: Engine, batch_id: int, position: int, chosen: Filter, confidence: float, after: int, limit: int
) -> SegmentPart:
    """The chosen segments of a system after a number, with the flags that are sure enough."""
    with snapshot(engine):
        batch = find_batch(engine, batch_id)
        system = find_system(batch, position)
        view = muting.view_from(engine, batch.project_id, confidence)
        begin = Spot(after + 1)
        spots = choosing.list_spots(engine, batch.id, system.id, chosen, view, begin=begin, limit=limit + 1)
        numbers = [spot.number for spot in spots[:limit]]
        found = segments.pick_segments(engine, batch.id, system.id, numbers)
        waiting = deepening.waits(engine, batch, found)
    seen = [Seen(seen_in(view, one), waits) for one, waits in zip(found, waiting, strict=True)]
    return SegmentPart(seen, numbers[-1] if len(spots) > limit else None)


def see(engine: Engine, batch_id: int, position: int, number: int, confidence: float) -> Seen:
    """One segment, with the flags that are sure enough."""
    with snapshot(engine):
        place = find_place(engine, batch_id, position, number)
        view = muting.view_from(engine, place.batch.project_id, confidence)
        [waits] = deepening.waits(engine, place.batch, [place.segment])
        return Seen(seen_in(view, place.segment), waits, commenting.said(engine, place))


def list_flags(
    engine: Engine, batch_id: int, position: int | None, wanted: Wanted, after: Cursor | None, limit: int
) -> FlagPart:
    """Flags of a batch, or of one of its systems, after a place; without those of muted checks."""
    with snapshot(engine):
        batch = find_batch(engine, batch_id)
        systems = batch.systems if position is None else [find_system(batch, position)]
        muted = muting.view_from(engine, batch.project_id, wanted.confidence).muted
        found: list[StoredFlag] = []
        places: list[Cursor] = []
        for system in systems:
            begin = after if after and after.system == system.position + 1 else None
            if after and system.position + 1 < after.system:
                continue
            some = flag_lists.list_flags(engine, system.id, wanted, muted, begin, limit + 1 - len(found))
            found += some
            places += [Cursor(system.position + 1, one.flag.segment, one.id) for one in some]
            if len(found) > limit:
                return FlagPart(found[:limit], places[limit - 1])
    return FlagPart(found, None)
