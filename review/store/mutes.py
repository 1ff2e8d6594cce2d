"""Muted checks of a project: their flags are hidden, not deleted. Rows are appended, the newest counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select

from review.store.engine import reading, writing
from review.store.schema import reviewer
from review.store.schema_rules import muting
from review.store.sums import count_muted, default_view


@dataclass(frozen=True, slots=True)
class Mute:
    """That somebody muted a check, or let it be heard again."""

    check: str
    muted: bool
    reviewer: str
    made_at: datetime


def get_muted(engine: Engine, project_id: int) -> frozenset[str]:
    """The checks that are muted in a project now."""
    with reading(engine) as connection:
        return default_view(connection, project_id).muted


def list_mutes(engine: Engine, project_id: int, check: str) -> Sequence[Mute]:
    """Who in a project muted a check or let it be heard again, newest first."""
    query = (
        select(muting.c.check, muting.c.muted, reviewer.c.name, muting.c.made_at)
        .join(reviewer, muting.c.reviewer_id == reviewer.c.id)
        .where(muting.c.project_id == project_id, muting.c.check == check)
        .order_by(muting.c.id.desc())
    )
    with reading(engine) as connection:
        return [Mute(*row) for row in connection.execute(query)]


def append_mute(engine: Engine, project_id: int, check: str, muted: bool, reviewer_id: int) -> None:
    """Mute a check, or let it be heard again; what is so already is not recorded twice."""
    with writing(engine) as connection:
        if (check in default_view(connection, project_id).muted) == muted:
            return
        values = {"check": check, "muted": muted, "reviewer_id": reviewer_id, "made_at": datetime.now(UTC)}
        connection.execute(insert(muting).values(project_id=project_id, **values))
        count_muted(connection, project_id, check)
