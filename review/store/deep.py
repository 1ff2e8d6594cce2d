"""Which texts the deep checks have still to see: those whose current version they have not seen yet."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Engine, or_, select, update

from review.store.arriving import WHOLE
from review.store.engine import reading, writing
from review.store.jobs import Stretch
from review.store.schema import batch, hypothesis, system

_unseen = hypothesis.c.deep_version.is_distinct_from(hypothesis.c.version)


def next_corrected(engine: Engine, batch_id: int, most: int) -> Stretch | None:
    """The next neighbouring segments that somebody has corrected since the deep checks saw them, if they did."""
    changed = or_(hypothesis.c.version > 0, hypothesis.c.deep_version.is_not(None))
    query = (
        select(hypothesis.c.system_id, hypothesis.c.number)
        .join(system)
        .where(system.c.batch_id == batch_id, _unseen, changed)
        .order_by(system.c.position, hypothesis.c.number)
        .limit(most)
    )
    with reading(engine) as connection:
        return _first_run(connection.execute(query).all())


def next_unseen(engine: Engine, within: Stretch, past: int, most: int) -> Stretch | None:
    """The next neighbouring segments of a stretch, after a number, that wait."""
    mine = (hypothesis.c.system_id == within.system_id, hypothesis.c.number.between(past + 1, within.last))
    query = select(hypothesis.c.system_id, hypothesis.c.number).where(*mine, _unseen)
    with reading(engine) as connection:
        return _first_run(connection.execute(query.order_by(hypothesis.c.number).limit(most)).all())


def _first_run(rows: Sequence[Any]) -> Stretch | None:
    if not rows:
        return None
    last = rows[0]
    for one, following in pairwise(rows):
        if (following.system_id, following.number) != (one.system_id, one.number + 1):
            break
        last = following
    return Stretch(rows[0].system_id, rows[0].number, last.number)


def unseen_batches(engine: Engine) -> list[int]:
    """The batches with texts that wait."""
    query = select(system.c.batch_id).join(batch).where(WHOLE, system.c.seen < batch.c.segments).distinct()
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
