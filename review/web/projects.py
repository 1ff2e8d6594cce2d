"""The projects that somebody has a role in: their members, and invitations into them."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from review.web.accounts import person
from review.web.desk import desk
from review.web.forms import whole
from review.work import projects

blueprint = Blueprint("projects", __name__, url_prefix="/projects")


@blueprint.get("")
def index() -> str:
    """One's projects; an admin's are all there are."""
    found = projects.own(desk().engine, person().id, current_user.admin)
    return render_template("projects.html", projects=found)


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Make a project."""
    project_id = projects.create(desk().engine, request.form.get("name", ""), person())
    return redirect(url_for("projects.show", project_id=project_id), 303)


@blueprint.get("/<int:project_id>")
def show(project_id: int) -> str:
    """A project: its batches, members and invitations."""
    return _page()


@blueprint.post("/<int:project_id>/name")
def rename(project_id: int) -> ResponseReturnValue:
    """Give it another name."""
    projects.rename(desk().engine, project_id, request.form.get("name", ""), person())
    return redirect(url_for("projects.show", project_id=project_id), 303)


@blueprint.post("/<int:project_id>/roles")
def set_role(project_id: int) -> ResponseReturnValue:
    """Give somebody a role, or take it."""
    form = request.form
    projects.set_role(desk().engine, g.place, form.get("name", ""), form.get("role", ""), person())
    if person().name == form.get("name") and not form.get("role"):
        return redirect(url_for("projects.index"), 303)
    return redirect(url_for("projects.show", project_id=project_id), 303)


@blueprint.post("/<int:project_id>/invitations")
def invite(project_id: int) -> str:
    """Make an invitation; the page shows its link this once."""
    token = projects.invite(desk().engine, project_id, request.form.get("role", ""), person())
    return _page(url_for("invitations.show", token=token, _external=True))


@blueprint.post("/<int:project_id>/invitations/withdraw")
def withdraw(project_id: int) -> ResponseReturnValue:
    """Make an invitation worth nothing."""
    projects.withdraw(desk().engine, project_id, whole(request.form, "invitation", 0), person())
    return redirect(url_for("projects.show", project_id=project_id), 303)


def _page(link: str = "") -> str:
    page = projects.page(desk().engine, g.place, person())
    return render_template(
        "project.html", page=page, link=link, roles=projects.GIVEN, meanings=projects.MEANINGS
    )
