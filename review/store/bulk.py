"""Appends many corrections, and many decisions, in a few statements: what a step over a batch needs."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, insert, select, update

from review.store.corrections import NewCorrection, correction_values
from review.store.decisions import STATE_AFTER, NewDecision
from review.store.flags import flag_rows
from review.store.schema import correction, decision, flag, hypothesis
from review.store.sums import count_status, recount

T = TypeVar("T")
_ROWS_AT_ONCE = 500


def append_all(connection: Connection, new: Sequence[NewCorrection], operation_id: int) -> list[int]:
    """Append the versions whose hypothesis has not changed meanwhile; the ids of those hypotheses."""
    made: list[int] = []
    for some in _chunks(new):
        made.extend(_append_some(connection, some, operation_id))
    recount(connection, made)
    return made


def _append_some(connection: Connection, new: Sequence[NewCorrection], operation_id: int) -> list[int]:
    before = _states(connection, [one.hypothesis_id for one in new])
    standing = [one for one in new if before[one.hypothesis_id].version == one.based_on]
    if not standing:
        return []
    rows = [{**correction_values(one, one.based_on + 1), "operation_id": operation_id} for one in standing]
    connection.execute(insert(correction), rows)
    flags = chain.from_iterable(flag_rows(n.hypothesis_id, n.based_on + 1, n.flags) for n in standing)
    if flag_list := list(flags):
        connection.execute(insert(flag), flag_list)
    changed = (
        update(hypothesis)
        .where(hypothesis.c.id == bindparam("of"))
        .values(version=bindparam("to"), status=bindparam("now"))
    )
    states = [{"of": n.hypothesis_id, "to": n.based_on + 1, "now": n.status.value} for n in standing]
    connection.execute(changed, states)
    for one in standing:
        was = before[one.hypothesis_id]
        count_status(connection, was.system_id, was.status, one.status.value)
    return [one.hypothesis_id for one in standing]


def _states(connection: Connection, ids: Sequence[int]) -> dict[int, Any]:
    """The changing columns of hypotheses, locked until the transaction ends."""
    columns = (hypothesis.c.id, hypothesis.c.system_id, hypothesis.c.version, hypothesis.c.status)
    query = select(*columns).where(hypothesis.c.id.in_(ids))
    return {row.id: row for row in connection.execute(query.with_for_update())}


def insert_decisions(
    connection: Connection, new: Sequence[NewDecision], operation_id: int, reviewer_id: int
) -> None:
    """Append decisions and set their flags' states; what is in that state already is passed over.

    The sums are counted again by whoever changes what they count.
    """
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
        states = [{"of": row.id, "now": STATE_AFTER[asked[row.id].kind]} for row in about]
        changed = update(flag).where(flag.c.id == bindparam("of")).values(state=bindparam("now"))
        connection.execute(changed, states)


def _chunks(many: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(many), _ROWS_AT_ONCE):
        yield many[start : start + _ROWS_AT_ONCE]
