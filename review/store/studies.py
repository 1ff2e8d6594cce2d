"""Blind studies: each reviewer's copy is a batch of its own, made and kept together with the study."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, literal, select, update

from review.store.engine import reading, writing
from review.store.schema import batch, fingerprint, hypothesis, reference, reviewer, segment, system
from review.store.schema_teamwork import study, study_copy

_PLAIN_FORMAT = "jsonl"  # whose export needs no skeleton


@dataclass(frozen=True, slots=True)
class NewStudy:
    """A study about to be started. `token` makes a second send of the same form find the first."""

    batch_id: int
    system_id: int
    title: str
    first: int
    last: int
    reviewers: Sequence[tuple[int, str]]  # id, name of the copy
    made_by: int
    token: str


@dataclass(frozen=True, slots=True)
class Copy:
    """One reviewer's copy and how much of it is reviewed."""

    reviewer: str
    batch_id: int
    system_id: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Study:
    """A study with its copies, by the reviewers' names."""

    id: int
    batch_id: int
    system_id: int
    title: str
    first: int
    last: int
    maker: str
    made_at: datetime
    closed_at: datetime | None
    copies: tuple[Copy, ...]

    def copy_of(self, name: str) -> Copy | None:
        """The copy of the reviewer of that name."""
        return next((copy for copy in self.copies if copy.reviewer == name), None)


def add_study(engine: Engine, new: NewStudy) -> int:
    """Start a study with a copy for each reviewer, in one transaction; its id."""
    with writing(engine) as connection:
        seen = (
            select(study_copy.c.study_id)
            .join(batch, study_copy.c.batch_id == batch.c.id)
            .where(batch.c.token == _token(new, 0))
        )
        if (there := connection.scalar(seen)) is not None:
            return int(there)
        values = {"batch_id": new.batch_id, "system_id": new.system_id, "title": new.title}
        values |= {"first": new.first, "last": new.last}
        values |= {"reviewer_id": new.made_by, "made_at": datetime.now(UTC)}
        query = insert(study).values(**values).returning(study.c.id)
        study_id = int(connection.execute(query).scalar_one())
        for number, (reviewer_id, name) in enumerate(new.reviewers):
            copy_id = _copy_batch(connection, new, name, _token(new, number))
            row = {"study_id": study_id, "reviewer_id": reviewer_id, "batch_id": copy_id}
            connection.execute(insert(study_copy).values(**row))
        return study_id


def _token(new: NewStudy, number: int) -> str:
    return f"{new.token[:56]}#{number}"


def _copy_batch(connection: Connection, new: NewStudy, name: str, token: str) -> int:
    """A batch with the machine's texts of the range, numbered from 1; none of what review made of them."""
    kept = ("project_id", "source_lang", "target_lang", "bounded", "has_source", "references")
    original = connection.execute(select(batch).where(batch.c.id == new.batch_id)).one()
    values: dict[str, Any] = {column: getattr(original, column) for column in kept}
    values |= {"created_by": new.made_by, "created_at": datetime.now(UTC), "name": name, "token": token}
    values |= {"format": _PLAIN_FORMAT, "segments": new.last - new.first + 1}
    values |= {"flagging": "waiting", "failures": []}
    copy_id = int(connection.execute(insert(batch).values(**values).returning(batch.c.id)).scalar_one())
    _copy_rows(connection, segment, ("document", "source", "notes"), new, copy_id)
    _copy_rows(connection, reference, ("position", "text"), new, copy_id)
    named = select(literal(copy_id), literal(0), system.c.name, literal({}, system.c.skeleton.type))
    columns = ["batch_id", "position", "name", "skeleton"]
    made = insert(system).from_select(columns, named.where(system.c.id == new.system_id))
    connection.execute(made)
    system_id = connection.scalar(select(system.c.id).where(system.c.batch_id == copy_id))
    for table, column in ((hypothesis, "text"), (fingerprint, "value")):
        rows = select(literal(system_id), table.c.number - (new.first - 1), table.c[column]).where(
            table.c.system_id == new.system_id, table.c.number.between(new.first, new.last)
        )
        connection.execute(insert(table).from_select(["system_id", "number", column], rows))
    return copy_id


def _copy_rows(
    connection: Connection, table: Any, columns: Sequence[str], new: NewStudy, copy_id: int
) -> None:
    """What stands beside the hypotheses of the range."""
    rows = select(literal(copy_id), table.c.number - (new.first - 1), *(table.c[name] for name in columns))
    rows = rows.where(table.c.batch_id == new.batch_id, table.c.number.between(new.first, new.last))
    connection.execute(insert(table).from_select(["batch_id", "number", *columns], rows))


def list_studies(engine: Engine, batch_id: int) -> list[Study]:
    """The studies of a batch, newest first."""
    with reading(engine) as connection:
        return _studies(connection, study.c.batch_id == batch_id)


def get_study(engine: Engine, batch_id: int, study_id: int) -> Study | None:
    """One study of a batch."""
    with reading(engine) as connection:
        found = _studies(connection, (study.c.batch_id == batch_id) & (study.c.id == study_id))
    return found[0] if found else None


def _studies(connection: Connection, condition: Any) -> list[Study]:
    maker = select(study, reviewer.c.name.label("maker")).join(reviewer, study.c.reviewer_id == reviewer.c.id)
    rows = connection.execute(maker.where(condition).order_by(study.c.id.desc())).all()
    copies: dict[int, list[Copy]] = {row.id: [] for row in rows}
    done = (system.c.confirmed + system.c.edited).label("done")
    query = (
        select(study_copy.c.study_id, reviewer.c.name, batch.c.id, system.c.id, done, batch.c.segments)
        .join(batch, study_copy.c.batch_id == batch.c.id)
        .join(system, system.c.batch_id == batch.c.id)
        .join(reviewer, study_copy.c.reviewer_id == reviewer.c.id)
        .where(study_copy.c.study_id.in_(copies))
    )
    for study_id, *copy in connection.execute(query):
        copies[study_id].append(Copy(*copy))
    return [
        Study(
            id=row.id,
            batch_id=row.batch_id,
            system_id=row.system_id,
            title=row.title,
            first=row.first,
            last=row.last,
            maker=row.maker,
            made_at=row.made_at,
            closed_at=row.closed_at,
            copies=tuple(sorted(copies[row.id], key=lambda copy: copy.reviewer.casefold())),
        )
        for row in rows
    ]


def close_study(engine: Engine, study_id: int) -> None:
    """From now on everybody sees everything; a study closed already keeps its time."""
    with writing(engine) as connection:
        open_still = update(study).where(study.c.id == study_id, study.c.closed_at.is_(None))
        connection.execute(open_still.values(closed_at=datetime.now(UTC)))
