"""Standing dismissals: flags of a check on a certain text that are dismissed wherever they are found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, or_, select, update

from review.store.engine import reading
from review.store.schema import batch, operation, reviewer
from review.store.schema_rules import dismissal


@dataclass(frozen=True, slots=True)
class Dismissal:
    """That flags of this check on this text are dismissed always; the step that said so, if it is known."""

    id: int
    text: str
    operation_id: int | None
    batch_id: int | None  # of the step
    reviewer: str
    made_at: datetime


_RULED = select(dismissal.c.check, dismissal.c.text).where(dismissal.c.withdrawn_at.is_(None))
_BATCH: Any = bindparam("batch")
_PROJECT = select(batch.c.project_id).where(batch.c.id == _BATCH).scalar_subquery()
_STANDING = _RULED.where(
    dismissal.c.project_id == _PROJECT, or_(dismissal.c.batch_id.is_(None), dismissal.c.batch_id == _BATCH)
)


def standing_in(connection: Connection, batch_id: int) -> frozenset[tuple[str, str]]:
    """Check and text of what is dismissed in a batch as soon as it is found."""
    return frozenset(map(tuple, connection.execute(_STANDING, {"batch": batch_id})))


def get_standing(engine: Engine, batch_id: int) -> frozenset[tuple[str, str]]:
    """Check and text of what is dismissed in a batch as soon as it is found."""
    with reading(engine) as connection:
        return standing_in(connection, batch_id)


def insert_dismissal(
    connection: Connection,
    batch_id: int,
    check: str,
    text: str,
    operation_id: int,
    reviewer_id: int,
    everywhere: bool,
) -> None:
    """From now on this is dismissed wherever it is found: in a batch, or in all of its project."""
    project_id = connection.scalar(select(batch.c.project_id).where(batch.c.id == batch_id))
    what = {"batch_id": None if everywhere else batch_id, "check": check, "text": text}
    who = {
        "project_id": project_id,
        "operation_id": operation_id,
        "reviewer_id": reviewer_id,
        "made_at": datetime.now(UTC),
    }
    connection.execute(insert(dismissal).values(**what, **who))


def withdraw_dismissals(connection: Connection, operation_id: int) -> None:
    """From now on what a step said counts no more."""
    of_this = (dismissal.c.operation_id == operation_id, dismissal.c.withdrawn_at.is_(None))
    connection.execute(update(dismissal).where(*of_this).values(withdrawn_at=datetime.now(UTC)))


def list_always(engine: Engine, project_id: int, check: str) -> Sequence[Dismissal]:
    """The texts that a check's flags are always dismissed on in a project, newest first."""
    always = (dismissal.c.batch_id.is_(None), dismissal.c.withdrawn_at.is_(None))
    columns = (dismissal.c.id, dismissal.c.text, dismissal.c.operation_id, operation.c.batch_id)
    query = (
        select(*columns, reviewer.c.name, dismissal.c.made_at)
        .join(reviewer, dismissal.c.reviewer_id == reviewer.c.id)
        .outerjoin(operation, dismissal.c.operation_id == operation.c.id)
        .where(dismissal.c.project_id == project_id, dismissal.c.check == check, *always)
        .order_by(dismissal.c.id.desc())
    )
    with reading(engine) as connection:
        return [Dismissal(*row) for row in connection.execute(query)]
