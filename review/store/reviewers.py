"""Reviewers, their sessions, and the project that batches belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, bindparam, insert, select, update

from review.model import Reviewer
from review.store.engine import reading, writing
from review.store.schema import project, reviewer, session
from review.store.schema_teamwork import preference

DEFAULT_PROJECT = "Default"
_SIGNED_IN = (
    select(reviewer.c.id, reviewer.c.name, preference.c.name, preference.c.value)
    .select_from(reviewer)
    .join(session, session.c.reviewer_id == reviewer.c.id)
    .outerjoin(preference, preference.c.reviewer_id == reviewer.c.id)
    .where(session.c.token_hash == bindparam("token"), session.c.ended_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Session:
    """Who has signed in, and what they have chosen by name: every page needs both."""

    reviewer: Reviewer
    chosen: Mapping[str, Any]


def ensure_reviewers(engine: Engine, names: tuple[str, ...]) -> None:
    """Have a reviewer of each name, and the default project."""
    now = datetime.now(UTC)
    with writing(engine) as connection:
        there = set(connection.scalars(select(reviewer.c.name)))
        if missing := [name for name in dict.fromkeys(names) if name not in there]:
            connection.execute(insert(reviewer), [{"name": name, "created_at": now} for name in missing])
        if connection.scalar(select(project.c.id).where(project.c.name == DEFAULT_PROJECT)) is None:
            connection.execute(insert(project).values(name=DEFAULT_PROJECT, created_at=now))


def find_reviewer(engine: Engine, name: str) -> Reviewer | None:
    """The reviewer of that name."""
    with reading(engine) as connection:
        row = connection.execute(
            select(reviewer.c.id, reviewer.c.name).where(reviewer.c.name == name)
        ).one_or_none()
    return None if row is None else Reviewer(*row)


def list_reviewers(engine: Engine) -> list[str]:
    """The names of all reviewers."""
    with reading(engine) as connection:
        return list(connection.scalars(select(reviewer.c.name).order_by(reviewer.c.name)))


def start_session(engine: Engine, reviewer_id: int, token: str) -> None:
    """A session that whoever holds the token has; only the token's hash is kept."""
    with writing(engine) as connection:
        connection.execute(
            insert(session).values(
                reviewer_id=reviewer_id, token_hash=_hash(token), started_at=datetime.now(UTC)
            )
        )


def end_session(engine: Engine, token: str) -> None:
    """From now on nobody is signed in by this token."""
    with writing(engine) as connection:
        connection.execute(
            update(session)
            .where(session.c.token_hash == _hash(token), session.c.ended_at.is_(None))
            .values(ended_at=datetime.now(UTC))
        )


def find_session(engine: Engine, token: str) -> Session | None:
    """Whose session this is, unless it has ended."""
    with reading(engine) as connection:
        rows = connection.execute(_SIGNED_IN, {"token": _hash(token)}).all()
    if not rows:
        return None
    return Session(Reviewer(*rows[0][:2]), {row[2]: row[3] for row in rows if row[2] is not None})


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
