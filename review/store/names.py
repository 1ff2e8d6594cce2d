"""The name list of a project: what reviewers decided about names; entries are appended and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select, update

from review.store.engine import reading, writing
from review.store.schema import reviewer
from review.store.schema_rules import name_entry


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A decision on a variant: `right` stands instead of it, or None: it is right as it is."""

    variant: str
    right: str | None
    origin: str  # page, correction, import
    reviewer: str = ""
    made_at: datetime | None = None


def list_names(engine: Engine, project_id: int) -> list[NameEntry]:
    """A project's entries that count, by variant."""
    columns = (
        name_entry.c.variant,
        name_entry.c.right,
        name_entry.c.origin,
        reviewer.c.name,
        name_entry.c.made_at,
    )
    query = (
        select(*columns)
        .join(reviewer, name_entry.c.reviewer_id == reviewer.c.id)
        .where(name_entry.c.project_id == project_id, name_entry.c.withdrawn_at.is_(None))
        .order_by(name_entry.c.id)
    )
    with reading(engine) as connection:
        newest = {row.variant: NameEntry(*row) for row in connection.execute(query)}
    return sorted(newest.values(), key=lambda entry: entry.variant.casefold())


def append_names(engine: Engine, project_id: int, entries: Sequence[NameEntry], reviewer_id: int) -> int:
    """Append entries to a project's list; how many say something that the list did not say already."""
    known = {entry.variant: entry.right for entry in list_names(engine, project_id)}
    new = [e for e in entries if e.variant not in known or known[e.variant] != e.right]
    if not new:
        return 0
    now = datetime.now(UTC)
    with writing(engine) as connection:
        rows = [
            {
                "project_id": project_id,
                "variant": e.variant,
                "right": e.right,
                "origin": e.origin,
                "reviewer_id": reviewer_id,
                "made_at": now,
            }
            for e in new
        ]
        connection.execute(insert(name_entry), rows)
    return len(new)


def withdraw_name(engine: Engine, project_id: int, variant: str) -> None:
    """From now on no entry of a project on this variant counts."""
    own = (name_entry.c.project_id == project_id, name_entry.c.variant == variant)
    with writing(engine) as connection:
        connection.execute(
            update(name_entry)
            .where(*own, name_entry.c.withdrawn_at.is_(None))
            .values(withdrawn_at=datetime.now(UTC))
        )
