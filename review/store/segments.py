"""Segments of one system as they stand: one, a page of them, a document of them, all of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select

from review.model import Flag, Severity, Status
from review.store.choosing import with_texts
from review.store.engine import reading
from review.store.records import ReviewedSegment, StoredFlag
from review.store.schema import correction, flag, hypothesis, reference, segment

_ROWS_AT_ONCE = 1000


def get_segment(engine: Engine, batch_id: int, system_id: int, number: int) -> ReviewedSegment | None:
    """One segment with its flags, or None."""
    with reading(engine) as connection:
        query = _segments(batch_id, system_id).where(hypothesis.c.number == number)
        return next(_loaded(connection, batch_id, query), None)


def list_segments(
    engine: Engine, batch_id: int, system_id: int, *, first: int = 1, last: int
) -> list[ReviewedSegment]:
    """The segments from `first` to `last`, with all their flags."""
    query = _segments(batch_id, system_id).where(hypothesis.c.number.between(first, last))
    with reading(engine) as connection:
        return list(_loaded(connection, batch_id, query.order_by(hypothesis.c.number)))


def list_texts(engine: Engine, batch_id: int, system_id: int, first: int, last: int) -> list[ReviewedSegment]:
    """The same for reading alone: without flags and references."""
    query = _segments(batch_id, system_id).where(hypothesis.c.number.between(first, last))
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(hypothesis.c.number))
        return [_segment(row) for row in rows]


def pick_segments(
    engine: Engine, batch_id: int, system_id: int, numbers: Sequence[int]
) -> list[ReviewedSegment]:
    """The segments of these numbers, in their order."""
    query = _segments(batch_id, system_id).where(hypothesis.c.number.in_(numbers))
    with reading(engine) as connection:
        found = {s.number: s for s in _loaded(connection, batch_id, query.order_by(hypothesis.c.number))}
    return [found[number] for number in numbers if number in found]


def iterate_segments(engine: Engine, batch_id: int, system_id: int) -> Iterator[ReviewedSegment]:
    """All segments in order, of one snapshot, a thousand at a time."""
    with reading(engine) as connection:
        first = 1
        while True:
            query = _segments(batch_id, system_id).where(hypothesis.c.number >= first)
            some = list(
                _loaded(connection, batch_id, query.order_by(hypothesis.c.number).limit(_ROWS_AT_ONCE))
            )
            if not some:
                return
            yield from some
            first = some[-1].number + 1


def document_range(engine: Engine, batch_id: int, number: int) -> tuple[int, int]:
    """The first and last segment of the run that has the same document as segment `number`."""
    with reading(engine) as connection:
        named = select(segment.c.document).where(segment.c.batch_id == batch_id, segment.c.number == number)
        document = connection.scalar(named)
        at = segment.c.number
        other = select(at).where(
            segment.c.batch_id == batch_id, segment.c.document.is_distinct_from(document)
        )
        low = connection.scalar(other.where(at < number).order_by(at.desc()).limit(1))
        high = connection.scalar(other.where(at > number).order_by(at).limit(1))
        last = select(func.max(at)).where(segment.c.batch_id == batch_id)
        return (low or 0) + 1, high - 1 if high is not None else int(connection.scalar(last) or 0)


def _segments(batch_id: int, system_id: int) -> Select[Any]:
    columns = select(
        hypothesis.c.id,
        hypothesis.c.number,
        hypothesis.c.text.label("hypothesis"),
        hypothesis.c.version,
        hypothesis.c.status,
        hypothesis.c.gain,
        hypothesis.c.deep_version,
        segment.c.document,
        segment.c.source,
        correction.c.text.label("correction"),
    )
    return columns.select_from(with_texts(hypothesis, batch_id)).where(hypothesis.c.system_id == system_id)


def _loaded(connection: Connection, batch_id: int, query: Select[Any]) -> Iterator[ReviewedSegment]:
    rows = connection.execute(query).all()
    flags = _flags_of(connection, [row.id for row in rows])
    references = _references_of(connection, batch_id, [row.number for row in rows])
    for row in rows:
        yield _segment(row, tuple(references[row.number]), tuple(flags[row.id]))


def _segment(
    row: Any, references: tuple[str, ...] = (), flags: tuple[StoredFlag, ...] = ()
) -> ReviewedSegment:
    return ReviewedSegment(
        hypothesis_id=row.id,
        number=row.number,
        document=row.document,
        source=row.source,
        references=references,
        hypothesis=row.hypothesis,
        text=row.hypothesis if row.correction is None else row.correction,
        version=row.version,
        status=Status(row.status),
        gain=row.gain,
        deep_seen=row.deep_version == row.version,
        flags=flags,
    )


def _flags_of(connection: Connection, ids: list[int]) -> dict[int, list[StoredFlag]]:
    found: dict[int, list[StoredFlag]] = defaultdict(list)
    query = select(flag).where(flag.c.hypothesis_id.in_(ids), flag.c.current)
    for row in sorted(connection.execute(query), key=lambda row: (row.start, row.end, row.id)):
        found[row.hypothesis_id].append(stored_flag(row, row.number))
    return found


def stored_flag(row: Any, number: int) -> StoredFlag:
    """A row of the flag table as data."""
    return StoredFlag(
        row.id,
        Flag(
            segment=number,
            start=row.start,
            end=row.end,
            text=row.text,
            check=row.check,
            category=row.category,
            severity=Severity(row.severity),
            message=row.message,
            suggestions=tuple(row.suggestions),
            confidence=row.confidence,
        ),
        row.state,
    )


def _references_of(connection: Connection, batch_id: int, numbers: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    if numbers:
        query = (
            select(reference.c.number, reference.c.text)
            .where(reference.c.batch_id == batch_id, reference.c.number.between(numbers[0], numbers[-1]))
            .order_by(reference.c.number, reference.c.position)
        )
        for number, text in connection.execute(query):
            found[number].append(text)
    return found
