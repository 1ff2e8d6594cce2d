"""Steps: several corrections, or several dismissals, which one undo takes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, and_, func, insert, select, update

from review.model import Status
from review.store.bulk import append_all, insert_decisions
from review.store.corrections import NewCorrection
from review.store.decisions import NewDecision
from review.store.engine import reading, writing
from review.store.schema import correction, decision, flag, hypothesis, operation

NO_DECISIONS: Mapping[int, Sequence[NewDecision]] = {}


@dataclass(frozen=True, slots=True)
class Operation:
    """A step, how many segments it changed or flags it dismissed, and whether it was taken back."""

    id: int
    title: str
    segments: int
    flags: int
    made_at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class Undoable:
    """A correction of a step that still stands, and the text it was made on."""

    hypothesis_id: int
    number: int
    version: int
    hypothesis: str
    version_before: int
    text_before: str
    status_before: Status


def append_operation(
    engine: Engine,
    batch_id: int,
    title: str,
    reviewer_id: int,
    new: Sequence[NewCorrection],
    decisions: Mapping[int, Sequence[NewDecision]] = NO_DECISIONS,
) -> tuple[int, int]:
    """Append corrections as one step, in one transaction; its id and how many were made.

    One whose hypothesis has changed meanwhile is left out, and so are the decisions on its flags, which are
    given by hypothesis.
    """
    with writing(engine) as connection:
        operation_id = insert_operation(connection, batch_id, title, reviewer_id)
        made = append_all(connection, new, operation_id)
        insert_decisions(
            connection, [d for one in made for d in decisions.get(one, ())], operation_id, reviewer_id
        )
        return operation_id, len(made)


def insert_operation(connection: Connection, batch_id: int, title: str, reviewer_id: int) -> int:
    """A step about to be made; its id."""
    values = {"batch_id": batch_id, "title": title, "reviewer_id": reviewer_id, "made_at": datetime.now(UTC)}
    query = insert(operation).values(**values).returning(operation.c.id)
    return int(connection.execute(query).scalar_one())


def get_operation(engine: Engine, batch_id: int, operation_id: int) -> Operation | None:
    """A step of a batch."""
    made = select(func.count()).where(correction.c.operation_id == operation_id).scalar_subquery()
    decided = select(func.count()).where(decision.c.operation_id == operation_id).scalar_subquery()
    query = select(operation, made.label("segments"), decided.label("flags")).where(
        operation.c.id == operation_id, operation.c.batch_id == batch_id
    )
    with reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Operation(row.id, row.title, row.segments, row.flags, row.made_at, row.undone_at is not None)


def list_undoable(engine: Engine, operation_id: int) -> list[Undoable]:
    """The corrections of a step that nobody has changed since, each with the text before it."""
    before = correction.alias("before")
    query = (
        select(
            hypothesis.c.id,
            hypothesis.c.number,
            hypothesis.c.version,
            hypothesis.c.text,
            correction.c.based_on,
            func.coalesce(before.c.text, hypothesis.c.text),
            func.coalesce(before.c.status, Status.UNREVIEWED.value),
        )
        .join(
            correction,
            (correction.c.hypothesis_id == hypothesis.c.id) & (correction.c.version == hypothesis.c.version),
        )
        .outerjoin(
            before, (before.c.hypothesis_id == hypothesis.c.id) & (before.c.version == correction.c.based_on)
        )
        .where(correction.c.operation_id == operation_id)
        .order_by(hypothesis.c.number)
    )
    with reading(engine) as connection:
        return [Undoable(*row[:-1], Status(row[-1])) for row in connection.execute(query)]


def mark_undone(engine: Engine, operation_id: int) -> None:
    """Note that a step was taken back."""
    with writing(engine) as connection:
        set_undone(connection, operation_id)


def set_undone(connection: Connection, operation_id: int) -> None:
    """The same inside a transaction."""
    now = datetime.now(UTC)
    connection.execute(update(operation).where(operation.c.id == operation_id).values(undone_at=now))


def list_decided(engine: Engine, operation_id: int) -> dict[int, str]:
    """The flags that a step decided on and that are still in that state, each with the state."""
    same = and_(
        *(decision.c[name] == flag.c[name] for name in ("hypothesis_id", "version", "start", "end", "check"))
    )
    query = (
        select(flag.c.id, flag.c.state)
        .join(decision, same)
        .where(decision.c.operation_id == operation_id, flag.c.state == decision.c.kind)
    )
    with reading(engine) as connection:
        return {row.id: row.state for row in connection.execute(query)}
