"""Flags of a system by their place in it, in any state: read through part by part."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, and_, or_, select

from review.store.engine import reading
from review.store.records import StoredFlag
from review.store.schema import flag, hypothesis
from review.store.schema_sums import is_open
from review.store.segments import stored_flag


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which flags: empty parts do not filter."""

    check: str = ""
    severity: str = ""
    state: str = ""
    confidence: float = 0


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of a flag: its system's number in the batch, its segment's, its own."""

    system: int
    segment: int
    flag: int


def list_flags(
    engine: Engine,
    system_id: int,
    wanted: Wanted,
    muted: Collection[str],
    after: Cursor | None,
    limit: int,
) -> list[StoredFlag]:
    """At most so many flags of the texts of a system as they stand, after a place, none of a muted check."""
    if wanted.state == "open":  # these have an index in this order
        number, query = flag.c.number, select(flag).where(flag.c.system_id == system_id, is_open)
    else:  # all others are found through their texts, which have
        number = hypothesis.c.number
        here = and_(flag.c.hypothesis_id == hypothesis.c.id, flag.c.version == hypothesis.c.version)
        query = select(flag).join(hypothesis, here).where(hypothesis.c.system_id == system_id)
    query = query.where(*_conditions(wanted, muted))
    if after is not None:
        further = or_(number > after.segment, flag.c.id > after.flag)
        query = query.where(number >= after.segment, further)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(number, flag.c.id).limit(limit))
        return [stored_flag(row, row.number) for row in rows]


def _conditions(wanted: Wanted, muted: Collection[str]) -> Iterator[Any]:
    yield flag.c.confidence >= wanted.confidence
    if muted:
        yield flag.c.check.not_in(muted)
    for name in ("check", "severity", "state"):
        if value := getattr(wanted, name):
            yield flag.c[name] == value
