"""Projects: who is a member of which, and in what role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, delete, func, insert, literal, select, update

from review.store.arriving import WHOLE
from review.store.audits import insert_audit
from review.store.engine import reading, refused_if_taken, writing
from review.store.roles import Role
from review.store.schema import batch, project, reviewer
from review.store.schema_team import account, membership


@dataclass(frozen=True, slots=True)
class Project:
    """A project with how much it holds; `role` is that of whoever asked, None for an admin's without one."""

    id: int
    name: str
    batches: int
    members: int
    role: Role | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a project."""

    id: int
    name: str
    role: Role
    disabled: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The project that something belongs to, and somebody's role there, if any."""

    project_id: int
    role: Role | None


_TAKEN = "Another project has this name: choose a different one."
_OWN = and_(membership.c.project_id == project.c.id, membership.c.reviewer_id == bindparam("reviewer"))
_ROLE = select(project.c.id, membership.c.role).outerjoin(membership, _OWN)
_ROLE_IN_PROJECT = _ROLE.where(project.c.id == bindparam("project"))
_ROLE_AT_BATCH = _ROLE.join(batch, and_(batch.c.project_id == project.c.id, WHOLE)).where(
    batch.c.id == bindparam("batch")
)


def default_project(connection: Connection) -> int:
    """The project of whoever names none: the first there was."""
    return int(connection.scalar(select(func.min(project.c.id))) or 0)


def get_default_project(engine: Engine) -> int:
    """The same, asked by itself."""
    with reading(engine) as connection:
        return default_project(connection)


def find_standing(engine: Engine, reviewer_id: int, **of: int) -> Standing | None:
    """The project of a `batch`, or a `project` itself, with a reviewer's role there; None: there is none."""
    query = _ROLE_AT_BATCH if "batch" in of else _ROLE_IN_PROJECT
    with reading(engine) as connection:
        row = connection.execute(query, {"reviewer": reviewer_id, **of}).one_or_none()
    return None if row is None else Standing(row[0], None if row[1] is None else Role(row[1]))


def list_projects(engine: Engine, reviewer_id: int, every: bool) -> list[Project]:
    """The projects that somebody has a role in, or all of them, by name."""
    batches = select(func.count()).where(batch.c.project_id == project.c.id, WHOLE).scalar_subquery()
    theirs = membership.alias("theirs")
    members = select(func.count()).where(theirs.c.project_id == project.c.id).scalar_subquery()
    query = select(project.c.id, project.c.name, batches, members, membership.c.role)
    query = query.join(membership, _OWN, isouter=every)
    with reading(engine) as connection:
        rows = connection.execute(query, {"reviewer": reviewer_id}).all()
    found = [Project(*row[:4], role=Role(row[4]) if row[4] else None) for row in rows]
    return sorted(found, key=lambda one: one.name.casefold())


def list_members(engine: Engine, project_id: int) -> Sequence[Member]:
    """Who has a role in a project, by name."""
    query = (
        select(reviewer.c.id, reviewer.c.name, membership.c.role, account.c.disabled_at.is_not(None))
        .join(membership, membership.c.reviewer_id == reviewer.c.id)
        .join(account, account.c.reviewer_id == reviewer.c.id)
        .where(membership.c.project_id == project_id)
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    found = [Member(row[0], row[1], Role(row[2]), bool(row[3])) for row in rows]
    return sorted(found, key=lambda one: one.name.casefold())


def add_project(engine: Engine, name: str, who: str) -> int:
    """Make a project; its id. BadInput where one has this name."""
    with writing(engine) as connection, refused_if_taken(_TAKEN):
        values = {"name": name, "created_at": datetime.now(UTC)}
        query = insert(project).values(**values).returning(project.c.id)
        project_id = int(connection.execute(query).scalar_one())
        insert_audit(connection, who, "project", f"made “{name}”", project_id)
        return project_id


def rename_project(engine: Engine, project_id: int, name: str, who: str) -> None:
    """Give a project another name; BadInput where another one has it."""
    with writing(engine) as connection, refused_if_taken(_TAKEN):
        connection.execute(update(project).where(project.c.id == project_id).values(name=name))
        insert_audit(connection, who, "project", f"renamed to “{name}”", project_id)


def set_role(engine: Engine, project_id: int, name: str, role: Role | None, who: str) -> bool:
    """Give the account of this name a role in a project, or None; False where there is no such account."""
    with writing(engine) as connection:
        query = select(reviewer.c.id).join(account, account.c.reviewer_id == reviewer.c.id)
        reviewer_id = connection.scalar(query.where(reviewer.c.name == name))
        if reviewer_id is None:
            return False
        put_role(connection, project_id, reviewer_id, role)
        told = f"{name} is {role.value} now" if role else f"{name} has none any more"
        insert_audit(connection, who, "role", told, project_id)
        return True


def put_role(connection: Connection, project_id: int, reviewer_id: int, role: Role | None) -> None:
    """Set a role within somebody's transaction."""
    own = (membership.c.project_id == project_id, membership.c.reviewer_id == reviewer_id)
    connection.execute(delete(membership).where(*own))
    if role is not None:
        values: dict[str, Any] = {"project_id": project_id, "reviewer_id": reviewer_id, "role": role.value}
        connection.execute(insert(membership).values(**values))


def seen_by(reviewer_id: int | None) -> Any:
    """The condition that a batch is of a project in which a reviewer has a role; of any, for None."""
    if reviewer_id is None:
        return literal(True)
    own = select(membership.c.project_id).where(membership.c.reviewer_id == reviewer_id)
    return batch.c.project_id.in_(own)
