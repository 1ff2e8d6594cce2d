"""New batches: stored piece by piece, in one pass over their segments, and seen by nobody before they are whole."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count, islice, repeat
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Engine, case, insert, select, update

from review.errors import Busy
from review.model import InColumns, SegmentColumns, Segments
from review.store.arriving import Arriving, discard_arriving, find_arriving
from review.store.engine import reading, writing
from review.store.loading import insert_columns, loading
from review.store.projects import default_project
from review.store.schema import batch, fingerprint, hypothesis, original, reference, segment, system
from review.text import fingerprints

_ROWS_AT_ONCE = 50_000  # of all systems: under a second in which nobody else writes to SQLite


@dataclass(frozen=True, slots=True)
class Original:
    """A file that is kept whole."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewBatch:
    """A batch about to be stored. `token` makes a second send of the same form find the first.

    `arrival` names the import: the same one goes on where it broke off.
    """

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
    arrival: str = field(default_factory=token_hex)


def add_batch(engine: Engine, new: NewBatch, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Store a batch; its id. A token seen before gives the batch stored then.

    It is stored piece by piece, each in a transaction of its own, so that others write in between; nobody sees it
    before it is whole. What breaks off, killed or by an exception of `progress` or of the segments, leaves the
    pieces that are stored: the same arrival goes on behind them, `discard_arriving` removes them.
    `progress` is told how many segments are stored with each piece; what it raises takes that piece back.
    """
    try:
        batch_id = _add_batch(engine, new, progress)
    except Busy:  # perhaps for a second sending that was whole a moment before
        with reading(engine) as connection:
            there = _sent(connection, new.token)
        if there is None:
            raise
        batch_id = there
    discard_arriving(engine, new.arrival)  # where another sending was whole before this one
    return batch_id


def _add_batch(engine: Engine, new: NewBatch, progress: Callable[[int], None]) -> int:
    begun, last = False, 0
    for some in _pieces(new.segments, _ROWS_AT_ONCE // len(new.systems) or 1):
        first, last = last + 1, last + len(some.source)
        with writing(engine) as connection:
            if (there := _sent(connection, new.token)) is not None:
                return there
            arriving = find_arriving(connection, new.arrival) or _begin(connection, new, begun)
            if arriving.stored < last:
                _store(connection, arriving, some, arriving.stored + 1 - first)
            if last == len(new.segments):
                arrived = update(batch).where(batch.c.id == arriving.id)
                connection.execute(arrived.values(arrival=None, token=new.token))
            progress(max(last, arriving.stored))
        begun = True
    return arriving.id


def _sent(connection: Connection, token: str | None) -> int | None:
    """The batch that was stored under a token, if one was."""
    return None if token is None else connection.scalar(select(batch.c.id).where(batch.c.token == token))


def _pieces(segments: Segments, size: int) -> Iterator[SegmentColumns]:
    """The segments part by part, so many at a time."""
    if isinstance(segments, InColumns):
        yield from segments.columns(size)
        return
    every = iter(segments)
    while some := list(islice(every, size)):
        hypotheses, *beside = zip(*some, strict=True)
        yield SegmentColumns(list(zip(*hypotheses, strict=True)), *beside)


def _begin(connection: Connection, new: NewBatch, begun: bool) -> Arriving:
    """A new batch of which nothing is stored."""
    if begun:  # it was there for the piece before
        raise Busy("Somebody took this import back; nothing of it is stored: send it again.")
    batch_id = _insert_batch(connection, new)
    if new.original is not None:
        kept = {"batch_id": batch_id, "name": new.original.name, "content": new.original.content}
        connection.execute(insert(original).values(**kept))
    systems = _insert_systems(connection, batch_id, new)
    return Arriving(batch_id, 0, systems)


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
        "arrival": new.arrival,
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


def _store(connection: Connection, arriving: Arriving, some: SegmentColumns, begun: int) -> None:
    """Store the next segments of a batch: of some, those behind the ones that are stored already."""
    rest = SegmentColumns(
        [texts[begun:] for texts in some.hypotheses],
        some.source[begun:],
        some.references[begun:],
        some.document[begun:],
        some.notes[begun:],
    )
    first, count_here = arriving.stored + 1, len(rest.source)
    with loading(connection):
        _insert_beside(connection, arriving.id, first, rest)
        for system_id, texts in zip(arriving.systems, rest.hypotheses, strict=True):
            _insert_hypotheses(connection, system_id, first, texts)
    known: dict[str, Any] = {}
    if rest.source.count(None) < count_here:
        known["has_source"] = True
    most = max(map(len, rest.references))
    known["references"] = case((batch.c.references < most, most), else_=batch.c.references)
    connection.execute(update(batch).where(batch.c.id == arriving.id).values(**known))


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
    columns: dict[str, Any] = {"system_id": repeat(system_id), "number": count(first), "text": texts}
    insert_columns(connection, hypothesis, columns)
    values, numbers = zip(*sorted(zip(fingerprints(texts), count(first), strict=False)), strict=True)
    insert_columns(
        connection, fingerprint, {"system_id": repeat(system_id), "value": values, "number": numbers}
    )
