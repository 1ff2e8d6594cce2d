"""Flags of a version: derived data, replaced when the checks run again."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from review.model import Flag
from review.store.chunks import Held, note_reached
from review.store.dismissals import standing_in
from review.store.engine import writing
from review.store.schema import batch, flag, hypothesis, system
from review.store.sums import add_to_system, counting
from review.store.unchecked import forget_unchecked

_INSERT = insert(flag)


def insert_flags(connection: Connection, owner: Any, version: int, flags: Sequence[tuple[Flag, str]]) -> None:
    """The flags of a hypothesis's newest version, each with its state; `owner` is the hypothesis's row."""
    if rows := flag_rows(owner, version, flags):
        connection.execute(_INSERT, rows)


def flag_rows(owner: Any, version: int, flags: Sequence[tuple[Flag, str]]) -> list[dict[str, Any]]:
    """The rows of a version's flags."""
    columns = ("start", "end", "text", "check", "category", "message", "confidence")
    return [
        {
            "hypothesis_id": owner.id,
            "system_id": owner.system_id,
            "number": owner.number,
            "version": version,
            "severity": one.severity.value,
            "suggestions": list(one.suggestions),
            "state": state,
            **{name: getattr(one, name) for name in columns},
        }
        for one, state in flags
    ]


@dataclass(frozen=True, slots=True)
class Checked:
    """The flags found on one version of a hypothesis."""

    hypothesis_id: int
    version: int
    flags: Sequence[Flag]


def replace_instant_flags(
    engine: Engine, checked: Sequence[Checked], deep: Collection[str], held: Held, reached: int
) -> None:
    """Store flags instead of those the same versions had, and what their chunk has reached.

    Flags of the `deep` checks stay. What is no longer the current version is passed over. A flag found
    again keeps its row and its state.
    """
    with writing(engine) as connection:
        _replace_all(connection, checked, lambda row: row.check not in deep)
        note_reached(connection, held, reached)
        more = {"flagged": batch.c.flagged + len(checked)}
        connection.execute(update(batch).where(batch.c.id == held.batch_id).values(**more))


def replace_carried_flags(engine: Engine, checked: Sequence[Checked], deep: Collection[str]) -> None:
    """Store the flags of texts that were saved before the instant checks had looked at them."""
    with writing(engine) as connection:
        now = _replace_all(connection, checked, lambda row: row.check not in deep)
        done = [c.hypothesis_id for c in checked if now[c.hypothesis_id].version == c.version]
        forget_unchecked(connection, done)


def replace_deep_flags(
    engine: Engine,
    checked: Sequence[Checked],
    deep: Collection[str],
    held: Held | None = None,
    reached: int = 0,
) -> None:
    """Store flags of the `deep` checks instead of those the same versions had, and that these are seen.

    With the chunk that they are of, if any, and what it has reached.
    """
    with writing(engine) as connection:
        now = _replace_all(connection, checked, lambda row: row.check in deep)
        for one in checked:
            row = now.get(one.hypothesis_id)
            if row is not None and row.version == one.version != row.deep_version:
                same = hypothesis.c.id == one.hypothesis_id
                connection.execute(update(hypothesis).where(same).values(deep_version=one.version))
                add_to_system(connection, row.system_id, seen=1)
        if held is not None:
            note_reached(connection, held, reached)


def _replace_all(
    connection: Connection, checked: Sequence[Checked], replaced: Callable[[Any], bool]
) -> dict[int, Any]:
    """Replace the flags of those that are current still; all hypotheses as they stand."""
    ids = [one.hypothesis_id for one in checked]
    columns = ("id", "system_id", "number", "version", "deep_version")
    query = select(*(hypothesis.c[name] for name in columns), system.c.batch_id).join(system)
    query = query.where(hypothesis.c.id.in_(ids)).order_by(hypothesis.c.id).with_for_update(of=hypothesis)
    now = {row.id: row for row in connection.execute(query)}
    old = _flags_by_hypothesis(connection, ids)
    ruled = {one: standing_in(connection, one) for one in {row.batch_id for row in now.values()}}
    with counting(connection, ids):
        for one in checked:
            current = now.get(one.hypothesis_id)
            if current is not None and current.version == one.version:
                rows = [row for row in old[one.hypothesis_id] if replaced(row)]
                _replace(connection, current, one, rows, ruled[current.batch_id])
    return now


def _flags_by_hypothesis(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    """The rows of the flags on the current versions."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(select(flag).where(flag.c.hypothesis_id.in_(ids), flag.c.current)):
        found[row.hypothesis_id].append(row)
    return found


def _replace(
    connection: Connection, owner: Any, one: Checked, rows: list[Any], ruled: frozenset[tuple[str, str]]
) -> None:
    """Put a version's flags in the place of `rows`."""
    known = {_content(row): row for row in rows}
    places = {(row.check, row.start, row.end): row.state for row in rows}
    kept = {known[_content(f)].id for f in one.flags if _content(f) in known}
    gone = [row.id for row in rows if row.id not in kept]
    new = [
        (f, places.get((f.check, f.start, f.end), "dismissed" if (f.check, f.text) in ruled else "open"))
        for f in one.flags
        if _content(f) not in known
    ]
    if gone:
        connection.execute(delete(flag).where(flag.c.id.in_(gone)))
    insert_flags(connection, owner, one.version, new)


def _content(about: Any) -> tuple[Any, ...]:
    """What makes a flag the same flag, of a row or of a Flag."""
    return (about.check, about.start, about.end, about.message, tuple(about.suggestions), about.confidence)
