"""Muted checks of a project: their flags are hidden, not deleted. Rows are appended, the newest counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select

from review.store.engine import reading, writing
from review.store.reviewers import DEFAULT_PROJECT
from review.store.schema import project, reviewer
from review.store.schema_rules import muting
from review.store.sums import count_muted, default_view


@dataclass(frozen=True, slots=True)
class Mute:
    """That somebody muted a check, or let it be heard again."""

    check: str
    muted: bool
    reviewer: str
    made_at: datetime


def get_muted(engine: Engine) -> frozenset[str]:
    """The checks that are muted now."""
    with reading(engine) as connection:
        return default_view(connection).muted


def list_mutes(engine: Engine, check: str) -> Sequence[Mute]:
    """Who muted a check or let it be heard again, newest first."""
    query = (
        select(muting.c.check, muting.c.muted, reviewer.c.name, muting.c.made_at)
        .join(reviewer, muting.c.reviewer_id == reviewer.c.id)
        .join(project, muting.c.project_id == project.c.id)
        .where(project.c.name == DEFAULT_PROJECT, muting.c.check == check)
        .order_by(muting.c.id.desc())
    )
    with reading(engine) as connection:
        return [Mute(*row) for row in connection.execute(query)]


def append_mute(engine: Engine, check: str, muted: bool, reviewer_id: int) -> None:
    """Mute a check, or let it be heard again; what is so already is not recorded twice."""
    with writing(engine) as connection:
        if (check in default_view(connection).muted) == muted:
            return
        values = {"check": check, "muted": muted, "reviewer_id": reviewer_id, "made_at": datetime.now(UTC)}
        project_id = connection.scalar(select(project.c.id).where(project.c.name == DEFAULT_PROJECT))
        connection.execute(insert(muting).values(project_id=project_id, **values))
        count_muted(connection, check)
