"""Reviewers, their sessions, and the project that batches belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, bindparam, insert, or_, select, update

from review.model import Reviewer
from review.store.engine import reading, writing
from review.store.schema import project, reviewer, session
from review.store.schema_team import account, api_token, membership
from review.store.schema_teamwork import preference

_FIRST_PROJECT = "Default"
_KNOWN = (
    select(reviewer.c.id, reviewer.c.name, preference.c.name, preference.c.value)
    .select_from(reviewer)
    .outerjoin(preference, preference.c.reviewer_id == reviewer.c.id)
)
_SIGNED_IN = _KNOWN.join(session, session.c.reviewer_id == reviewer.c.id).where(
    session.c.token_hash == bindparam("token"), session.c.ended_at.is_(None)
)
# Of a team, only whom a password has signed in, lately, to an account that stands.
_HAS_ACCOUNT = (
    _KNOWN.add_columns(account.c.admin)
    .join(account, account.c.reviewer_id == reviewer.c.id)
    .where(account.c.disabled_at.is_(None))
)
_SIGNED_IN_BY_PASSWORD = _HAS_ACCOUNT.join(session, session.c.reviewer_id == reviewer.c.id).where(
    session.c.token_hash == bindparam("token"),
    session.c.ended_at.is_(None),
    session.c.with_password,
    session.c.started_at > bindparam("since"),
)
_BY_TOKEN = _HAS_ACCOUNT.join(api_token, api_token.c.reviewer_id == reviewer.c.id).where(
    api_token.c.token_hash == bindparam("token"), api_token.c.revoked_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Session:
    """Who has signed in, and what they have chosen by name: every page needs both."""

    reviewer: Reviewer
    chosen: Mapping[str, Any]
    admin: bool = False


def ensure_reviewers(engine: Engine, names: tuple[str, ...]) -> None:
    """Have a reviewer of each name, and the default project."""
    now = datetime.now(UTC)
    with writing(engine) as connection:
        there = set(connection.scalars(select(reviewer.c.name)))
        if missing := [name for name in dict.fromkeys(names) if name not in there]:
            connection.execute(insert(reviewer), [{"name": name, "created_at": now} for name in missing])
        if connection.scalar(select(project.c.id).limit(1)) is None:
            connection.execute(insert(project).values(name=_FIRST_PROJECT, created_at=now))


def find_reviewer(engine: Engine, name: str) -> Reviewer | None:
    """The reviewer of that name."""
    with reading(engine) as connection:
        row = connection.execute(
            select(reviewer.c.id, reviewer.c.name).where(reviewer.c.name == name)
        ).one_or_none()
    return None if row is None else Reviewer(*row)


def list_reviewers(engine: Engine, project_id: int) -> list[str]:
    """The names of a project's members, and of all who have no account."""
    members = select(membership.c.reviewer_id).where(membership.c.project_id == project_id)
    accounts = select(account.c.reviewer_id)
    query = select(reviewer.c.name).where(or_(reviewer.c.id.in_(members), reviewer.c.id.not_in(accounts)))
    with reading(engine) as connection:
        return list(connection.scalars(query.order_by(reviewer.c.name)))


def start_session(engine: Engine, reviewer_id: int, token: str, with_password: bool = False) -> None:
    """A session that whoever holds the token has; only the token's hash is kept."""
    values = {"reviewer_id": reviewer_id, "token_hash": hashed(token), "with_password": with_password}
    with writing(engine) as connection:
        connection.execute(insert(session).values(started_at=datetime.now(UTC), **values))


def end_session(engine: Engine, token: str) -> None:
    """From now on nobody is signed in by this token."""
    with writing(engine) as connection:
        connection.execute(
            update(session)
            .where(session.c.token_hash == hashed(token), session.c.ended_at.is_(None))
            .values(ended_at=datetime.now(UTC))
        )


def find_session(engine: Engine, token: str) -> Session | None:
    """Whose session this is, unless it has ended."""
    with reading(engine) as connection:
        rows = connection.execute(_SIGNED_IN, {"token": hashed(token)}).all()
    return _session(rows)


def find_account_session(engine: Engine, token: str, since: datetime) -> Session | None:
    """Whose session this is, unless it has ended, began before `since`, or no password began it."""
    with reading(engine) as connection:
        asked = {"token": hashed(token), "since": since}
        return _session(connection.execute(_SIGNED_IN_BY_PASSWORD, asked).all())


def find_by_token(engine: Engine, token: str) -> Session | None:
    """Whose API token this is, unless it was revoked or the account is disabled."""
    with reading(engine) as connection:
        return _session(connection.execute(_BY_TOKEN, {"token": hashed(token)}).all())


def _session(rows: Sequence[Any]) -> Session | None:
    if not rows:
        return None
    chosen = {row[2]: row[3] for row in rows if row[2] is not None}
    return Session(Reviewer(*rows[0][:2]), chosen, len(rows[0]) > 4 and bool(rows[0][4]))


def hashed(token: str) -> str:
    """What is kept of a token, of which nobody can make the token."""
    return sha256(token.encode()).hexdigest()
