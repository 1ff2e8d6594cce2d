"""Batches, listed with their sums."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Engine, Select, bindparam, delete, select, update

from review.store.arriving import WHOLE
from review.store.audits import insert_audit
from review.store.blindness import shown_to
from review.store.engine import reading, writing
from review.store.projects import seen_by
from review.store.records import Batch, System
from review.store.schema import batch, original, reviewer, system
from review.store.schema_work import job

_SYSTEM = tuple(field.name for field in fields(System))
_BATCHES = select(batch, reviewer.c.name.label("maker")).join(reviewer, batch.c.created_by == reviewer.c.id)
_BATCHES = _BATCHES.where(WHOLE)
_BATCH = tuple(f.name for f in fields(Batch) if f.name not in ("created_by", "systems"))
_WHOLE = (
    select(
        *(batch.c[name] for name in _BATCH),
        reviewer.c.name,
        *(system.c[name].label(f"system_{name}") for name in _SYSTEM),
    )
    .join(reviewer, batch.c.created_by == reviewer.c.id)
    .join(system, system.c.batch_id == batch.c.id)
    .where(batch.c.id == bindparam("id"), WHOLE)
    .order_by(system.c.position)
)
_SYSTEMS_OF = (
    select(system.c.batch_id, *(system.c[name] for name in _SYSTEM))
    .where(system.c.batch_id.in_(bindparam("batches", expanding=True)))
    .order_by(system.c.batch_id, system.c.position)
)


def list_batches(
    engine: Engine,
    limit: int,
    before: int | None = None,
    reader: str | None = None,
    member: int | None = None,
    project_id: int | None = None,
) -> list[Batch]:
    """The newest batches first, older than the id `before`; those that a `reader` may see.

    With a `member`'s id, only those of projects in which they have a role; or those of one project.
    """
    query = _BATCHES.where(seen_by(member)).order_by(batch.c.id.desc()).limit(limit)
    if project_id is not None:
        query = query.where(batch.c.project_id == project_id)
    if reader is not None:
        query = query.where(shown_to(reader))
    if before is not None:
        query = query.where(batch.c.id < before)
    with reading(engine) as connection:
        return list(_with_systems(connection, query))


def get_batch(engine: Engine, batch_id: int) -> Batch | None:
    """One batch with its systems."""
    with reading(engine) as connection:
        rows = connection.execute(_WHOLE, {"id": batch_id}).all()
    if not rows:
        return None
    at = len(_BATCH)
    about = dict(zip(_BATCH, rows[0], strict=False))
    for name in ("failures", "deep_troubles"):
        about[name] = tuple(about[name])
    return Batch(**about, created_by=rows[0][at], systems=tuple(System(*row[at + 1 :]) for row in rows))


def _with_systems(connection: Connection, query: Select[Any]) -> Iterator[Batch]:
    rows = connection.execute(query).all()
    found: dict[int, list[System]] = {row.id: [] for row in rows}
    for s in connection.execute(_SYSTEMS_OF, {"batches": list(found)}):
        found[s.batch_id].append(System(**{name: getattr(s, name) for name in _SYSTEM}))
    for row in rows:
        yield Batch(
            id=row.id,
            project_id=row.project_id,
            name=row.name,
            source_lang=row.source_lang,
            target_lang=row.target_lang,
            format=row.format,
            bounded=row.bounded,
            segments=row.segments,
            has_source=row.has_source,
            references=row.references,
            created_at=row.created_at,
            created_by=row.maker,
            flagging=row.flagging,
            flagged=row.flagged,
            failures=tuple(row.failures),
            deep_troubles=tuple(row.deep_troubles),
            systems=tuple(found[row.id]),
        )


def get_skeleton(engine: Engine, system_id: int) -> dict[str, Any]:
    """What a system's file held besides its segments' texts."""
    with reading(engine) as connection:
        return dict(
            connection.execute(select(system.c.skeleton).where(system.c.id == system_id)).scalar_one()
        )


def get_original(engine: Engine, batch_id: int) -> bytes | None:
    """The file that a batch came in, where it was kept."""
    with reading(engine) as connection:
        return connection.scalar(select(original.c.content).where(original.c.batch_id == batch_id))


def rename_batch(engine: Engine, batch_id: int, name: str, source_lang: str, target_lang: str) -> None:
    """Change what a person may change about a batch."""
    values = {"name": name, "source_lang": source_lang, "target_lang": target_lang}
    with writing(engine) as connection:
        connection.execute(update(batch).where(batch.c.id == batch_id).values(**values))


def withdraw_batch(engine: Engine, batch_id: int, who: str | None = None) -> str:
    """Have nobody see a batch any more, and end its jobs; the log tells `who` did.

    By what it gives, `discard_arriving` removes the batch.
    """
    leaving = token_hex()
    with writing(engine) as connection:
        if who is not None:
            project_id = connection.scalar(select(batch.c.project_id).where(batch.c.id == batch_id))
            insert_audit(connection, who, "delete", f"batch {batch_id}", project_id)
        connection.execute(delete(job).where(job.c.batch_id == batch_id))
        hidden = update(batch).where(batch.c.id == batch_id, WHOLE)
        connection.execute(hidden.values(arrival=leaving, token=None))
    return leaving


def add_failures(engine: Engine, batch_id: int, families: Sequence[str]) -> None:
    """Note families of checks that raised."""
    with writing(engine) as connection:
        query = select(batch.c.failures).where(batch.c.id == batch_id)
        known = connection.scalar(query.with_for_update()) or []
        every = sorted({*known, *families})
        connection.execute(update(batch).where(batch.c.id == batch_id).values(failures=every))


def unflagged_batches(engine: Engine) -> list[int]:
    """Batches whose flagging was not begun, or has not come to its end."""
    unended = batch.c.flagging.in_(("waiting", "running"))
    with reading(engine) as connection:
        return list(connection.scalars(select(batch.c.id).where(unended, WHOLE)))
