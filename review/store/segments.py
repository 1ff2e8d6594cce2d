"""Segments of one system as they stand: one, a page of them, a document of them, all of them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Join, Select, and_, exists, func, or_, select

from review.model import EVERYTHING, Filter, Flag, Severity, Status, View
from review.store.engine import reading
from review.store.records import ReviewedSegment, StoredFlag
from review.store.schema import correction, flag, hypothesis, reference, segment
from review.store.sums import seen_in

_ROWS_AT_ONCE = 1000
_DEFAULT = View()
_current = and_(flag.c.hypothesis_id == hypothesis.c.id, flag.c.version == hypothesis.c.version)


def get_segment(engine: Engine, batch_id: int, system_id: int, number: int) -> ReviewedSegment | None:
    """One segment with its flags, or None."""
    with reading(engine) as connection:
        query = _segments(batch_id, system_id).where(hypothesis.c.number == number)
        return next(_loaded(connection, batch_id, query), None)


def list_segments(
    engine: Engine,
    batch_id: int,
    system_id: int,
    *,
    chosen: Filter = EVERYTHING,
    view: View = _DEFAULT,
    first: int = 1,
    last: int | None = None,
    limit: int | None = None,
) -> list[ReviewedSegment]:
    """The chosen segments from `first` on (to `last`, or `limit` of them), with all their flags."""
    query = _segments(batch_id, system_id).where(hypothesis.c.number >= first, *_conditions(chosen, view))
    if last is not None:
        query = query.where(hypothesis.c.number <= last)
    with reading(engine) as connection:
        return list(_loaded(connection, batch_id, query.order_by(hypothesis.c.number).limit(limit)))


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


def find_neighbour(
    engine: Engine,
    batch_id: int,
    system_id: int,
    number: int,
    chosen: Filter,
    view: View,
    forward: bool = True,
) -> int | None:
    """The number of the next (or previous) chosen segment."""
    column = hypothesis.c.number
    query = select(column).select_from(_texts(batch_id) if chosen.text else hypothesis)
    query = query.where(hypothesis.c.system_id == system_id, column > number if forward else column < number)
    query = query.where(*_conditions(chosen, view)).order_by(column if forward else column.desc()).limit(1)
    with reading(engine) as connection:
        return connection.scalar(query)


def count_segments(engine: Engine, batch_id: int, system_id: int, chosen: Filter, view: View) -> int:
    """How many segments are chosen."""
    query = select(func.count()).select_from(_texts(batch_id) if chosen.text else hypothesis)
    query = query.where(hypothesis.c.system_id == system_id)
    with reading(engine) as connection:
        return int(connection.scalar(query.where(*_conditions(chosen, view))) or 0)


def document_range(engine: Engine, batch_id: int, number: int) -> tuple[int, int]:
    """The first and last segment of the run that has the same document as segment `number`."""
    with reading(engine) as connection:
        named = select(segment.c.document).where(segment.c.batch_id == batch_id, segment.c.number == number)
        document = connection.scalar(named)
        other = and_(segment.c.batch_id == batch_id, segment.c.document.is_distinct_from(document))
        before = select(func.max(segment.c.number)).where(other, segment.c.number < number)
        after = select(func.min(segment.c.number)).where(other, segment.c.number > number)
        last = select(func.max(segment.c.number)).where(segment.c.batch_id == batch_id)
        low, high = connection.scalar(before), connection.scalar(after)
        return (low or 0) + 1, high - 1 if high is not None else int(connection.scalar(last) or 0)


def count_flags(engine: Engine, system_id: int, view: View) -> dict[tuple[str, Severity], int]:
    """How many open flags of each check and severity the system's current texts have in this view."""
    query = (
        select(flag.c.check, flag.c.severity, func.count().label("open"))
        .join(hypothesis, _current)
        .where(hypothesis.c.system_id == system_id, seen_in(view))
        .group_by(flag.c.check, flag.c.severity)
        .order_by(flag.c.check)
    )
    with reading(engine) as connection:
        return {(row.check, Severity(row.severity)): int(row.open) for row in connection.execute(query)}


def _segments(batch_id: int, system_id: int) -> Select[Any]:
    columns = select(
        hypothesis.c.id,
        hypothesis.c.number,
        hypothesis.c.text.label("hypothesis"),
        hypothesis.c.version,
        hypothesis.c.status,
        hypothesis.c.deep_version,
        segment.c.document,
        segment.c.source,
        correction.c.text.label("correction"),
    )
    return columns.select_from(_texts(batch_id)).where(hypothesis.c.system_id == system_id)


def _texts(batch_id: int) -> Join:
    """Hypotheses beside their segment and their newest correction, if any."""
    newest = and_(correction.c.hypothesis_id == hypothesis.c.id, correction.c.version == hypothesis.c.version)
    here = and_(segment.c.batch_id == batch_id, segment.c.number == hypothesis.c.number)
    return hypothesis.join(segment, here).outerjoin(correction, newest)


def _conditions(chosen: Filter, view: View) -> Iterator[Any]:
    """The filter in SQL; where it asks for flags, one flag has to answer all that it asks."""
    asked = []
    if chosen.severity in list(Severity):
        asked.append(flag.c.severity == chosen.severity)
    if chosen.check:
        asked.append(flag.c.check == chosen.check)
    if asked or chosen.status == "flagged":
        yield exists().where(_current, seen_in(view), *asked)
    if chosen.status and chosen.status != "flagged":
        yield hypothesis.c.status == chosen.status
    if chosen.text:
        texts = (hypothesis.c.text, segment.c.source, correction.c.text)
        yield or_(*(column.icontains(chosen.text, autoescape=True) for column in texts))


def _loaded(connection: Connection, batch_id: int, query: Select[Any]) -> Iterator[ReviewedSegment]:
    rows = connection.execute(query).all()
    flags = _flags_of(connection, [row.id for row in rows])
    references = _references_of(connection, batch_id, [row.number for row in rows])
    for row in rows:
        yield ReviewedSegment(
            hypothesis_id=row.id,
            number=row.number,
            document=row.document,
            source=row.source,
            references=tuple(references[row.number]),
            hypothesis=row.hypothesis,
            text=row.hypothesis if row.correction is None else row.correction,
            version=row.version,
            status=Status(row.status),
            deep_seen=row.deep_version == row.version,
            flags=tuple(flags[row.id]),
        )


def _flags_of(connection: Connection, ids: list[int]) -> dict[int, list[StoredFlag]]:
    found: dict[int, list[StoredFlag]] = defaultdict(list)
    query = (
        select(flag, hypothesis.c.number)
        .join(hypothesis, _current)
        .where(hypothesis.c.id.in_(ids))
        .order_by(flag.c.start, flag.c.end, flag.c.id)
    )
    for row in connection.execute(query):
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
