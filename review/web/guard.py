"""The guard of a team's projects: to whom something is, and whether their role suffices for it.

It looks at every request, whatever blueprint it goes to. On one's own machine there is nobody to guard against.
"""

from typing import Any

from flask import Flask, g, request, session
from flask_login import current_user

from review.errors import NotAllowed, NotFound
from review.store.projects import Project
from review.store.roles import Role
from review.web.accounts import person
from review.web.desk import desk
from review.web.forms import whole
from review.web.roles import CHOOSING, SAFE, role_for
from review.work import auditing, projects, staging, uploads
from review.work.projects import Place

_PROJECT = "project"  # of the session: where somebody was last


def install(app: Flask) -> None:
    """Guard every route of the application."""
    app.before_request(_guard)
    app.context_processor(_of_this_project)
    app.jinja_env.globals["may"] = may


def project_id() -> int:
    """The project that a request is about which names no batch: said in its form or address, or the last one."""
    if desk().settings.accounts:
        return int(g.place.project_id)
    asked = whole(request.values, _PROJECT, 0)
    found = projects.existing(desk().engine, asked)
    if found is None:
        raise NotFound(f"There is no project {asked}.")
    return found


def last_project() -> int:
    """The project that the address names, or else where somebody was last; 0: nowhere yet."""
    return whole(request.args, _PROJECT, 0) or int(session.get(_PROJECT, 0))


def own_projects(needed: Role = Role.READER) -> list[Project]:
    """The projects in which the role of whoever is signed in suffices."""
    return projects.own(desk().engine, person().id, current_user.admin, needed)


def _guard() -> None:
    g.place = None
    if not desk().settings.accounts or request.endpoint is None:
        return
    needed = role_for(request.endpoint, request.method)
    if needed is None:
        return
    if needed is Role.ADMIN:
        if not current_user.admin:
            raise NotAllowed("This takes an admin.")
        return
    g.place = _place(needed)
    projects.allow(g.place, needed)
    if action := auditing.ACTIONS.get(request.endpoint):
        auditing.note(desk().engine, person().name, action, request.path, g.place.project_id)
    if request.method in SAFE and session.get(_PROJECT) != g.place.project_id:
        session[_PROJECT] = g.place.project_id


def _place(needed: Role) -> Place:
    """The place that a request is about; NotFound where there is none for whoever sends it."""
    about = request.view_args or {}
    if "batch_id" in about:
        return _found(f"There is no batch {about['batch_id']}.", batch=about["batch_id"])
    if "project_id" in about:
        return _found(f"There is no project {about['project_id']}.", project=about["project_id"])
    if request.endpoint in CHOOSING:
        return _chosen(needed)
    upload = uploads.kept_upload(staging.folder_of(desk().settings), about.get("token", ""))
    if upload.reviewer_id != person().id:
        raise NotFound("There is nothing here.")
    return _found("There is no such project any more.", project=upload.project_id or 0)


def _found(sentence: str, **of: int) -> Place:
    place = projects.place_of(desk().engine, person().id, current_user.admin, **of)
    if place is None:
        raise NotFound(sentence)
    return place


def _chosen(needed: Role) -> Place:
    asked = whole(request.values, _PROJECT, 0)
    if asked:
        return _found(f"There is no project {asked}.", project=asked)
    last = projects.place_of(desk().engine, person().id, current_user.admin, project=last_project())
    if last is not None and last.role.rank >= needed.rank:
        return last
    own = own_projects(needed)
    if not own:
        raise NotAllowed(
            f"This takes the role {needed.value} in a project, and you have it in none: ask a lead for an invitation."
        )
    return _found("There is no such project any more.", project=own[0].id)


def _of_this_project() -> dict[str, Any]:
    admin = bool(current_user and current_user.is_authenticated and current_user.admin)
    return {"accounts_on": desk().settings.accounts, "place": g.get("place"), "admin": admin}


def may(role: str) -> bool:
    """Whether to offer what takes this role: always, on one's own machine."""
    place: Place | None = g.get("place")
    return not desk().settings.accounts or (place is not None and place.role.rank >= Role(role).rank)
