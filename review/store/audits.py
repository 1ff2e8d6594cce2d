"""The log of who did what: rows are appended, never changed. No text of a segment goes into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from review.store.engine import reading, writing
from review.store.schema import project, reviewer
from review.store.schema_team import audit

_LONGEST_NAME = 200
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """That somebody did something."""

    id: int
    made_at: datetime
    who: str
    action: str
    about: str
    project: str | None


def append_audit(engine: Engine, who: str, action: str, about: str, project_id: int | None = None) -> None:
    """Note what somebody did."""
    with writing(engine) as connection:
        insert_audit(connection, who, action, about, project_id)


def append_audit_of(
    engine: Engine, reviewer_id: int, action: str, about: str, project_id: int | None
) -> None:
    """Note what a reviewer did, by the name of this id."""
    with writing(engine) as connection:
        who = connection.scalar(select(reviewer.c.name).where(reviewer.c.id == reviewer_id))
        insert_audit(connection, who or "", action, about, project_id)


def insert_audit(
    connection: Connection, who: str, action: str, about: str, project_id: int | None = None
) -> None:
    """Note it in the transaction that does it."""
    values = {"who": who[:_LONGEST_NAME], "action": action, "about": about[:_LONGEST]}
    query = insert(audit).values(made_at=datetime.now(UTC), project_id=project_id, **values)
    connection.execute(query)


def list_audit(engine: Engine, limit: int, before: int | None = None) -> list[Entry]:
    """The newest entries first, older than the id `before`."""
    columns = [audit.c[name] for name in ("id", "made_at", "who", "action", "about")]
    query = select(*columns, project.c.name).outerjoin(project, audit.c.project_id == project.c.id)
    if before is not None:
        query = query.where(audit.c.id < before)
    with reading(engine) as connection:
        rows: Sequence[Any] = connection.execute(query.order_by(audit.c.id.desc()).limit(limit)).all()
    return [Entry(*row) for row in rows]
