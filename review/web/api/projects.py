"""Projects, to which batches belong."""

from typing import Annotated

from pydantic import Field

from review.store.projects import Project
from review.store.roles import Role
from review.web.api.operations import Noun
from review.web.api.shapes import Count, Id, Told
from review.web.desk import desk
from review.web.guard import own_projects
from review.work import projects

noun = Noun("projects", __name__, "/projects")


class OneProject(Told):
    """A project with how much it holds."""

    id: Id
    name: str
    batches: Count
    role: Annotated[Role | None, Field(description="Yours; null where none is needed")]


class ProjectList(Told):
    """Projects, by name."""

    projects: list[OneProject]


@noun.get(answers={200: ProjectList})
def index() -> ProjectList:
    """The projects that you have a role in."""
    with_roles = desk().settings.accounts
    found = own_projects() if with_roles else projects.own(desk().engine, 0, admin=True)
    return ProjectList(projects=[_told(one) for one in found])


def _told(one: Project) -> OneProject:
    return OneProject(id=one.id, name=one.name, batches=one.batches, role=one.role)
