"""Batches that arrive or leave: some of their segments are there, and nobody sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, delete, func, select

from review.store.engine import reading, writing
from review.store.schema import batch, hypothesis, reference, segment, system

WHOLE = batch.c.arrival.is_(None)
_ROWS_AT_ONCE = 20_000  # of all systems


@dataclass(frozen=True, slots=True)
class Arriving:
    """How many segments of a batch are stored, and the ids of its systems."""

    id: int
    stored: int
    systems: Sequence[int]


def find_arriving(connection: Connection, arrival: str) -> Arriving | None:
    """The batch of an import that is not whole, locked until the transaction ends; None: there is none."""
    query = select(batch.c.id).where(batch.c.arrival == arrival)
    batch_id = connection.scalar(query.with_for_update())
    if batch_id is None:
        return None
    stored = connection.scalar(select(func.max(segment.c.number)).where(segment.c.batch_id == batch_id))
    systems = select(system.c.id).where(system.c.batch_id == batch_id).order_by(system.c.position)
    return Arriving(batch_id, stored or 0, list(connection.scalars(systems)))


def discard_arriving(engine: Engine, arrival: str) -> None:
    """Remove what is there of a batch that arrives or leaves; from its end, some thousand rows at a time.

    In between it waits as long as that took: whoever saves meanwhile looks for a moment without a lock in SQLite.
    """
    started = monotonic()
    while _discard_some(engine, arrival):
        sleep(monotonic() - started)
        started = monotonic()


def _discard_some(engine: Engine, arrival: str) -> bool:
    """Whether anything is left."""
    with writing(engine) as connection:
        arriving = find_arriving(connection, arrival)
        if arriving is None:
            return False
        stays = max(0, arriving.stored - (_ROWS_AT_ONCE // len(arriving.systems) or 1))
        own = delete(hypothesis).where(hypothesis.c.system_id.in_(arriving.systems))
        connection.execute(own.where(hypothesis.c.number > stays))
        for table in (reference, segment):
            connection.execute(delete(table).where(table.c.batch_id == arriving.id, table.c.number > stays))
        if not stays:
            connection.execute(delete(batch).where(batch.c.id == arriving.id))
        return bool(stays)


def list_forgotten(engine: Engine, after: timedelta) -> list[str]:
    """What batches so old arrive or leave by that are not whole: nobody will go on with them."""
    begun = batch.c.created_at < datetime.now(UTC) - after
    with reading(engine) as connection:
        return list(connection.scalars(select(batch.c.arrival).where(~WHOLE, begun)))
