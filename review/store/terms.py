"""The term list of a project: how terms are translated and how not; entries are appended and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select, update

from review.model import Term
from review.store.engine import reading, writing
from review.store.schema import reviewer
from review.store.schema_rules import term_entry


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A decision on a source term and a target; `source` is "" where a target is forbidden for anything."""

    source: str
    target: str
    forbidden: bool
    note: str
    origin: str  # page, import
    reviewer: str = ""
    made_at: datetime | None = None


def list_terms(engine: Engine, project_id: int) -> list[TermEntry]:
    """A project's entries that count, by source and target."""
    columns = [term_entry.c[name] for name in ("source", "target", "forbidden", "note", "origin")]
    columns += [reviewer.c.name, term_entry.c.made_at]
    query = (
        select(*columns)
        .join(reviewer, term_entry.c.reviewer_id == reviewer.c.id)
        .where(term_entry.c.project_id == project_id, term_entry.c.withdrawn_at.is_(None))
        .order_by(term_entry.c.id)
    )
    with reading(engine) as connection:
        newest = {(row.source, row.target): TermEntry(*row) for row in connection.execute(query)}
    return sorted(newest.values(), key=lambda e: (e.source.casefold(), e.forbidden, e.target.casefold()))


def known_terms(engine: Engine, project_id: int) -> tuple[Term, ...]:
    """The same, as the checks know it: each source term with all its targets."""
    by_source: dict[str, tuple[list[str], list[str]]] = {}
    for entry in list_terms(engine, project_id):
        by_source.setdefault(entry.source, ([], []))[entry.forbidden].append(entry.target)
    return tuple(Term(source, tuple(right), tuple(wrong)) for source, (right, wrong) in by_source.items())


def append_terms(engine: Engine, project_id: int, entries: Sequence[TermEntry], reviewer_id: int) -> int:
    """Append entries to a project's list; how many say something that the list did not say already."""
    known = {(e.source, e.target): (e.forbidden, e.note) for e in list_terms(engine, project_id)}
    new = [e for e in entries if known.get((e.source, e.target)) != (e.forbidden, e.note)]
    if not new:
        return 0
    now = datetime.now(UTC)
    columns = ("source", "target", "forbidden", "note", "origin")
    with writing(engine) as connection:
        same = {"project_id": project_id, "reviewer_id": reviewer_id, "made_at": now}
        rows = [{**{name: getattr(e, name) for name in columns}, **same} for e in new]
        connection.execute(insert(term_entry), rows)
    return len(new)


def withdraw_term(engine: Engine, project_id: int, source: str, target: str) -> int:
    """From now on no entry of a project on this source and target counts; how many did."""
    same = (
        term_entry.c.project_id == project_id,
        term_entry.c.source == source,
        term_entry.c.target == target,
        term_entry.c.withdrawn_at.is_(None),
    )
    with writing(engine) as connection:
        query = update(term_entry).where(*same).values(withdrawn_at=datetime.now(UTC))
        return connection.execute(query).rowcount
