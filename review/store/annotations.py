"""Errors that people marked: appended, changed by a new row, withdrawn; a hypothesis keeps their count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, bindparam, func, insert, select, update

from review.store.engine import reading, writing
from review.store.schema import hypothesis, reviewer
from review.store.schema_teamwork import annotation

_ABOUT = ("version", "side", "start", "end", "text", "category", "severity", "comment", "check")


@dataclass(frozen=True, slots=True)
class NewAnnotation:
    """A mark about to be made: a span of one version of a hypothesis, or of its source."""

    version: int
    side: str  # target, source
    start: int
    end: int
    text: str
    category: str
    severity: str
    comment: str = ""
    check: str | None = None  # of the flag that it was started from


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark with who made it; it stands until it is withdrawn or another row replaces it."""

    id: int
    hypothesis_id: int
    number: int  # of its segment
    mark: NewAnnotation
    reviewer: str
    made_at: datetime
    replaces: int | None
    withdrawn_at: datetime | None

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


def append_annotation(
    engine: Engine,
    hypothesis_id: int,
    new: NewAnnotation,
    reviewer_id: int,
    replaces: int | None = None,
) -> int | None:
    """Append a mark; its id. With `replaces`, that mark stands no longer; None where it did not any more.

    The same mark by the same person again, while it stands, is the one there is: its id.
    """
    with writing(engine) as connection:
        _lock(connection, hypothesis_id)
        same = _standing_same(connection, hypothesis_id, new, reviewer_id)
        replaced = replaces is None or _withdraw(connection, hypothesis_id, replaces)
        if same is not None:
            _recount(connection, hypothesis_id)
            return same
        if not replaced:
            return None
        return insert_annotation(connection, hypothesis_id, new, reviewer_id, replaces)


def insert_annotation(
    connection: Connection,
    hypothesis_id: int,
    new: NewAnnotation,
    reviewer_id: int,
    replaces: int | None = None,
) -> int:
    """Append a mark inside a transaction, and count again."""
    values = {name: getattr(new, name) for name in _ABOUT}
    values |= {"hypothesis_id": hypothesis_id, "reviewer_id": reviewer_id, "replaces": replaces}
    made = connection.execute(
        insert(annotation).values(**values, made_at=datetime.now(UTC)).returning(annotation.c.id)
    ).scalar_one()
    _recount(connection, hypothesis_id)
    return int(made)


def append_annotations(engine: Engine, new: Sequence[tuple[int, NewAnnotation]], reviewer_id: int) -> int:
    """Append marks by hypothesis, all or none, without those that stand already; how many were new."""
    made = 0
    with writing(engine) as connection:
        for hypothesis_id, one in new:
            if _standing_same(connection, hypothesis_id, one, None) is None:
                insert_annotation(connection, hypothesis_id, one, reviewer_id)
                made += 1
    return made


def withdraw_annotation(engine: Engine, hypothesis_id: int, annotation_id: int) -> bool:
    """From now on the mark does not stand; False where it did not before."""
    with writing(engine) as connection:
        _lock(connection, hypothesis_id)
        gone = _withdraw(connection, hypothesis_id, annotation_id)
        _recount(connection, hypothesis_id)
        return gone


def restore_annotation(
    engine: Engine, hypothesis_id: int, annotation_id: int, reviewer_id: int
) -> int | None:
    """Make a mark stand again as it was, in place of what has replaced it; its new id, or None without one."""
    with writing(engine) as connection:
        _lock(connection, hypothesis_id)
        row = connection.execute(_of(hypothesis_id).where(annotation.c.id == annotation_id)).one_or_none()
        if row is None or row.withdrawn_at is None:
            return None if row is None else annotation_id
        successor = _standing_successor(connection, hypothesis_id, annotation_id)
        if successor is not None:
            _withdraw(connection, hypothesis_id, successor)
        again = NewAnnotation(*(getattr(row, name) for name in _ABOUT))
        same = _standing_same(connection, hypothesis_id, again, None)
        if same is not None:
            return same
        return insert_annotation(connection, hypothesis_id, again, reviewer_id, successor or annotation_id)


def list_annotations(engine: Engine, hypothesis_id: int, withdrawn: bool = False) -> list[Annotation]:
    """The marks on a segment in the order of their places; the withdrawn ones too if asked for."""
    if not withdrawn:
        return _listed(engine, _STANDING, {"hypothesis": hypothesis_id})
    return _listed(engine, _of(hypothesis_id))


def list_system_annotations(engine: Engine, system_id: int, withdrawn: bool = False) -> list[Annotation]:
    """The marks on a system's texts, segment by segment; the withdrawn ones too if asked for."""
    query = _query().where(hypothesis.c.system_id == system_id)
    return _listed(engine, query if withdrawn else query.where(annotation.c.withdrawn_at.is_(None)))


def _listed(engine: Engine, query: Select[Any], wanted: dict[str, Any] | None = None) -> list[Annotation]:
    """Sorted here, so that the database need not."""
    with reading(engine) as connection:
        found = [_annotation(row) for row in connection.execute(query, wanted or {})]
    return sorted(found, key=lambda a: (a.number, a.mark.side == "source", a.mark.start, a.mark.end, a.id))


def _query() -> Select[Any]:
    return (
        select(annotation, hypothesis.c.number, reviewer.c.name.label("maker"))
        .join(hypothesis, annotation.c.hypothesis_id == hypothesis.c.id)
        .join(reviewer, annotation.c.reviewer_id == reviewer.c.id)
    )


def _of(hypothesis_id: int) -> Select[Any]:
    return _query().where(annotation.c.hypothesis_id == hypothesis_id)


_STANDING = _query().where(
    annotation.c.hypothesis_id == bindparam("hypothesis"), annotation.c.withdrawn_at.is_(None)
)


def _annotation(row: Any) -> Annotation:
    return Annotation(
        id=row.id,
        hypothesis_id=row.hypothesis_id,
        number=row.number,
        mark=NewAnnotation(*(getattr(row, name) for name in _ABOUT)),
        reviewer=row.maker,
        made_at=row.made_at,
        replaces=row.replaces,
        withdrawn_at=row.withdrawn_at,
    )


def _lock(connection: Connection, hypothesis_id: int) -> None:
    """Have changes to one segment's marks wait for one another."""
    connection.execute(select(hypothesis.c.id).where(hypothesis.c.id == hypothesis_id).with_for_update())


def _standing_same(
    connection: Connection, hypothesis_id: int, new: NewAnnotation, reviewer_id: int | None
) -> int | None:
    """A standing mark that says the same, by this reviewer or (without one) by anybody."""
    query = select(annotation.c.id).where(
        annotation.c.hypothesis_id == hypothesis_id,
        annotation.c.withdrawn_at.is_(None),
        *(annotation.c[name].is_not_distinct_from(getattr(new, name)) for name in _ABOUT),
    )
    if reviewer_id is not None:
        query = query.where(annotation.c.reviewer_id == reviewer_id)
    return connection.scalar(query.limit(1))


def _standing_successor(connection: Connection, hypothesis_id: int, annotation_id: int) -> int | None:
    """The mark that stands at the end of the chain of changes that began with this one."""
    columns = (annotation.c.id, annotation.c.replaces, annotation.c.withdrawn_at)
    rows = connection.execute(select(*columns).where(annotation.c.hypothesis_id == hypothesis_id)).all()
    chain = {annotation_id}
    for row in sorted(rows, key=lambda row: row.id):
        if row.replaces in chain:
            chain.add(row.id)
    return next((row.id for row in rows if row.id in chain and row.withdrawn_at is None), None)


def _withdraw(connection: Connection, hypothesis_id: int, annotation_id: int) -> bool:
    here = (
        annotation.c.id == annotation_id,
        annotation.c.hypothesis_id == hypothesis_id,
        annotation.c.withdrawn_at.is_(None),
    )
    done = connection.execute(update(annotation).where(*here).values(withdrawn_at=datetime.now(UTC)))
    return done.rowcount == 1


def _recount(connection: Connection, hypothesis_id: int) -> None:
    standing = (
        select(func.count())
        .select_from(annotation)
        .where(annotation.c.hypothesis_id == hypothesis_id, annotation.c.withdrawn_at.is_(None))
    )
    connection.execute(
        update(hypothesis)
        .where(hypothesis.c.id == hypothesis_id)
        .values(annotations=standing.scalar_subquery())
    )
