"""Finds what a request names, or says that it is not there."""

from dataclasses import dataclass

from review.errors import NotFound
from review.store import batches, segments
from review.store.engine import Engine, snapshot
from review.store.records import Batch, ReviewedSegment, StoredFlag, System


@dataclass(frozen=True, slots=True)
class Place:
    """A segment of one system of one batch."""

    batch: Batch
    system: System
    segment: ReviewedSegment


def find_batch(engine: Engine, batch_id: int) -> Batch:
    """The batch, or NotFound."""
    batch = batches.get_batch(engine, batch_id)
    if batch is None:
        raise NotFound(f"There is no batch {batch_id}.")
    return batch


def find_system(batch: Batch, position: int) -> System:
    """The batch's system at a position counted from 1, or NotFound."""
    if not 1 <= position <= len(batch.systems):
        raise NotFound(f"The batch has no system {position}; it has {len(batch.systems)}.")
    return batch.systems[position - 1]


def find_system_named(batch: Batch, name: str | None) -> System:
    """The batch's system of that name, the first one without a name, or NotFound."""
    for system in batch.systems:
        if name in (None, system.name):
            return system
    raise NotFound(f"The batch has no system “{name}”; it has {', '.join(s.name for s in batch.systems)}.")


def find_place(engine: Engine, batch_id: int, position: int, number: int) -> Place:
    """A segment with its batch and system, or NotFound."""
    with snapshot(engine):
        batch = find_batch(engine, batch_id)
        system = find_system(batch, position)
        segment = segments.get_segment(engine, batch.id, system.id, number)
    if segment is None:
        raise NotFound(f"The batch has no segment {number}; it has {batch.segments}.")
    return Place(batch, system, segment)


def find_flag(place: Place, flag_id: int) -> StoredFlag:
    """A flag on the segment's text as it stands, or NotFound."""
    for stored in place.segment.flags:
        if stored.id == flag_id:
            return stored
    raise NotFound("This flag is no longer on the text: it was corrected or checked again meanwhile.")
