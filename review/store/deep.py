"""Which texts the deep checks have still to see: those whose current version they have not seen yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Engine, select, update

from review.store.engine import reading, writing
from review.store.schema import batch, hypothesis, system

_unseen = hypothesis.c.deep_version.is_distinct_from(hypothesis.c.version)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring segments of one system, first and last included."""

    system_id: int
    first: int
    last: int


def next_unseen(engine: Engine, batch_id: int, most: int) -> Run | None:
    """The next segments that wait; those come first that somebody has corrected since they were seen."""
    query = (
        select(hypothesis.c.system_id, hypothesis.c.number)
        .join(system)
        .where(system.c.batch_id == batch_id, _unseen)
        .order_by(hypothesis.c.deep_version.is_(None), system.c.position, hypothesis.c.number)
        .limit(most)
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    if not rows:
        return None
    last = rows[0]
    for one, following in pairwise(rows):
        if (following.system_id, following.number) != (one.system_id, one.number + 1):
            break
        last = following
    return Run(rows[0].system_id, rows[0].number, last.number)


def unseen_batches(engine: Engine) -> list[int]:
    """The batches with texts that wait."""
    query = select(system.c.batch_id).join(batch).where(system.c.seen < batch.c.segments).distinct()
    with reading(engine) as connection:
        return list(connection.scalars(query.order_by(system.c.batch_id)))


def forget_seen(engine: Engine, batch_id: int) -> None:
    """Have every text of a batch seen again; the troubles of the last time are forgotten."""
    systems = select(system.c.id).where(system.c.batch_id == batch_id)
    with writing(engine) as connection:
        connection.execute(
            update(hypothesis).where(hypothesis.c.system_id.in_(systems)).values(deep_version=None)
        )
        connection.execute(update(system).where(system.c.batch_id == batch_id).values(seen=0))
        connection.execute(update(batch).where(batch.c.id == batch_id).values(deep_troubles=[]))


def add_troubles(engine: Engine, batch_id: int, sentences: Sequence[str]) -> None:
    """Note what did not run, each sentence once."""
    with writing(engine) as connection:
        query = select(batch.c.deep_troubles).where(batch.c.id == batch_id)
        known = connection.scalar(query.with_for_update()) or []
        new = [*known, *(s for s in sentences if s not in known)]
        connection.execute(update(batch).where(batch.c.id == batch_id).values(deep_troubles=new))
