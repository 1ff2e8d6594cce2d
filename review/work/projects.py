"""Projects, and who may do what in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from review.errors import BadInput, NotAllowed, NotFound
from review.store import batches, invitations, projects
from review.store.engine import Engine
from review.store.invitations import Invitation
from review.store.projects import Member, Project
from review.store.records import Batch
from review.store.roles import Role
from review.text import visible
from review.work import passwords
from review.work.accounts import Person, cleaned_name

LASTS = timedelta(days=7)  # an invitation
_LONGEST_NAME = 100
_RECENT = 20
GIVEN = (Role.READER, Role.REVIEWER, Role.LEAD)  # an admin is made by another one, or by the command line
MEANINGS = {
    Role.READER: "sees everything of the project and exports it",
    Role.REVIEWER: "corrects, comments, marks, judges, dismisses flags",
    Role.LEAD: "imports and deletes batches; rules on names, terms and muted checks; holds studies; invites",
    Role.ADMIN: "does all of this in every project, makes projects, reads the log, sees to accounts",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The project that a request is about, and the role of whoever sends it."""

    project_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project with its members, and what waits to be used or worked on."""

    project: Project
    role: Role
    members: Sequence[Member]
    invitations: Sequence[Invitation]
    batches: Sequence[Batch]


def place_of(engine: Engine, reviewer_id: int, admin: bool, **of: int) -> Place | None:
    """Somebody's place at a `batch` or in a `project`; None where there is none, or they have no role."""
    if any(number >= 2**31 for number in of.values()):
        return None
    standing = projects.find_standing(engine, reviewer_id, **of)
    if standing is None or not (admin or standing.role):
        return None
    return Place(standing.project_id, Role.ADMIN if admin else standing.role or Role.READER)


def allow(place: Place, needed: Role) -> None:
    """NotAllowed unless the role suffices."""
    if place.role.rank < needed.rank:
        raise NotAllowed(
            f"This takes the role {needed.value} in the project; yours is {place.role.value}. "
            "A lead of the project can change it."
        )


def existing(engine: Engine, project_id: int) -> int | None:
    """The project of this id, or for 0 the default one; None where there is none."""
    if not project_id:
        return projects.get_default_project(engine)
    return project_id if projects.find_standing(engine, 0, project=project_id) else None


def own(engine: Engine, reviewer_id: int, admin: bool, needed: Role = Role.READER) -> list[Project]:
    """The projects in which somebody's role suffices."""
    every = projects.list_projects(engine, reviewer_id, every=admin)
    return [one for one in every if admin or (one.role and one.role.rank >= needed.rank)]


def members_who_review(engine: Engine, project_id: int) -> list[str]:
    """The names of those members who may correct."""
    every = projects.list_members(engine, project_id)
    return [one.name for one in every if one.role.rank >= Role.REVIEWER.rank and not one.disabled]


def page(engine: Engine, place: Place, person: Person) -> ProjectPage:
    """A project's page; invitations are for those who may make them."""
    every = projects.list_projects(engine, person.id, every=True)
    project = next(one for one in every if one.id == place.project_id)
    leads = place.role.rank >= Role.LEAD.rank
    return ProjectPage(
        project=project,
        role=place.role,
        members=projects.list_members(engine, project.id),
        invitations=invitations.list_invitations(engine, project.id) if leads else (),
        batches=batches.list_batches(engine, _RECENT, reader=person.name, project_id=project.id),
    )


def create(engine: Engine, name: str, person: Person) -> int:
    """Make a project; its id."""
    return projects.add_project(engine, _name(name), person.name)


def rename(engine: Engine, project_id: int, name: str, person: Person) -> None:
    """Give a project another name."""
    projects.rename_project(engine, project_id, _name(name), person.name)


def set_role(engine: Engine, place: Place, name: str, role: str, person: Person) -> None:
    """Give a member another role, or none (""); only an admin makes a member of somebody who is none."""
    wanted = _role(role) if role else None
    members = {one.name for one in projects.list_members(engine, place.project_id)}
    if name not in members and place.role is not Role.ADMIN:
        raise NotFound("The project has no member of that name: invite them.")
    if not projects.set_role(engine, place.project_id, name, wanted, person.name):
        raise NotFound("There is no account of that name.")


def invite(engine: Engine, project_id: int, role: str, person: Person) -> str:
    """Make an invitation; its token, which is told this once."""
    token = token_urlsafe(32)
    invitations.add_invitation(engine, project_id, _role(role), token, LASTS, person.pair)
    return token


def withdraw(engine: Engine, project_id: int, invitation_id: int, person: Person) -> None:
    """Make an invitation worth nothing."""
    invitations.withdraw_invitation(engine, project_id, invitation_id, person.name)


def find_invitation(engine: Engine, token: str) -> Invitation:
    """What a link invites to, or NotFound."""
    found = invitations.find_invitation(engine, token)
    return _still_open(found)


def accept(engine: Engine, token: str, person: Person) -> int:
    """Use an invitation with one's own account; the project's id."""
    return _still_open(invitations.take_invitation(engine, token, person.pair)).project_id


def accept_newly(engine: Engine, token: str, name: str, password: str) -> int:
    """Use an invitation by making an account; the project's id."""
    find_invitation(engine, token)  # before anything takes long
    kept = passwords.make_hash(password)
    taken = invitations.take_with_new_account(engine, token, cleaned_name(name), kept)
    return _still_open(taken).project_id


def _still_open(found: Invitation | None) -> Invitation:
    if found is None:
        raise NotFound(
            "This invitation was used or withdrawn, or it is older than a week: ask for another one."
        )
    return found


def _name(name: str) -> str:
    name = " ".join(visible(name).split())
    if not name or len(name) > _LONGEST_NAME:
        raise BadInput(f"A project’s name has 1 to {_LONGEST_NAME} characters.")
    return name


def _role(text: str) -> Role:
    if text not in GIVEN:
        raise BadInput(f"A role is one of {', '.join(GIVEN)}, not {text[:20]!r}.")
    return Role(text)
