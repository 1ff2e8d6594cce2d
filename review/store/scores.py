"""The last scores of a batch too large to score while its page is asked for."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from review.store.engine import reading, writing
from review.store.schema import score


@dataclass(frozen=True, slots=True)
class StoredScores:
    """A table of scores, when it was made, and how many corrections there were then."""

    computed_at: datetime
    corrections: int
    table: list[dict[str, Any]]


def put_scores(engine: Engine, batch_id: int, corrections: int, table: list[dict[str, Any]]) -> None:
    """Keep these scores instead of any older ones."""
    values = {
        "batch_id": batch_id,
        "computed_at": datetime.now(UTC),
        "corrections": corrections,
        "table": table,
    }
    with writing(engine) as connection:
        connection.execute(delete(score).where(score.c.batch_id == batch_id))
        connection.execute(insert(score).values(values))


def get_scores(engine: Engine, batch_id: int) -> StoredScores | None:
    """The scores kept for a batch, if any."""
    with reading(engine) as connection:
        row = connection.execute(select(score).where(score.c.batch_id == batch_id)).one_or_none()
    return None if row is None else StoredScores(row.computed_at, row.corrections, row.table)
