"""Texts that were saved before the instant checks had looked at them, until these have."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from review.store.arriving import WHOLE
from review.store.engine import reading
from review.store.schema import batch, hypothesis, system
from review.store.schema_sums import unchecked

_MARKS: dict[str, Any] = {
    "sqlite": sqlite.insert(unchecked).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(unchecked).on_conflict_do_nothing(),
}
_WAITING = (
    select(system.c.position, unchecked.c.number)
    .join(system, unchecked.c.system_id == system.c.id)
    .where(system.c.batch_id == bindparam("batch"))
    .order_by(system.c.position, unchecked.c.number)
    .limit(bindparam("most"))
)
is_unchecked = exists().where(unchecked.c.hypothesis_id == hypothesis.c.id)


def mark_unchecked(connection: Connection, owner: Any) -> None:
    """Note within a transaction that a hypothesis has a text with flags that are only carried on."""
    row = {"hypothesis_id": owner.id, "system_id": owner.system_id, "number": owner.number}
    connection.execute(_MARKS[connection.dialect.name], row)


def list_unchecked(engine: Engine, batch_id: int, most: int) -> list[tuple[int, int]]:
    """Position of the system, from 0, and number of the segments whose text waits for the instant checks."""
    with reading(engine) as connection:
        rows = connection.execute(_WAITING, {"batch": batch_id, "most": most})
        return [(position, number) for position, number in rows]


def unchecked_batches(engine: Engine) -> list[int]:
    """The batches with texts that wait."""
    waiting = select(system.c.batch_id).join(unchecked, unchecked.c.system_id == system.c.id)
    query = waiting.join(batch, system.c.batch_id == batch.c.id).where(WHOLE).distinct()
    with reading(engine) as connection:
        return list(connection.scalars(query.order_by(system.c.batch_id)))


def forget_unchecked(connection: Connection, hypothesis_ids: Sequence[int]) -> None:
    """Note within a transaction that the newest texts of hypotheses have their flags."""
    connection.execute(delete(unchecked).where(unchecked.c.hypothesis_id.in_(hypothesis_ids)))
