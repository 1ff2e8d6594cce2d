"""New batches: stored whole or not at all, however large, in one pass over their segments."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select, update

from review.model import Segments, SegmentTexts
from review.store.engine import writing
from review.store.reviewers import DEFAULT_PROJECT
from review.store.schema import batch, hypothesis, original, project, reference, segment, system
from review.text import fingerprint

_ROWS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Original:
    """A file that is kept whole."""

    name: str
    content: bytes


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
    segments: Segments
    created_by: int
    token: str | None = None
    original: Original | None = None


def add_batch(engine: Engine, new: NewBatch, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Store a batch in one transaction; its id. A token seen before gives the batch stored then.

    `progress` is told how many segments are stored so far; what it raises takes everything back.
    """
    with writing(engine) as connection:
        if new.token is not None:
            seen = connection.scalar(select(batch.c.id).where(batch.c.token == new.token))
            if seen is not None:
                return int(seen)
        batch_id = _insert_batch(connection, new)
        if new.original is not None:
            kept = {"batch_id": batch_id, "name": new.original.name, "content": new.original.content}
            connection.execute(insert(original).values(**kept))
        _insert_segments(connection, batch_id, _insert_systems(connection, batch_id, new), new, progress)
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
        "has_source": False,  # these two are known once the segments are stored
        "references": 0,
        "token": new.token,
        "flagging": "waiting",
        "failures": [],
    }
    return int(connection.execute(insert(batch).values(**values).returning(batch.c.id)).scalar_one())


def _insert_systems(connection: Connection, batch_id: int, new: NewBatch) -> list[int]:
    ids = []
    for position, (name, skeleton) in enumerate(zip(new.systems, new.skeletons, strict=True)):
        values = {"batch_id": batch_id, "position": position, "name": name, "skeleton": skeleton}
        ids.append(connection.execute(insert(system).values(**values).returning(system.c.id)).scalar_one())
    return ids


def _insert_segments(
    connection: Connection,
    batch_id: int,
    system_ids: Sequence[int],
    new: NewBatch,
    progress: Callable[[int], None],
) -> None:
    has_source, references, first = False, 0, 1
    every = iter(new.segments)
    while some := list(islice(every, _ROWS_AT_ONCE)):
        _insert_rows(connection, segment, _SEGMENT, _segment_rows(batch_id, first, some))
        _insert_rows(connection, reference, _REFERENCE, _reference_rows(batch_id, first, some))
        for position, system_id in enumerate(system_ids):
            rows = _hypothesis_rows(system_id, position, first, some)
            _insert_rows(connection, hypothesis, _HYPOTHESIS, rows)
        has_source = has_source or any(texts.source is not None for texts in some)
        references = max(references, *(len(texts.references) for texts in some))
        first += len(some)
        progress(first - 1)
    known = {"has_source": has_source, "references": references}
    connection.execute(update(batch).where(batch.c.id == batch_id).values(**known))


_SEGMENT = ("batch_id", "number", "document", "source", "notes")
_REFERENCE = ("batch_id", "number", "position", "text")
_HYPOTHESIS = ("system_id", "number", "text", "fingerprint")


def _segment_rows(batch_id: int, first: int, some: Sequence[SegmentTexts]) -> list[tuple[Any, ...]]:
    return [
        (batch_id, number, t.document, t.source, json.dumps(t.notes) if t.notes else None)
        for number, t in enumerate(some, start=first)
    ]


def _reference_rows(batch_id: int, first: int, some: Sequence[SegmentTexts]) -> list[tuple[Any, ...]]:
    return [
        (batch_id, number, position, text)
        for number, t in enumerate(some, start=first)
        for position, text in enumerate(t.references)
    ]


def _hypothesis_rows(
    system_id: int, position: int, first: int, some: Sequence[SegmentTexts]
) -> list[tuple[Any, ...]]:
    return [
        (system_id, number, text, fingerprint(text))
        for number, text in enumerate((t.hypotheses[position] for t in some), start=first)
    ]


def _insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Rows by the driver's own cursor: SQLAlchemy's would take longer for each than the database does."""
    if not rows:
        return
    quoted = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names, marks = ", ".join(quoted(name) for name in columns), ", ".join([mark] * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})", rows)
