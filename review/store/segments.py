"""Segments of one system as they stand: one, a page of them, a document of them, all of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, bindparam, exists, func, select

from review.model import Flag, Severity, Status
from review.store.choosing import with_texts
from review.store.engine import reading
from review.store.records import Neighbour, ReviewedSegment, StoredFlag
from review.store.schema import correction, flag, hypothesis, reference, segment
from review.store.schema_teamwork import assessment
from review.store.unchecked import is_unchecked

_ROWS_AT_ONCE = 1000

# Statements that every page needs are put together once: that takes longer than answering them.
_COLUMNS = ("id", "number", "version", "status", "gain", "deep_version", "comments", "annotations")
_SEGMENTS = (
    select(
        *(hypothesis.c[name] for name in _COLUMNS),
        hypothesis.c.text.label("hypothesis"),
        segment.c.document,
        segment.c.source,
        segment.c.notes,
        correction.c.text.label("correction"),
    )
    .select_from(with_texts(hypothesis, bindparam("batch")))
    .where(hypothesis.c.system_id == bindparam("system"))
)
_ASSESSED = exists().where(assessment.c.hypothesis_id == hypothesis.c.id).label("assessed")
_UNCHECKED = is_unchecked.label("unchecked")
_ONE = (  # a row for each of its references
    _SEGMENTS.add_columns(_ASSESSED, _UNCHECKED, reference.c.text.label("reference"))
    .outerjoin(
        reference,
        and_(reference.c.batch_id == segment.c.batch_id, reference.c.number == segment.c.number),
    )
    .where(hypothesis.c.number == bindparam("number"))
    .order_by(reference.c.position)
)
_IN_ORDER = _SEGMENTS.order_by(hypothesis.c.number)
_RANGE = _IN_ORDER.where(hypothesis.c.number.between(bindparam("first"), bindparam("last")))
_AROUND = (
    select(
        hypothesis.c.number,
        hypothesis.c.status,
        segment.c.document,
        func.coalesce(correction.c.text, hypothesis.c.text),
    )
    .select_from(with_texts(hypothesis, bindparam("batch")))
    .where(
        hypothesis.c.system_id == bindparam("system"),
        hypothesis.c.number.between(bindparam("first"), bindparam("last")),
    )
    .order_by(hypothesis.c.number)
)
_PICKED = _IN_ORDER.where(hypothesis.c.number.in_(bindparam("numbers", expanding=True)))
_FROM = _IN_ORDER.where(hypothesis.c.number >= bindparam("first")).limit(_ROWS_AT_ONCE)
_FLAGS = select(flag).where(flag.c.hypothesis_id.in_(bindparam("ids", expanding=True)), flag.c.current)
_FLAGS_OF_ONE = select(flag).where(flag.c.hypothesis_id == bindparam("id"), flag.c.current)
_ALL_REFERENCES = (
    select(reference.c.number, reference.c.text)
    .where(reference.c.batch_id == bindparam("batch"))
    .order_by(reference.c.number, reference.c.position)
)
_REFERENCES = _ALL_REFERENCES.where(reference.c.number.between(bindparam("first"), bindparam("last")))
_PICKED_REFERENCES = _ALL_REFERENCES.where(reference.c.number.in_(bindparam("numbers", expanding=True)))


def get_segment(engine: Engine, batch_id: int, system_id: int, number: int) -> ReviewedSegment | None:
    """One segment with its flags, or None."""
    with reading(engine) as connection:
        wanted = {"batch": batch_id, "system": system_id, "number": number}
        rows = connection.execute(_ONE, wanted).all()
        if not rows:
            return None
        references = tuple(row.reference for row in rows if row.reference is not None)
        return _segment(rows[0], references, tuple(_flags_of(connection, [rows[0].id])[rows[0].id]))


def list_segments(
    engine: Engine, batch_id: int, system_id: int, *, first: int = 1, last: int
) -> list[ReviewedSegment]:
    """The segments from `first` to `last`, with all their flags."""
    wanted = {"batch": batch_id, "system": system_id, "first": first, "last": last}
    with reading(engine) as connection:
        return list(_loaded(connection, _RANGE, wanted))


def list_around(engine: Engine, batch_id: int, system_id: int, first: int, last: int) -> list[Neighbour]:
    """The same with no more than is read beside a segment."""
    wanted = {"batch": batch_id, "system": system_id, "first": first, "last": last}
    with reading(engine) as connection:
        rows = connection.execute(_AROUND, wanted)
        return [Neighbour(number, Status(status), document, text) for number, status, document, text in rows]


def list_texts(engine: Engine, batch_id: int, system_id: int, first: int, last: int) -> list[ReviewedSegment]:
    """The same for reading alone: without flags and references."""
    wanted = {"batch": batch_id, "system": system_id, "first": first, "last": last}
    with reading(engine) as connection:
        return [_segment(row) for row in connection.execute(_RANGE, wanted)]


def pick_texts(
    engine: Engine, batch_id: int, system_id: int, numbers: Sequence[int]
) -> list[ReviewedSegment]:
    """The segments of these numbers for reading alone."""
    wanted = {"batch": batch_id, "system": system_id, "numbers": numbers}
    with reading(engine) as connection:
        return [_segment(row) for row in connection.execute(_PICKED, wanted)]


def pick_segments(
    engine: Engine, batch_id: int, system_id: int, numbers: Sequence[int]
) -> list[ReviewedSegment]:
    """The segments of these numbers, in their order."""
    wanted = {"batch": batch_id, "system": system_id, "numbers": numbers}
    with reading(engine) as connection:
        found = {s.number: s for s in _loaded(connection, _PICKED, wanted)}
    return [found[number] for number in numbers if number in found]


def iterate_segments(engine: Engine, batch_id: int, system_id: int) -> Iterator[ReviewedSegment]:
    """All segments in order, of one snapshot, a thousand at a time."""
    with reading(engine) as connection:
        first = 1
        while True:
            wanted = {"batch": batch_id, "system": system_id, "first": first}
            some = list(_loaded(connection, _FROM, wanted))
            if not some:
                return
            yield from some
            first = some[-1].number + 1


def document_ends(engine: Engine, batch_id: int) -> list[int]:
    """The last segment of each document, in order."""
    query = select(segment.c.number, segment.c.document).where(segment.c.batch_id == batch_id)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(segment.c.number)).all()
    return [
        row.number
        for row, following in zip(rows, [*rows[1:], None], strict=True)
        if following is None or following.document != row.document
    ]


def has_notes(engine: Engine, batch_id: int) -> bool:
    """Whether any segment came with notes."""
    noted = exists().where(segment.c.batch_id == batch_id, segment.c.notes.is_not(None))
    with reading(engine) as connection:
        return bool(connection.scalar(select(noted)))


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


def _loaded(connection: Connection, query: Select[Any], wanted: dict[str, Any]) -> Iterator[ReviewedSegment]:
    rows = connection.execute(query, wanted).all()
    flags = _flags_of(connection, [row.id for row in rows])
    references = _references_of(connection, wanted["batch"], [row.number for row in rows])
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
        comments=row.comments,
        annotations=row.annotations,
        assessed=getattr(row, "assessed", True),
        notes=tuple(row.notes or ()),
        unchecked=getattr(row, "unchecked", False),
    )


def _flags_of(connection: Connection, ids: list[int]) -> dict[int, list[StoredFlag]]:
    found: dict[int, list[StoredFlag]] = defaultdict(list)
    # A list of ids makes SQLAlchemy write the statement anew each time.
    one = len(ids) == 1
    rows = (
        connection.execute(_FLAGS_OF_ONE, {"id": ids[0]}) if one else connection.execute(_FLAGS, {"ids": ids})
    )
    for row in sorted(rows, key=lambda row: (row.start, row.end, row.id)):
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
    if not numbers:
        return found
    first, last = numbers[0], numbers[-1]
    if last - first < len(numbers):
        rows = connection.execute(_REFERENCES, {"batch": batch_id, "first": first, "last": last})
    else:  # what lies between the picked ones may be the whole batch
        rows = connection.execute(_PICKED_REFERENCES, {"batch": batch_id, "numbers": numbers})
    for number, text in rows:
        found[number].append(text)
    return found
