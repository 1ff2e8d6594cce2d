"""Appends many corrections, and many decisions, in a few statements: what a step over a batch needs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, insert, select, update

from review.model import Status
from review.store.corrections import NewCorrection, correction_values, select_efforts, sums_changed
from review.store.decisions import STATE_AFTER, NewDecision
from review.store.flags import flag_rows
from review.store.schema import correction, decision, flag, hypothesis
from review.store.sums import add_to_system, count_decision, counting

T = TypeVar("T")
_ROWS_AT_ONCE = 500


def append_all(connection: Connection, new: Sequence[NewCorrection], operation_id: int) -> list[int]:
    """Append the versions whose hypothesis has not changed meanwhile; the ids of those hypotheses."""
    made: list[int] = []
    for some in _chunks(new):
        with counting(connection, [one.hypothesis_id for one in some]):
            made.extend(_append_some(connection, some, operation_id))
    return made


def _append_some(connection: Connection, new: Sequence[NewCorrection], operation_id: int) -> list[int]:
    before = _states(connection, [one.hypothesis_id for one in new])
    standing = [one for one in new if before[one.hypothesis_id].version == one.based_on]
    if not standing:
        return []
    ids = [one.hypothesis_id for one in standing]
    _count(connection, standing, before, ids)
    rows = [{**correction_values(one, one.based_on + 1), "operation_id": operation_id} for one in standing]
    connection.execute(insert(correction), rows)
    older = update(flag).where(flag.c.hypothesis_id.in_(ids), flag.c.current)
    connection.execute(older.values(current=False))
    flags = [row for n in standing for row in flag_rows(before[n.hypothesis_id], n.based_on + 1, n.flags)]
    if flags:
        connection.execute(insert(flag), flags)
    changed = (
        update(hypothesis)
        .where(hypothesis.c.id == bindparam("of"))
        .values(version=bindparam("to"), status=bindparam("now"), reviewer_id=bindparam("by"))
    )
    states = [
        {"of": n.hypothesis_id, "to": n.based_on + 1, "now": n.status.value, "by": n.reviewer_id}
        for n in standing
    ]
    connection.execute(changed, states)
    return ids


def _count(
    connection: Connection, standing: Sequence[NewCorrection], before: dict[int, Any], ids: Sequence[int]
) -> None:
    """Put what the versions change into the sums of their systems."""
    efforts = {row.hypothesis_id: row for row in connection.execute(select_efforts(ids))}
    changes: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in standing:
        was = before[one.hypothesis_id]
        counted = was.status != Status.UNREVIEWED.value
        change = sums_changed(one, was, efforts.get(was.id) if counted else None)
        for name, by in change.items():
            changes[was.system_id][name] += by
    for system_id in sorted(changes):
        add_to_system(connection, system_id, **changes[system_id])


def _states(connection: Connection, ids: Sequence[int]) -> dict[int, Any]:
    """The changing columns of hypotheses, locked until the transaction ends."""
    columns = ("id", "system_id", "number", "version", "status", "deep_version")
    query = select(*(hypothesis.c[name] for name in columns)).where(hypothesis.c.id.in_(ids))
    return {row.id: row for row in connection.execute(query.with_for_update())}


def insert_decisions(
    connection: Connection, new: Sequence[NewDecision], operation_id: int, reviewer_id: int
) -> None:
    """Append decisions on flags of older versions and set their states; what is so already is passed over."""
    for some in _chunks(new):
        asked = {one.flag_id: one for one in some}
        rows = connection.execute(select(flag).where(flag.c.id.in_(asked)))
        about = [row for row in rows if row.state != STATE_AFTER[asked[row.id].kind]]
        if not about:
            continue
        made_at = datetime.now(UTC)
        columns = ("hypothesis_id", "version", "start", "end", "text", "check")
        values = [
            {
                **{name: getattr(row, name) for name in columns},
                "kind": asked[row.id].kind,
                "suggestion": asked[row.id].suggestion,
                "reviewer_id": reviewer_id,
                "made_at": made_at,
                "operation_id": operation_id,
            }
            for row in about
        ]
        connection.execute(insert(decision), values)
        kinds = Counter((row.system_id, row.check, asked[row.id].kind) for row in about)
        for (system_id, check, kind), count in sorted(kinds.items()):
            count_decision(connection, system_id, check, kind, count)
        states = [{"of": row.id, "now": STATE_AFTER[asked[row.id].kind]} for row in about]
        changed = update(flag).where(flag.c.id == bindparam("of")).values(state=bindparam("now"))
        connection.execute(changed, states)


def _chunks(many: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(many), _ROWS_AT_ONCE):
        yield many[start : start + _ROWS_AT_ONCE]
