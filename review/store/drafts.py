"""Drafts: what somebody has typed and not saved, one for each reviewer and hypothesis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, and_, bindparam, delete, insert, select, update

from review.store.engine import reading, writing
from review.store.schema_teamwork import draft


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft, the version it was begun on, and the suggestions that were put into it."""

    version: int
    text: str
    accepted: Sequence[tuple[int, str]]
    saved_at: datetime


_own = and_(draft.c.hypothesis_id == bindparam("hypothesis"), draft.c.reviewer_id == bindparam("mine"))
_MINE = select(draft).where(_own)
_REMOVED = delete(draft).where(_own)


def put_draft(
    engine: Engine,
    hypothesis_id: int,
    reviewer_id: int,
    version: int,
    text: str,
    accepted: Sequence[tuple[int, str]],
) -> None:
    """Keep a draft instead of the one that this reviewer had on this hypothesis."""
    values = {"version": version, "text": text, "accepted": [list(pair) for pair in accepted]}
    values |= {"saved_at": datetime.now(UTC)}
    mine = {"hypothesis": hypothesis_id, "mine": reviewer_id}
    with writing(engine) as connection:
        if not connection.execute(update(draft).where(_own).values(values), mine).rowcount:
            values |= {"hypothesis_id": hypothesis_id, "reviewer_id": reviewer_id}
            connection.execute(insert(draft).values(values))


def get_draft(engine: Engine, hypothesis_id: int, reviewer_id: int) -> StoredDraft | None:
    """This reviewer's draft on this hypothesis."""
    with reading(engine) as connection:
        row = connection.execute(_MINE, {"hypothesis": hypothesis_id, "mine": reviewer_id}).one_or_none()
    if row is None:
        return None
    return StoredDraft(row.version, row.text, [(f, s) for f, s in row.accepted], row.saved_at)


def remove_draft(engine: Engine, hypothesis_id: int, reviewer_id: int) -> None:
    """Forget a draft: what it held is saved, or was typed back."""
    with writing(engine) as connection:
        remove_within(connection, hypothesis_id, reviewer_id)


def remove_within(connection: Connection, hypothesis_id: int, reviewer_id: int) -> None:
    """The same inside a transaction."""
    connection.execute(_REMOVED, {"hypothesis": hypothesis_id, "mine": reviewer_id})
