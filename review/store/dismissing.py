"""Dismisses flags as one step, and takes such a step back: decisions are appended both times."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, exists, or_, select

from review.store.decisions import NewDecision, insert_decision
from review.store.dismissals import insert_dismissal, withdraw_dismissals
from review.store.engine import writing
from review.store.operations import insert_operation, set_undone
from review.store.schema import batch, decision, flag, system
from review.store.schema_rules import dismissal
from review.store.sums import counting


@dataclass(frozen=True, slots=True)
class Standing:
    """What a step dismisses now and as often as it is found: a check's flags on a text."""

    check: str
    text: str
    everywhere: bool  # in all of the project, or else in the step's own


def dismiss_flags(
    engine: Engine, batch_id: int, title: str, reviewer_id: int, flag_ids: Collection[int]
) -> int | None:
    """Dismiss those of these flags that stand open in the batch; the step's id, or None where none does."""
    with writing(engine) as connection:
        query = _current().where(
            flag.c.id.in_(flag_ids), flag.c.state == "open", system.c.batch_id == batch_id
        )
        if connection.execute(query.limit(1)).first() is None:
            return None
        step = insert_operation(connection, batch_id, title, reviewer_id)
        return step if _decide(connection, query, "dismissed", step, reviewer_id) else None


def dismiss_standing(
    engine: Engine, batch_id: int, title: str, reviewer_id: int, standing: Standing
) -> tuple[int, int]:
    """Dismiss a check's flags on a text, those that will be found too; the step's id and how many stood."""
    own = select(batch.c.project_id).where(batch.c.id == batch_id).scalar_subquery()
    here = batch.c.project_id == own if standing.everywhere else batch.c.id == batch_id
    with writing(engine) as connection:
        query = _current().where(
            flag.c.check == standing.check, flag.c.text == standing.text, flag.c.state == "open", here
        )
        step = insert_operation(connection, batch_id, title, reviewer_id)
        insert_dismissal(
            connection, batch_id, standing.check, standing.text, step, reviewer_id, standing.everywhere
        )
        return step, _decide(connection, query, "dismissed", step, reviewer_id)


def undo_dismissing(engine: Engine, batch_id: int, step: int, title: str, reviewer_id: int) -> int:
    """Open again what a step dismissed and nobody else did, and withdraw what it said; how many flags."""
    with writing(engine) as connection:
        again = insert_operation(connection, batch_id, title, reviewer_id)
        opened = _decide(connection, _dismissed_by(step), "reopened", again, reviewer_id)
        withdraw_dismissals(connection, step)
        set_undone(connection, step)
        return opened


def _current() -> Select[Any]:
    """The flags on the current versions."""
    flags = select(flag.c.id, flag.c.hypothesis_id).join(system, flag.c.system_id == system.c.id)
    return flags.join(batch, system.c.batch_id == batch.c.id).where(flag.c.current)


def _dismissed_by(step: int) -> Select[Any]:
    """The dismissed flags that this step decided on, or that what it said reaches.

    A correction moves a flag to another version and place, where it is known by its check and its text.
    """
    about = and_(
        decision.c.hypothesis_id == flag.c.hypothesis_id,
        decision.c.check == flag.c.check,
        decision.c.text == flag.c.text,
        decision.c.kind == "dismissed",
    )
    place = and_(decision.c.version == flag.c.version, decision.c.start != flag.c.start)
    own = exists().where(about, ~place, decision.c.operation_id == step)
    others = exists().where(about, ~place, decision.c.operation_id.is_distinct_from(step))
    said = exists().where(
        dismissal.c.operation_id == step,
        dismissal.c.withdrawn_at.is_(None),
        dismissal.c.check == flag.c.check,
        dismissal.c.text == flag.c.text,
        dismissal.c.project_id == batch.c.project_id,
        or_(dismissal.c.batch_id.is_(None), dismissal.c.batch_id == system.c.batch_id),
    )
    return _current().where(flag.c.state == "dismissed", or_(own, and_(said, ~others)))


def _decide(
    connection: Connection, query: Select[Any], kind: str, operation_id: int, reviewer_id: int
) -> int:
    found: Sequence[Any] = connection.execute(query).all()
    with counting(connection, sorted({row.hypothesis_id for row in found})):
        new = (NewDecision(row.id, kind) for row in found)
        return sum(insert_decision(connection, one, reviewer_id, operation_id) for one in new)
