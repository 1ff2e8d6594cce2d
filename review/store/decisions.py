"""Decisions on flags: appended with who, when and on which version."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, insert, select, update

from review.store.engine import reading, writing
from review.store.records import Decision
from review.store.schema import batch, decision, flag, reviewer, system
from review.store.schema_sums import decided
from review.store.sums import count_decision, counting

STATE_AFTER = {"accepted": "accepted", "dismissed": "dismissed", "reopened": "open"}


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a reviewer made of a stored flag."""

    flag_id: int
    kind: str  # accepted, dismissed, reopened
    suggestion: str | None = None


def append_decision(engine: Engine, hypothesis_id: int, new: NewDecision, reviewer_id: int) -> bool:
    """Record a decision on a flag; False, and nothing recorded, where it changes nothing or the flag has gone."""
    with writing(engine) as connection, counting(connection, [hypothesis_id]):
        return insert_decision(connection, new, reviewer_id)


def insert_decision(
    connection: Connection, new: NewDecision, reviewer_id: int, operation_id: int | None = None
) -> bool:
    """Append a decision and set the flag's state; False where it is in that state already, or has just gone."""
    about = connection.execute(select(flag).where(flag.c.id == new.flag_id)).one_or_none()
    if about is None or about.state == STATE_AFTER[new.kind]:
        return False
    columns = ("hypothesis_id", "version", "start", "end", "text", "check")
    values = {name: getattr(about, name) for name in columns}
    values |= {"kind": new.kind, "suggestion": new.suggestion, "reviewer_id": reviewer_id}
    values |= {"operation_id": operation_id, "made_at": datetime.now(UTC)}
    connection.execute(insert(decision).values(**values))
    count_decision(connection, about.system_id, about.check, new.kind)
    connection.execute(update(flag).where(flag.c.id == new.flag_id).values(state=STATE_AFTER[new.kind]))
    return True


def count_decisions(engine: Engine, project_id: int) -> dict[tuple[str, str], int]:
    """How many decisions of each kind there are in a project on the flags of each check."""
    query = select(decided.c.check, decided.c.kind, func.sum(decided.c.made).label("made"))
    own = query.join(system, decided.c.system_id == system.c.id).join(batch, system.c.batch_id == batch.c.id)
    query = own.where(batch.c.project_id == project_id)
    with reading(engine) as connection:
        rows = connection.execute(query.group_by(decided.c.check, decided.c.kind))
        return {(row.check, row.kind): int(row.made) for row in rows}


def list_decisions(engine: Engine, hypothesis_id: int) -> list[Decision]:
    """What reviewers decided about a segment's flags, in order."""
    query = (
        select(decision, reviewer.c.name.label("maker"))
        .join(reviewer, decision.c.reviewer_id == reviewer.c.id)
        .where(decision.c.hypothesis_id == hypothesis_id)
        .order_by(decision.c.id)
    )
    with reading(engine) as connection:
        return [
            Decision(
                version=row.version,
                start=row.start,
                end=row.end,
                text=row.text,
                check=row.check,
                kind=row.kind,
                suggestion=row.suggestion,
                reviewer=row.maker,
                made_at=row.made_at,
            )
            for row in connection.execute(query)
        ]
