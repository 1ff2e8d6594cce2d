"""Flags of a version: derived data, replaced when the checks run again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, and_, delete, insert, select, update

from review.model import Flag
from review.store.engine import writing
from review.store.schema import batch, flag, hypothesis
from review.store.sums import adjust_sums, count_open


def insert_flags(
    connection: Connection, hypothesis_id: int, version: int, flags: Sequence[tuple[Flag, str]]
) -> None:
    """The flags of a version, each with its state."""
    columns = ("start", "end", "text", "check", "category", "message", "confidence")
    rows = [
        {
            "hypothesis_id": hypothesis_id,
            "version": version,
            "severity": one.severity.value,
            "suggestions": list(one.suggestions),
            "state": state,
            **{name: getattr(one, name) for name in columns},
        }
        for one, state in flags
    ]
    if rows:
        connection.execute(insert(flag), rows)


@dataclass(frozen=True, slots=True)
class Checked:
    """The flags found on one version of a hypothesis."""

    hypothesis_id: int
    version: int
    flags: Sequence[Flag]


def replace_flags(engine: Engine, checked: Sequence[Checked], batch_id: int, flagged: int) -> None:
    """Store flags instead of those the same versions had, and how far the batch is.

    What is no longer the current version is passed over. A flag found again keeps its row and its state.
    """
    with writing(engine) as connection:
        ids = [one.hypothesis_id for one in checked]
        columns = ("id", "system_id", "version", "status", "minor", "major", "critical")
        query = select(*(hypothesis.c[name] for name in columns)).where(hypothesis.c.id.in_(ids))
        now = {row.id: row for row in connection.execute(query.with_for_update())}
        old = _flags_by_hypothesis(connection, ids)
        for one in checked:
            before = now.get(one.hypothesis_id)
            if before is not None and before.version == one.version:
                _replace(connection, one, before, old[one.hypothesis_id])
        connection.execute(
            update(batch).where(batch.c.id == batch_id).values(flagging="running", flagged=flagged)
        )


def _flags_by_hypothesis(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    """The rows of the flags on the current versions."""
    found: dict[int, list[Any]] = defaultdict(list)
    current = and_(flag.c.hypothesis_id == hypothesis.c.id, flag.c.version == hypothesis.c.version)
    for row in connection.execute(select(flag).join(hypothesis, current).where(hypothesis.c.id.in_(ids))):
        found[row.hypothesis_id].append(row)
    return found


def _replace(connection: Connection, one: Checked, before: Any, rows: list[Any]) -> None:
    known = {_content(row): row for row in rows}
    places = {(row.check, row.start, row.end): row.state for row in rows}
    kept = {known[_content(f)].id for f in one.flags if _content(f) in known}
    gone = [row.id for row in rows if row.id not in kept]
    states = [(f, places.get((f.check, f.start, f.end), "open")) for f in one.flags]
    new = [(f, state) for f, state in states if _content(f) not in known]
    if not gone and not new:
        return
    if gone:
        connection.execute(delete(flag).where(flag.c.id.in_(gone)))
    insert_flags(connection, one.hypothesis_id, one.version, new)
    counts = count_open(f for f, state in states if state == "open")
    connection.execute(update(hypothesis).where(hypothesis.c.id == one.hypothesis_id).values(**counts))
    adjust_sums(connection, before, before.status, counts)


def _content(about: Any) -> tuple[Any, ...]:
    """What makes a flag the same flag, of a row or of a Flag."""
    return (about.check, about.start, about.end, about.message, tuple(about.suggestions), about.confidence)
