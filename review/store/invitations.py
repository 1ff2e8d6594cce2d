"""Invitations into a project: links that work once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from review.store.accounts import insert_account, insert_reviewer
from review.store.audits import insert_audit
from review.store.engine import reading, refused_if_taken, writing
from review.store.projects import put_role
from review.store.reviewers import hashed
from review.store.roles import Role
from review.store.schema import project, reviewer
from review.store.schema_team import invitation, membership


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can still be used."""

    id: int
    project_id: int
    project: str
    role: Role
    maker: str
    expires_at: datetime


_TAKEN = "Somebody here has this name already: choose another one."
_OPEN = (
    select(
        invitation.c.id,
        project.c.id,
        project.c.name,
        invitation.c.role,
        reviewer.c.name,
        invitation.c.expires_at,
    )
    .join(project, invitation.c.project_id == project.c.id)
    .join(reviewer, invitation.c.reviewer_id == reviewer.c.id)
    .where(invitation.c.used_by.is_(None), invitation.c.withdrawn_at.is_(None))
)


def add_invitation(
    engine: Engine, project_id: int, role: Role, token: str, lasts: timedelta, maker: tuple[int, str]
) -> None:
    """Keep an invitation that whoever has the token can use; `maker` is who made it, id and name."""
    now = datetime.now(UTC)
    values = {"project_id": project_id, "role": role.value, "token_hash": hashed(token), "made_at": now}
    with writing(engine) as connection:
        own = {"reviewer_id": maker[0], "expires_at": now + lasts}
        connection.execute(insert(invitation).values(**values, **own))
        insert_audit(connection, maker[1], "invitation", f"made one for a {role.value}", project_id)


def find_invitation(engine: Engine, token: str) -> Invitation | None:
    """The invitation of a token, unless it was used or withdrawn or is too old."""
    with reading(engine) as connection:
        found = _open(connection, invitation.c.token_hash == hashed(token))
    return found[0] if found else None


def list_invitations(engine: Engine, project_id: int) -> Sequence[Invitation]:
    """A project's invitations that can still be used, newest first."""
    with reading(engine) as connection:
        return _open(connection, invitation.c.project_id == project_id)


def withdraw_invitation(engine: Engine, project_id: int, invitation_id: int, who: str) -> None:
    """From now on this link is worth nothing."""
    own = (invitation.c.project_id == project_id, invitation.c.id == invitation_id)
    unused = (invitation.c.used_by.is_(None), invitation.c.withdrawn_at.is_(None))
    with writing(engine) as connection:
        query = update(invitation).where(*own, *unused).values(withdrawn_at=datetime.now(UTC))
        if connection.execute(query).rowcount:
            insert_audit(connection, who, "invitation", "withdrew one", project_id)


def take_invitation(engine: Engine, token: str, taker: tuple[int, str]) -> Invitation | None:
    """Let an account, id and name, use an invitation; None where it can be used no more."""
    with writing(engine) as connection:
        one = _lock(connection, token)
        if one is not None:
            _use(connection, one, *taker)
        return one


def take_with_new_account(engine: Engine, token: str, name: str, password_hash: str) -> Invitation | None:
    """Make an account and let it use an invitation, both or neither; None where it can be used no more.

    BadInput where somebody has the name, also without an account: it stands beside their work.
    """
    with writing(engine) as connection, refused_if_taken(_TAKEN):
        one = _lock(connection, token)
        if one is not None:
            reviewer_id = insert_reviewer(connection, name)
            insert_account(connection, reviewer_id, password_hash, admin=False)
            insert_audit(connection, name, "account", f"made {name}, invited")
            _use(connection, one, reviewer_id, name)
        return one


def _lock(connection: Connection, token: str) -> Invitation | None:
    """The invitation, which nobody else can use until the transaction ends."""
    found = _open(connection, invitation.c.token_hash == hashed(token), lock=True)
    return found[0] if found else None


def _use(connection: Connection, one: Invitation, reviewer_id: int, name: str) -> None:
    connection.execute(update(invitation).where(invitation.c.id == one.id).values(used_by=reviewer_id))
    own = (membership.c.project_id == one.project_id, membership.c.reviewer_id == reviewer_id)
    before = connection.scalar(select(membership.c.role).where(*own))
    if before is None or Role(before).rank < one.role.rank:
        put_role(connection, one.project_id, reviewer_id, one.role)
    told = f"used one of {one.maker}’s as {one.role.value}"
    insert_audit(connection, name, "invitation", told, one.project_id)


def _open(connection: Connection, condition: Any, lock: bool = False) -> list[Invitation]:
    query = _OPEN.where(condition, invitation.c.expires_at > datetime.now(UTC))
    if lock:
        query = query.with_for_update(of=invitation)
    rows = connection.execute(query.order_by(invitation.c.id.desc()))
    return [Invitation(row[0], row[1], row[2], Role(row[3]), row[4], row[5]) for row in rows]
