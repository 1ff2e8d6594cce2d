"""What a page about the progress of a batch counts: whose corrections, when, how long, how many edits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from review.model import Status
from review.store.engine import reading
from review.store.schema import correction, decision, hypothesis, reviewer, system


@dataclass(frozen=True, slots=True)
class Made:
    """One correction; `current` where it is its segment's newest text and that is reviewed."""

    reviewer: str
    hypothesis_id: int
    made_at: datetime
    seconds: float | None
    edits: float
    words: float
    current: bool


def list_made(engine: Engine, batch_id: int) -> list[Made]:
    """Every correction in a batch, in the order in which they were made."""
    current = (correction.c.version == hypothesis.c.version) & (
        hypothesis.c.status != Status.UNREVIEWED.value
    )
    query = (
        select(
            reviewer.c.name,
            correction.c.hypothesis_id,
            correction.c.made_at,
            correction.c.seconds,
            correction.c.edits,
            correction.c.length,
            current,
        )
        .join(hypothesis, correction.c.hypothesis_id == hypothesis.c.id)
        .join(system, hypothesis.c.system_id == system.c.id)
        .join(reviewer, correction.c.reviewer_id == reviewer.c.id)
        .where(system.c.batch_id == batch_id)
        .order_by(correction.c.id)
    )
    with reading(engine) as connection:
        return [Made(*row) for row in connection.execute(query)]


def count_decided(engine: Engine, batch_id: int) -> dict[tuple[str, str], int]:
    """How many flags of a batch each reviewer accepted or dismissed, by name and kind."""
    query = (
        select(reviewer.c.name, decision.c.kind, func.count())
        .join(reviewer, decision.c.reviewer_id == reviewer.c.id)
        .join(hypothesis, decision.c.hypothesis_id == hypothesis.c.id)
        .join(system, hypothesis.c.system_id == system.c.id)
        .where(system.c.batch_id == batch_id)
        .group_by(reviewer.c.name, decision.c.kind)
    )
    with reading(engine) as connection:
        return {(name, kind): int(made) for name, kind, made in connection.execute(query)}
