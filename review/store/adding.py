"""New batches: stored whole or not at all, however large, in one pass over their segments."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, islice, repeat
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from review.errors import Busy
from review.model import InColumns, SegmentColumns, Segments
from review.store.engine import reading, writing
from review.store.loading import insert_columns, loading
from review.store.projects import default_project
from review.store.schema import batch, hypothesis, original, reference, segment, system
from review.text import fingerprints

_SEGMENTS_AT_ONCE = 5000


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
    project_id: int | None = None  # None: the default one
    original: Original | None = None


def add_batch(engine: Engine, new: NewBatch, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Store a batch in one transaction; its id. A token seen before gives the batch stored then.

    `progress` is told how many segments are stored so far; what it raises takes everything back.
    """
    try:
        return _add_batch(engine, new, progress)
    except Busy:  # perhaps for a second sending that was stored a moment before
        with reading(engine) as connection:
            there = _sent(connection, new.token)
        if there is None:
            raise
        return there


def _sent(connection: Connection, token: str | None) -> int | None:
    """The batch that was stored under a token, if one was."""
    return None if token is None else connection.scalar(select(batch.c.id).where(batch.c.token == token))


def _add_batch(engine: Engine, new: NewBatch, progress: Callable[[int], None]) -> int:
    with writing(engine) as connection:
        if (there := _sent(connection, new.token)) is not None:
            return there
        batch_id = _insert_batch(connection, new)
        if new.original is not None:
            kept = {"batch_id": batch_id, "name": new.original.name, "content": new.original.content}
            connection.execute(insert(original).values(**kept))
        _insert_segments(connection, batch_id, _insert_systems(connection, batch_id, new), new, progress)
        return batch_id


def _insert_batch(connection: Connection, new: NewBatch) -> int:
    project_id = new.project_id or default_project(connection)
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
    with loading(connection, hypothesis, len(new.segments) * len(system_ids)):
        for some in _columns(new.segments):
            _insert_beside(connection, batch_id, first, some)
            for system_id, texts in zip(system_ids, some.hypotheses, strict=True):
                _insert_hypotheses(connection, system_id, first, texts)
            here = len(some.source)
            has_source = has_source or some.source.count(None) < here
            references = max(references, *map(len, some.references))
            first += here
            progress(first - 1)
    known = {"has_source": has_source, "references": references}
    connection.execute(update(batch).where(batch.c.id == batch_id).values(**known))


def _columns(segments: Segments) -> Iterator[SegmentColumns]:
    """The segments part by part, some thousand at a time."""
    if isinstance(segments, InColumns):
        yield from segments.columns(_SEGMENTS_AT_ONCE)
        return
    every = iter(segments)
    while some := list(islice(every, _SEGMENTS_AT_ONCE)):
        hypotheses, *beside = zip(*some, strict=True)
        yield SegmentColumns(list(zip(*hypotheses, strict=True)), *beside)


def _insert_beside(connection: Connection, batch_id: int, first: int, texts: SegmentColumns) -> None:
    """What stands beside the hypotheses of some segments."""
    columns: dict[str, Any] = {"batch_id": repeat(batch_id), "number": count(first), "source": texts.source}
    if texts.document.count(None) < len(texts.document):
        columns["document"] = texts.document
    if any(texts.notes):
        columns["notes"] = [json.dumps(notes) if notes else None for notes in texts.notes]
    insert_columns(connection, segment, columns)
    if not any(texts.references):
        return
    placed = [
        (number, position, text)
        for number, several in enumerate(texts.references, start=first)
        for position, text in enumerate(several)
    ]
    numbers, positions, each = zip(*placed, strict=True)
    columns = {"batch_id": repeat(batch_id), "number": numbers, "position": positions, "text": each}
    insert_columns(connection, reference, columns)


def _insert_hypotheses(connection: Connection, system_id: int, first: int, texts: Sequence[str]) -> None:
    columns = {"system_id": repeat(system_id), "number": count(first), "text": texts}
    insert_columns(connection, hypothesis, columns | {"fingerprint": fingerprints(texts)})
