"""What is known of accounts besides what they are: their last sign-ins, and their roles by project."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from review.store.engine import reading
from review.store.roles import Role
from review.store.schema import project, session
from review.store.schema_team import account, membership


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role in a project."""

    project_id: int
    project: str
    role: Role


def list_last_sign_ins(engine: Engine, account_ids: Sequence[int]) -> dict[int, datetime]:
    """When each of these accounts signed in last, by id; without those who never did."""
    query = (
        select(session.c.reviewer_id, func.max(session.c.started_at))
        .join(account, account.c.reviewer_id == session.c.reviewer_id)
        .where(session.c.reviewer_id.in_(account_ids), session.c.with_password)
        .where(session.c.started_at >= account.c.made_at)  # an account of that name before is another one
        .group_by(session.c.reviewer_id)
    )
    with reading(engine) as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def list_roles(engine: Engine, account_ids: Sequence[int]) -> dict[int, list[RoleHeld]]:
    """The roles of these accounts, by id, each account's by the name of the project."""
    query = (
        select(membership.c.reviewer_id, project.c.id, project.c.name, membership.c.role)
        .join(project, membership.c.project_id == project.c.id)
        .where(membership.c.reviewer_id.in_(account_ids))
    )
    found: dict[int, list[RoleHeld]] = {}
    with reading(engine) as connection:
        for row in sorted(connection.execute(query), key=lambda one: one[2].casefold()):
            found.setdefault(row[0], []).append(RoleHeld(row[1], row[2], Role(row[3])))
    return found
