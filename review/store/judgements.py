"""What one reviewer made of each segment of their copy: text, status, marked errors, score."""

from dataclasses import dataclass

from sqlalchemy import Engine, and_, select

from review.model import Status
from review.store.engine import reading
from review.store.schema import correction, hypothesis
from review.store.schema_teamwork import annotation, assessment


@dataclass(frozen=True, slots=True)
class Judgement:
    """A segment as it stands; `marks` are the severities of the errors marked, `score` is ESA's."""

    number: int
    hypothesis: str
    text: str
    version: int
    status: Status
    origin: str  # of the newest correction, "" where there is none
    marks: tuple[str, ...]
    score: float | None

    @property
    def reviewed(self) -> bool:
        return self.status is not Status.UNREVIEWED


def list_judgements(engine: Engine, system_id: int, first: int = 1, last: int = 2**31 - 1) -> list[Judgement]:
    """A stretch of one system's segments with what was made of each, in order."""
    inside = and_(hypothesis.c.system_id == system_id, hypothesis.c.number.between(first, last))
    newest = and_(correction.c.hypothesis_id == hypothesis.c.id, correction.c.version == hypothesis.c.version)
    texts = (
        select(hypothesis, correction.c.text.label("correction"), correction.c.origin)
        .outerjoin(correction, newest)
        .where(inside)
        .order_by(hypothesis.c.number)
    )
    marks = (
        select(annotation.c.hypothesis_id, annotation.c.severity)
        .join(hypothesis, annotation.c.hypothesis_id == hypothesis.c.id)
        .where(inside, annotation.c.withdrawn_at.is_(None))
    )
    scores = (
        select(assessment.c.hypothesis_id, assessment.c.score)
        .join(hypothesis, assessment.c.hypothesis_id == hypothesis.c.id)
        .where(inside)
        .order_by(assessment.c.id)  # so that the newest one is what stays
    )
    with reading(engine) as connection:
        marked: dict[int, list[str]] = {}
        for hypothesis_id, severity in connection.execute(marks):
            marked.setdefault(hypothesis_id, []).append(severity)
        scored = {row.hypothesis_id: float(row.score) for row in connection.execute(scores)}
        return [
            Judgement(
                number=row.number,
                hypothesis=row.text,
                text=row.text if row.correction is None else row.correction,
                version=row.version,
                status=Status(row.status),
                origin=row.origin or "",
                marks=tuple(marked.get(row.id, ())),
                score=scored.get(row.id),
            )
            for row in connection.execute(texts)
        ]
