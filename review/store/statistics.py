"""Statistics of segments, kept with their sums; both change in one transaction."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from review.store.arriving import WHOLE
from review.store.chunks import Held, note_reached
from review.store.engine import reading, writing
from review.store.schema import batch, hypothesis, reference, system
from review.store.schema_scores import statistic, statistic_sum
from review.store.texts import StandingText, select_texts, standing_text


@dataclass(frozen=True, slots=True)
class Measured:
    """What a segment counts for: packed numbers of the machine's text and of the text as it stands."""

    number: int
    version: int
    machine: bytes
    standing: bytes


@dataclass(frozen=True, slots=True)
class Restated:
    """What a segment's new text counts for, and of which kind these packed numbers are."""

    kind: str
    standing: bytes


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums over a system's segments, how many those are, and over which versions."""

    kind: str
    segments: int
    edition: int
    machine: bytes
    standing: bytes


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A text whose statistics are missing or older than it, with its references."""

    text: StandingText
    references: tuple[str, ...]


_CHANGED = update(statistic).where(
    statistic.c.system_id == bindparam("of_system"), statistic.c.number == bindparam("of_number")
)
_OLD = select(statistic.c.version, statistic.c.standing).where(
    statistic.c.system_id == bindparam("of_system"), statistic.c.number == bindparam("of_number")
)
_RESTATE = _CHANGED.values(version=bindparam("to_version"), standing=bindparam("to_standing"))
_RESTATE_SUM = (
    update(statistic_sum)
    .where(statistic_sum.c.system_id == bindparam("of_system"))
    .values(edition=bindparam("to_edition"), standing=bindparam("to_standing"))
)
_SUMS = select(statistic_sum).where(statistic_sum.c.system_id == bindparam("of_system"))
_KIND = select(statistic_sum.c.kind).where(statistic_sum.c.system_id == bindparam("of_system"))
_SUMS_TO_CHANGE = _SUMS.with_for_update()
_SUMS_OF = select(statistic_sum).where(statistic_sum.c.system_id.in_(bindparam("systems", expanding=True)))


def list_unmeasured(
    engine: Engine, batch_id: int, system_id: int, past: int, limit: int, last: int | None = None
) -> list[Unmeasured]:
    """The next texts after a number, up to the last one, that have changed since they were measured, if ever."""
    seen = and_(
        statistic.c.system_id == system_id,
        statistic.c.number == hypothesis.c.number,
        statistic.c.version == hypothesis.c.version,
    )
    waiting = (hypothesis.c.system_id == system_id, hypothesis.c.number > past, ~exists().where(seen))
    query = select_texts(batch_id).where(*waiting).order_by(hypothesis.c.number).limit(limit)
    if last is not None:
        query = query.where(hypothesis.c.number <= last)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
        references = _references(connection, batch_id, [row.number for row in rows])
    return [Unmeasured(standing_text(row), tuple(references[row.number])) for row in rows]


def put_measured(
    engine: Engine, system_id: int, kind: str, measured: Sequence[Measured], held: Held | None = None
) -> None:
    """Keep statistics, unless newer ones are there, and add what they change to the sums.

    With the chunk that they are of, if any: it has reached the last of them.
    """
    with writing(engine) as connection:
        sums = _open_sums(connection, system_id, kind)
        known = _known(connection, system_id, [one.number for one in measured])
        machine, standing = array("d", sums.machine), array("d", sums.standing)
        segments, edition = sums.segments, sums.edition
        for one in measured:
            old = known.get(one.number)
            if old is not None and old.version >= one.version:
                continue
            edition += one.version - (0 if old is None else old.version)
            segments += old is None
            _add(machine, one.machine, b"" if old is None else old.machine)
            _add(standing, one.standing, b"" if old is None else old.standing)
        _write(connection, system_id, [one for one in measured if one.number not in known])
        for one in measured:
            if one.number in known and known[one.number].version < one.version:
                _change(connection, system_id, one)
        values = {"segments": segments, "edition": edition}
        packed = {"machine": machine.tobytes(), "standing": standing.tobytes()}
        of_this = statistic_sum.c.system_id == system_id
        connection.execute(update(statistic_sum).where(of_this).values(**values, **packed))
        if held is not None:
            note_reached(connection, held, measured[-1].number)


def restate_within(connection: Connection, system_id: int, number: int, version: int, one: Restated) -> None:
    """Note within a transaction what a segment's new text counts for, and what that changes in the sums.

    Nothing where the system's statistics are of another kind, or have not come to this segment yet.
    """
    wanted = {"of_system": system_id, "of_number": number}
    sums = connection.execute(_SUMS_TO_CHANGE, {"of_system": system_id}).one_or_none()
    old = connection.execute(_OLD, wanted).one_or_none()
    if sums is None or sums.kind != one.kind or old is None or old.version >= version:
        return
    standing = array("d", sums.standing)
    _add(standing, one.standing, old.standing)
    connection.execute(_RESTATE, wanted | {"to_version": version, "to_standing": one.standing})
    by = sums.edition + version - old.version
    connection.execute(
        _RESTATE_SUM, {"of_system": system_id, "to_edition": by, "to_standing": standing.tobytes()}
    )


def begin_measuring(engine: Engine, system_id: int, kind: str) -> None:
    """Forget a system's statistics and their sums where those are of another kind, and begin with none."""
    with writing(engine) as connection:
        _open_sums(connection, system_id, kind)


def _remove(connection: Connection, system_id: int) -> None:
    for table in (statistic, statistic_sum):
        connection.execute(delete(table).where(table.c.system_id == system_id))


def _open_sums(connection: Connection, system_id: int, kind: str) -> Any:
    """The sums of a system, locked; new ones where there are none, or only of another kind."""
    of_this = statistic_sum.c.system_id == system_id
    found = connection.execute(select(statistic_sum).where(of_this).with_for_update()).one_or_none()
    if found is not None and found.kind == kind:
        return found
    _remove(connection, system_id)
    new = {"system_id": system_id, "kind": kind, "segments": 0, "edition": 0, "machine": b"", "standing": b""}
    connection.execute(insert(statistic_sum).values(new))
    return connection.execute(select(statistic_sum).where(of_this)).one()


def _known(connection: Connection, system_id: int, numbers: Sequence[int]) -> dict[int, Any]:
    between = statistic.c.number.between(numbers[0], numbers[-1])
    query = select(statistic).where(statistic.c.system_id == system_id, between)
    return {row.number: row for row in connection.execute(query)}


def _write(connection: Connection, system_id: int, new: Sequence[Measured]) -> None:
    if new:
        rows = [{"system_id": system_id, "number": one.number, **_values(one)} for one in new]
        connection.execute(insert(statistic), rows)


def _change(connection: Connection, system_id: int, one: Measured) -> None:
    connection.execute(_CHANGED.values(_values(one)), {"of_system": system_id, "of_number": one.number})


def _values(one: Measured) -> dict[str, Any]:
    return {"version": one.version, "machine": one.machine, "standing": one.standing}


def _add(sums: "array[float]", more: bytes, less: bytes) -> None:
    # Exact: counts are whole numbers, and TER's mean length is a half at most; thirds of three references round.
    added, taken = array("d", more), array("d", less)
    if len(added) > len(sums):
        sums.extend([0.0] * (len(added) - len(sums)))
    for place, by in enumerate(added):
        sums[place] += by
    for place, by in enumerate(taken):
        sums[place] -= by


def list_sums(engine: Engine, system_ids: Collection[int]) -> dict[int, Sums]:
    """The sums of systems that have any."""
    with reading(engine) as connection:
        return {
            row.system_id: Sums(row.kind, row.segments, row.edition, row.machine, row.standing)
            for row in connection.execute(_SUMS_OF, {"systems": list(system_ids)})
        }


def get_kind(engine: Engine, system_id: int) -> str | None:
    """Of which kind the statistics of a system are, if it has any."""
    with reading(engine) as connection:
        return connection.scalar(_KIND, {"of_system": system_id})


def get_sums(engine: Engine, system_id: int) -> Sums | None:
    """The sums of one system, if it has any."""
    with reading(engine) as connection:
        row = connection.execute(_SUMS, {"of_system": system_id}).one_or_none()
    return None if row is None else Sums(row.kind, row.segments, row.edition, row.machine, row.standing)


def list_measured(engine: Engine, system_id: int) -> list[Measured]:
    """The statistics of a system's segments, in order."""
    query = select(statistic).where(statistic.c.system_id == system_id).order_by(statistic.c.number)
    with reading(engine) as connection:
        return [
            Measured(row.number, row.version, row.machine, row.standing) for row in connection.execute(query)
        ]


def list_behind(engine: Engine, small: int) -> list[int]:
    """Batches with texts that changed since they were measured, and small ones that never were."""
    partly = or_(statistic_sum.c.edition != system.c.edition, statistic_sum.c.segments != batch.c.segments)
    query = (
        select(batch.c.id)
        .join(system, system.c.batch_id == batch.c.id)
        .outerjoin(statistic_sum, statistic_sum.c.system_id == system.c.id)
        .where(batch.c.references > 0, WHOLE)
        .group_by(batch.c.id, batch.c.segments)
        .having(
            or_(
                func.sum(case((partly, 1), else_=0)) > 0,
                and_(
                    func.count(statistic_sum.c.system_id) < func.count(system.c.id),
                    batch.c.segments * func.count(system.c.id) <= small,
                ),
            )
        )
    )
    with reading(engine) as connection:
        return list(connection.scalars(query.order_by(batch.c.id)))


def _references(connection: Connection, batch_id: int, numbers: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    if numbers:
        query = select(reference.c.number, reference.c.text).where(
            reference.c.batch_id == batch_id, reference.c.number.between(numbers[0], numbers[-1])
        )
        for number, text in connection.execute(query.order_by(reference.c.number, reference.c.position)):
            found[number].append(text)
    return found
