"""The segments of a system that somebody has rated: reviewed, marked or scored."""

from dataclasses import dataclass

from sqlalchemy import Engine, and_, exists, func, or_, select

from review.model import Status
from review.store.engine import reading
from review.store.schema import correction, hypothesis, reviewer, segment
from review.store.schema_teamwork import assessment


@dataclass(frozen=True, slots=True)
class RatedSegment:
    """A rated segment as it stands; `reviewer` made its newest version."""

    hypothesis_id: int
    number: int
    document: str | None
    source: str | None
    hypothesis: str
    text: str
    version: int
    reviewer: str | None


def list_rated(engine: Engine, batch_id: int, system_id: int) -> list[RatedSegment]:
    """The rated segments of a system in order."""
    newest = and_(correction.c.hypothesis_id == hypothesis.c.id, correction.c.version == hypothesis.c.version)
    here = and_(segment.c.batch_id == batch_id, segment.c.number == hypothesis.c.number)
    query = (
        select(
            hypothesis.c.id,
            hypothesis.c.number,
            segment.c.document,
            segment.c.source,
            hypothesis.c.text,
            func.coalesce(correction.c.text, hypothesis.c.text),
            hypothesis.c.version,
            reviewer.c.name,
        )
        .join(segment, here)
        .outerjoin(correction, newest)
        .outerjoin(reviewer, correction.c.reviewer_id == reviewer.c.id)
        .where(
            hypothesis.c.system_id == system_id,
            or_(
                hypothesis.c.status != Status.UNREVIEWED.value,
                hypothesis.c.annotations > 0,
                exists().where(assessment.c.hypothesis_id == hypothesis.c.id),
            ),
        )
        .order_by(hypothesis.c.number)
    )
    with reading(engine) as connection:
        return [RatedSegment(*row) for row in connection.execute(query)]


def first_numbers(engine: Engine, batch_id: int) -> dict[str | None, int]:
    """Where each document of a batch begins."""
    query = select(segment.c.document, func.min(segment.c.number)).where(segment.c.batch_id == batch_id)
    with reading(engine) as connection:
        return {row[0]: row[1] for row in connection.execute(query.group_by(segment.c.document))}
