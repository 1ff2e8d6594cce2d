"""ESA's scores of whole segments: appended; a reviewer's newest one on a segment counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, bindparam, insert, select

from review.store.engine import reading, writing
from review.store.schema import hypothesis, reviewer
from review.store.schema_teamwork import assessment


@dataclass(frozen=True, slots=True)
class Assessment:
    """A reviewer's score of one version of a segment; `version` 0 is the machine translation."""

    number: int  # of its segment
    version: int
    score: float
    reviewer: str
    made_at: datetime


def append_assessment(
    engine: Engine, hypothesis_id: int, version: int, score: float, reviewer_id: int
) -> None:
    """Append a score; the same one by the same reviewer again changes nothing."""
    with writing(engine) as connection:
        _insert(connection, hypothesis_id, version, score, reviewer_id)


def append_assessments(engine: Engine, scores: Sequence[tuple[int, float]], reviewer_id: int) -> int:
    """Append scores of machine translations by hypothesis, all or none; how many said something new."""
    with writing(engine) as connection:
        return sum(_insert(connection, one, 0, score, reviewer_id) for one, score in scores)


def list_assessments(engine: Engine, hypothesis_id: int) -> list[Assessment]:
    """The scores of a segment that count, one for each reviewer."""
    return _newest(engine, _OF_ONE, {"hypothesis": hypothesis_id})


def list_system_assessments(engine: Engine, system_id: int) -> list[Assessment]:
    """The scores of a system's segments that count, segment by segment."""
    return _newest(engine, _query().where(hypothesis.c.system_id == system_id))


def _insert(connection: Connection, hypothesis_id: int, version: int, score: float, reviewer_id: int) -> bool:
    own = (assessment.c.hypothesis_id == hypothesis_id, assessment.c.reviewer_id == reviewer_id)
    query = select(assessment.c.score).where(*own, assessment.c.version == version)
    if connection.scalar(query.order_by(assessment.c.id.desc()).limit(1)) == score:
        return False
    connection.execute(
        insert(assessment).values(
            hypothesis_id=hypothesis_id,
            version=version,
            score=score,
            reviewer_id=reviewer_id,
            made_at=datetime.now(UTC),
        )
    )
    return True


def _query() -> Select[Any]:
    return (
        select(assessment, hypothesis.c.number, reviewer.c.name.label("maker"))
        .join(hypothesis, assessment.c.hypothesis_id == hypothesis.c.id)
        .join(reviewer, assessment.c.reviewer_id == reviewer.c.id)
    )


_OF_ONE = _query().where(assessment.c.hypothesis_id == bindparam("hypothesis"))


def _newest(engine: Engine, query: Select[Any], wanted: dict[str, Any] | None = None) -> list[Assessment]:
    """Of each reviewer on each segment the newest, in order; sorted here, so that the database need not."""
    with reading(engine) as connection:
        rows = sorted(connection.execute(query, wanted or {}), key=lambda row: row.id)
    newest = {(r.number, r.maker): Assessment(r.number, r.version, r.score, r.maker, r.made_at) for r in rows}
    return [newest[key] for key in sorted(newest)]
