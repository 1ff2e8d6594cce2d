"""Which batches are copies of a blind study, and whose eyes they are for while it is open."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, bindparam, select

from review.store.engine import reading
from review.store.schema import batch, reviewer
from review.store.schema_teamwork import study, study_copy


@dataclass(frozen=True, slots=True)
class StudyCopy:
    """A batch that is one reviewer's copy in a study of another batch."""

    study_id: int
    title: str
    original: int  # id of the batch that the study is about
    reviewer: str
    closed: bool


_COPY = (
    select(study.c.id, study.c.title, study.c.batch_id, reviewer.c.name, study.c.closed_at.is_not(None))
    .join(study_copy, study_copy.c.study_id == study.c.id)
    .join(reviewer, study_copy.c.reviewer_id == reviewer.c.id)
    .where(study_copy.c.batch_id == bindparam("batch"))
)


def find_copy(engine: Engine, batch_id: int) -> StudyCopy | None:
    """The study that a batch is a copy for, if it is one."""
    with reading(engine) as connection:
        row = connection.execute(_COPY, {"batch": batch_id}).one_or_none()
    return None if row is None else StudyCopy(*row)


def shown_to(name: str) -> Any:
    """The condition that a batch is not somebody else's copy in an open study."""
    others = (
        select(study_copy.c.batch_id)
        .join(study, study_copy.c.study_id == study.c.id)
        .join(reviewer, study_copy.c.reviewer_id == reviewer.c.id)
        .where(study.c.closed_at.is_(None), reviewer.c.name != name)
    )
    return batch.c.id.not_in(others)
