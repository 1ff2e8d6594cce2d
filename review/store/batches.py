"""Batches: stored whole or not at all, listed with their sums."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Select, bindparam, delete, insert, select, update

from review.model import SegmentTexts
from review.store.blindness import shown_to
from review.store.engine import reading, writing
from review.store.records import Batch, System
from review.store.reviewers import DEFAULT_PROJECT
from review.store.schema import batch, hypothesis, project, reference, reviewer, segment, system

_ROWS_AT_ONCE = 1000
_SYSTEM = tuple(field.name for field in fields(System))
_BATCHES = select(batch, reviewer.c.name.label("maker")).join(reviewer, batch.c.created_by == reviewer.c.id)
_BATCH = tuple(f.name for f in fields(Batch) if f.name not in ("created_by", "systems"))
_WHOLE = (
    select(
        *(batch.c[name] for name in _BATCH),
        reviewer.c.name,
        *(system.c[name].label(f"system_{name}") for name in _SYSTEM),
    )
    .join(reviewer, batch.c.created_by == reviewer.c.id)
    .join(system, system.c.batch_id == batch.c.id)
    .where(batch.c.id == bindparam("id"))
    .order_by(system.c.position)
)
_SYSTEMS_OF = (
    select(system.c.batch_id, *(system.c[name] for name in _SYSTEM))
    .where(system.c.batch_id.in_(bindparam("batches", expanding=True)))
    .order_by(system.c.batch_id, system.c.position)
)


@dataclass(frozen=True, slots=True)
class NewBatch:
    """A batch about to be stored. `token` makes a second send of the same form find the first."""

    name: str
    source_lang: str
    target_lang: str
    format: str
    bounded: bool
    systems: tuple[str, ...]
    skeletons: tuple[dict[str, Any], ...]
    segments: Sequence[SegmentTexts]
    created_by: int
    token: str | None = None


def add_batch(engine: Engine, new: NewBatch) -> int:
    """Store a batch in one transaction; its id. A token seen before gives the batch stored then."""
    with writing(engine) as connection:
        if new.token is not None:
            seen = connection.scalar(select(batch.c.id).where(batch.c.token == new.token))
            if seen is not None:
                return int(seen)
        batch_id = _insert_batch(connection, new)
        _insert_segments(connection, batch_id, new.segments)
        for position, (name, skeleton) in enumerate(zip(new.systems, new.skeletons, strict=True)):
            _insert_system(connection, batch_id, position, name, skeleton, new.segments)
        return batch_id


def _insert_batch(connection: Connection, new: NewBatch) -> int:
    project_id = connection.scalar(select(project.c.id).where(project.c.name == DEFAULT_PROJECT))
    values: dict[str, Any] = {
        "project_id": project_id,
        "created_by": new.created_by,
        "created_at": datetime.now(UTC),
        "name": new.name,
        "source_lang": new.source_lang,
        "target_lang": new.target_lang,
        "format": new.format,
        "bounded": new.bounded,
        "segments": len(new.segments),
        "has_source": any(texts.source is not None for texts in new.segments),
        "references": max((len(texts.references) for texts in new.segments), default=0),
        "token": new.token,
        "flagging": "waiting",
        "failures": [],
    }
    return int(connection.execute(insert(batch).values(**values).returning(batch.c.id)).scalar_one())


def _insert_segments(connection: Connection, batch_id: int, segments: Sequence[SegmentTexts]) -> None:
    rows = (
        {"batch_id": batch_id, "number": number, "document": texts.document, "source": texts.source}
        for number, texts in enumerate(segments, start=1)
    )
    _insert_many(connection, segment, rows)
    references = (
        {"batch_id": batch_id, "number": number, "position": position, "text": text}
        for number, texts in enumerate(segments, start=1)
        for position, text in enumerate(texts.references)
    )
    _insert_many(connection, reference, references)


def _insert_system(
    connection: Connection,
    batch_id: int,
    position: int,
    name: str,
    skeleton: dict[str, Any],
    segments: Sequence[SegmentTexts],
) -> None:
    values = {"batch_id": batch_id, "position": position, "name": name, "skeleton": skeleton}
    system_id = connection.execute(insert(system).values(**values).returning(system.c.id)).scalar_one()
    rows = (
        {"system_id": system_id, "number": number, "text": texts.hypotheses[position]}
        for number, texts in enumerate(segments, start=1)
    )
    _insert_many(connection, hypothesis, rows)


def _insert_many(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    rows = iter(rows)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        connection.execute(insert(table), some)


def list_batches(
    engine: Engine, limit: int, before: int | None = None, reader: str | None = None
) -> list[Batch]:
    """The newest batches first, older than the id `before`; those that a `reader` may see."""
    query = _BATCHES.order_by(batch.c.id.desc()).limit(limit)
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


def rename_batch(engine: Engine, batch_id: int, name: str, source_lang: str, target_lang: str) -> None:
    """Change what a person may change about a batch."""
    values = {"name": name, "source_lang": source_lang, "target_lang": target_lang}
    with writing(engine) as connection:
        connection.execute(update(batch).where(batch.c.id == batch_id).values(**values))


def delete_batch(engine: Engine, batch_id: int) -> None:
    """Remove a batch with all that belongs to it."""
    with writing(engine) as connection:
        connection.execute(delete(batch).where(batch.c.id == batch_id))


def set_flagging(
    engine: Engine, batch_id: int, state: str, flagged: int, failures: Sequence[str] = ()
) -> None:
    """How far the flagging of a batch is: waiting, running or done, and how many hypotheses it has seen."""
    values = {"flagging": state, "flagged": flagged, "failures": sorted(failures)}
    with writing(engine) as connection:
        connection.execute(update(batch).where(batch.c.id == batch_id).values(**values))


def unflagged_batches(engine: Engine) -> list[int]:
    """Batches whose flagging has not come to its end."""
    with reading(engine) as connection:
        return list(connection.scalars(select(batch.c.id).where(batch.c.flagging != "done")))
