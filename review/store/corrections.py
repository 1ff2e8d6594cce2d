"""Corrections: appended with who, when and on which version; nothing is overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, bindparam, insert, select, update

from review.model import Flag, Status
from review.store.decisions import NewDecision, insert_decision
from review.store.drafts import remove_within
from review.store.engine import reading, writing
from review.store.flags import insert_flags
from review.store.records import Correction
from review.store.schema import correction, flag, hypothesis, reviewer, system
from review.store.statistics import Restated, restate_within
from review.store.sums import add_to_system, counting, state_of
from review.store.unchecked import mark_unchecked


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """A version about to be appended, with the flags that its text has and the state of each.

    Where it is not `checked`, these are only carried on from the version before.
    """

    hypothesis_id: int
    based_on: int
    text: str
    status: Status
    reviewer_id: int
    origin: str
    seconds: float | None
    reference_in_view: bool
    effort: tuple[float, float]  # TER edits from the hypothesis, words of the correction
    token: str
    flags: Sequence[tuple[Flag, str]]
    checked: bool = True


_SEEN = select(correction.c.version).where(
    correction.c.hypothesis_id == bindparam("hypothesis"), correction.c.token == bindparam("sent")
)
_EDITION = (
    select(system.c.edition, system.c.id, hypothesis.c.number)
    .join(hypothesis, hypothesis.c.system_id == system.c.id)
    .where(hypothesis.c.id == bindparam("hypothesis"))
)
_INSERT = insert(correction)
_OUTDATE = (
    update(flag)
    .where(flag.c.hypothesis_id == bindparam("hypothesis"), flag.c.version == bindparam("older"))
    .values(current=False)
)
_CHANGE = (
    update(hypothesis)
    .where(hypothesis.c.id == bindparam("hypothesis"))
    .values(
        version=bindparam("newest"),
        status=bindparam("reviewed"),
        reviewer_id=bindparam("maker"),
        verdict="",
    )
)


@dataclass(frozen=True, slots=True)
class Saved:
    """A version that is stored, and the edition of its system then."""

    version: int
    edition: int


def append_correction(
    engine: Engine,
    new: NewCorrection,
    decisions: Sequence[NewDecision] = (),
    restated: Restated | None = None,
) -> Saved | None:
    """Append a version. None if `based_on` is no longer the current one: nothing is stored.

    The same token again gives the version stored then. `restated` is what the text counts for in the scores.
    """
    with writing(engine) as connection:
        version = append_within(connection, new, None, decisions)
        if version is None:
            return None
        owner = connection.execute(_EDITION, {"hypothesis": new.hypothesis_id}).one()
        if restated is not None:
            restate_within(connection, owner.id, owner.number, version, restated)
        return Saved(version, owner.edition)


def append_within(
    connection: Connection,
    new: NewCorrection,
    operation_id: int | None,
    decisions: Sequence[NewDecision] = (),
) -> int | None:
    """The same inside a transaction, perhaps as part of a larger step; the version's number."""
    before = state_of(connection, new.hypothesis_id)  # first: a second sending waits here for the first
    seen = connection.scalar(_SEEN, {"hypothesis": new.hypothesis_id, "sent": new.token})
    if seen is not None:
        return int(seen)
    if before.version != new.based_on:
        return None
    with counting(connection, [new.hypothesis_id]):
        for one in decisions:
            insert_decision(connection, one, new.reviewer_id)
        _append(connection, new, before, operation_id)
    return new.based_on + 1


def _append(connection: Connection, new: NewCorrection, before: Any, operation_id: int | None) -> None:
    version, status = new.based_on + 1, new.status.value
    effort = None
    if before.status != Status.UNREVIEWED.value:
        effort = connection.execute(select_efforts([before.id])).one()
    sums = sums_changed(new, before, effort)
    values = correction_values(new, version)
    connection.execute(_INSERT, values | {"operation_id": operation_id})
    connection.execute(_OUTDATE, {"hypothesis": before.id, "older": before.version})
    insert_flags(connection, before, version, new.flags)
    if not new.checked:
        mark_unchecked(connection, before)
    changed = {"hypothesis": before.id, "newest": version, "reviewed": status, "maker": new.reviewer_id}
    connection.execute(_CHANGE, changed)
    add_to_system(connection, before.system_id, **sums)
    remove_within(connection, before.id, new.reviewer_id)


def select_efforts(hypothesis_ids: Sequence[int]) -> Select[Any]:
    """The edits and the length of hypotheses' newest versions."""
    newest = and_(correction.c.hypothesis_id == hypothesis.c.id, correction.c.version == hypothesis.c.version)
    columns = (correction.c.hypothesis_id, correction.c.edits, correction.c.length)
    return select(*columns).join(hypothesis, newest).where(correction.c.hypothesis_id.in_(hypothesis_ids))


def sums_changed(new: NewCorrection, before: Any, effort: Any) -> dict[str, float]:
    """What a correction adds to its system's sums: a segment counts with its newest version once reviewed.

    `effort` is the row of the version that counted before, if one did.
    """
    change: dict[str, float] = {"edition": 1.0, "seen": -float(before.deep_version == before.version)}
    if new.status is not Status.UNREVIEWED:
        change |= {new.status.value: 1, "edits": new.effort[0], "words": new.effort[1]}
    if effort is not None:
        for name, by in ((before.status, 1), ("edits", effort.edits), ("words", effort.length)):
            change[name] = change.get(name, 0) - by
    return change


def correction_values(new: NewCorrection, version: int) -> dict[str, Any]:
    """The row of a version."""
    return {
        "hypothesis_id": new.hypothesis_id,
        "version": version,
        "based_on": new.based_on,
        "text": new.text,
        "status": new.status.value,
        "reviewer_id": new.reviewer_id,
        "made_at": datetime.now(UTC),
        "origin": new.origin,
        "seconds": new.seconds,
        "reference_in_view": new.reference_in_view,
        "edits": new.effort[0],
        "length": new.effort[1],
        "token": new.token,
    }


def list_corrections(engine: Engine, hypothesis_id: int) -> list[Correction]:
    """Every version of a segment's text, the hypothesis first."""
    with reading(engine) as connection:
        text = connection.scalar(select(hypothesis.c.text).where(hypothesis.c.id == hypothesis_id))
        first = Correction(0, str(text), "", None, 0, "machine", None, False)
        return [first, *map(_version, connection.execute(_EVERY, {"hypothesis": hypothesis_id}))]


def get_newest(engine: Engine, hypothesis_id: int) -> Correction | None:
    """The newest version of a segment's text that somebody made."""
    with reading(engine) as connection:
        row = connection.execute(_NEWEST, {"hypothesis": hypothesis_id}).one_or_none()
    return None if row is None else _version(row)


def find_sent(engine: Engine, hypothesis_id: int, token: str) -> Correction | None:
    """The version that was stored under a token, if it was."""
    with reading(engine) as connection:
        asked = {"hypothesis": hypothesis_id, "sent": token}
        row = connection.execute(_BY_TOKEN, asked).one_or_none()
    return None if row is None else _version(row)


def newest_makers(engine: Engine, system_id: int) -> dict[int, tuple[str, datetime]]:
    """Who made the text that stands, and when, of each of a system's hypotheses that somebody corrected."""
    standing = and_(
        correction.c.hypothesis_id == hypothesis.c.id, correction.c.version == hypothesis.c.version
    )
    query = (
        select(hypothesis.c.id, reviewer.c.name, correction.c.made_at)
        .join(correction, standing)
        .join(reviewer, correction.c.reviewer_id == reviewer.c.id)
        .where(hypothesis.c.system_id == system_id)
    )
    with reading(engine) as connection:
        return {found: (name, made_at) for found, name, made_at in connection.execute(query)}


_VERSIONS = (
    select(correction, reviewer.c.name.label("maker"))
    .join(reviewer, correction.c.reviewer_id == reviewer.c.id)
    .where(correction.c.hypothesis_id == bindparam("hypothesis"))
)
_EVERY = _VERSIONS.order_by(correction.c.version)
_BY_TOKEN = _VERSIONS.where(correction.c.token == bindparam("sent"))
_NEWEST = _VERSIONS.order_by(correction.c.version.desc()).limit(1)


def _version(row: Any) -> Correction:
    return Correction(
        version=row.version,
        text=row.text,
        reviewer=row.maker,
        made_at=row.made_at,
        based_on=row.based_on,
        origin=row.origin,
        seconds=row.seconds,
        reference_in_view=row.reference_in_view,
    )
