"""The texts of a system as they stand, without what surrounds them: for searches over a whole batch."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Select, and_, bindparam, case, func, select

from review.model import Status, View
from review.store.engine import reading
from review.store.records import Batch, StoredFlag
from review.store.schema import correction, fingerprint, flag, hypothesis, segment
from review.store.schema_sums import is_open
from review.store.segments import stored_flag
from review.text import fingerprint_of

_ROWS_AT_ONCE = 5000
_IDS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StandingText:
    """A hypothesis and what review has made of it so far: `text` is the newest correction, or itself."""

    hypothesis_id: int
    system_id: int
    number: int
    source: str | None
    hypothesis: str
    text: str
    version: int
    status: Status


def iterate_texts(engine: Engine, batch_id: int, system_id: int, first: int = 1) -> Iterator[StandingText]:
    """All texts of a system from a segment on, in order, of one snapshot."""
    with reading(engine) as connection:
        while True:
            query = select_texts(batch_id).where(
                hypothesis.c.system_id == system_id, hypothesis.c.number >= first
            )
            rows = connection.execute(query.order_by(hypothesis.c.number).limit(_ROWS_AT_ONCE)).all()
            yield from map(standing_text, rows)
            if len(rows) < _ROWS_AT_ONCE:
                return
            first = rows[-1].number + 1


def iterate_standing(engine: Engine, system_id: int) -> Iterator[str]:
    """The texts of a system as they stand and nothing else, in order, of one snapshot."""
    with reading(engine) as connection:
        yield from connection.execute(_STANDING, {"system": system_id}).yield_per(_ROWS_AT_ONCE).scalars()


_STANDING = (
    select(
        case(
            (hypothesis.c.version == 0, hypothesis.c.text),
            else_=select(correction.c.text)
            .where(
                correction.c.hypothesis_id == hypothesis.c.id, correction.c.version == hypothesis.c.version
            )
            .scalar_subquery(),
        )
    )
    .where(hypothesis.c.system_id == bindparam("system"))
    .order_by(hypothesis.c.number)
)


def list_texts(engine: Engine, batch: Batch, hypothesis_ids: Collection[int]) -> list[StandingText]:
    """Those of these hypotheses that are the batch's, as they stand, by segment."""
    found: list[StandingText] = []
    own = {system.id for system in batch.systems}
    with reading(engine) as connection:
        for ids in _some(hypothesis_ids):
            # Whose they are is not asked in SQL: SQLite would begin with all segments of the batch.
            rows = connection.execute(select_texts(batch.id).where(hypothesis.c.id.in_(ids)))
            found.extend(standing_text(row) for row in rows if row.system_id in own)
    return sorted(found, key=lambda text: (text.number, text.system_id))


def list_flags(engine: Engine, versions: Mapping[int, int]) -> dict[int, list[StoredFlag]]:
    """The flags that these versions of hypotheses have, by hypothesis and position."""
    query = select(flag)
    found: dict[int, list[StoredFlag]] = defaultdict(list)
    with reading(engine) as connection:
        for ids in _some(versions):
            some = query.where(flag.c.hypothesis_id.in_(ids)).order_by(flag.c.start, flag.c.end, flag.c.id)
            for row in connection.execute(some):
                if row.version == versions[row.hypothesis_id]:
                    found[row.hypothesis_id].append(stored_flag(row, row.number))
    return found


def find_equal(
    engine: Engine, system_ids: Collection[int], text: str, status: Status, limit: int
) -> list[int]:
    """The ids of these systems' hypotheses with this very text and status, at most `limit`."""
    wanted = {"systems": list(system_ids), "fingerprint": fingerprint_of(text), "text": text}
    wanted |= {"status": status.value, "most": limit}
    with reading(engine) as connection:
        return list(connection.scalars(_EQUAL, wanted))


_EQUAL = (
    select(hypothesis.c.id)
    .join(
        fingerprint,
        and_(fingerprint.c.system_id == hypothesis.c.system_id, fingerprint.c.number == hypothesis.c.number),
    )
    .where(
        fingerprint.c.system_id.in_(bindparam("systems", expanding=True)),
        fingerprint.c.value == bindparam("fingerprint"),
        hypothesis.c.text == bindparam("text"),
        # Of an expression SQLite asks no index: it would begin with all that have the status.
        func.coalesce(hypothesis.c.status, "") == bindparam("status"),
    )
    .order_by(fingerprint.c.system_id, fingerprint.c.number)
    .limit(bindparam("most"))
)


def list_open_flags(
    engine: Engine, system_id: int, check: str, text: str, view: View, limit: int
) -> list[tuple[int, StoredFlag]]:
    """A check's open flags that a view shows, perhaps only those on one text, each with its hypothesis's id."""
    asked = (flag.c.check == check, flag.c.system_id == system_id, is_open)
    query = select(flag).where(*asked, flag.c.confidence >= view.confidence)
    if text:
        query = query.where(flag.c.text == text)
    query = query.order_by(flag.c.number, flag.c.start, flag.c.end).limit(limit)
    with reading(engine) as connection:
        return [(row.hypothesis_id, stored_flag(row, row.number)) for row in connection.execute(query)]


def select_texts(batch_id: int) -> Select[Any]:
    """A batch's hypotheses beside their source and their newest correction, for further conditions."""
    newest = and_(correction.c.hypothesis_id == hypothesis.c.id, correction.c.version == hypothesis.c.version)
    here = and_(segment.c.batch_id == batch_id, segment.c.number == hypothesis.c.number)
    columns = (hypothesis.c[name] for name in ("id", "system_id", "number", "version", "status"))
    return select(
        *columns,
        hypothesis.c.text.label("hypothesis"),
        segment.c.source,
        correction.c.text.label("correction"),
    ).select_from(hypothesis.join(segment, here).outerjoin(correction, newest))


def standing_text(row: Any) -> StandingText:
    """A row of such a query as data."""
    return StandingText(
        hypothesis_id=row.id,
        system_id=row.system_id,
        number=row.number,
        source=row.source,
        hypothesis=row.hypothesis,
        text=row.hypothesis if row.correction is None else row.correction,
        version=row.version,
        status=Status(row.status),
    )


def _some(ids: Collection[int]) -> Iterator[list[int]]:
    every = sorted(ids)
    for start in range(0, len(every), _IDS_AT_ONCE):
        yield every[start : start + _IDS_AT_ONCE]
