"""The pages about the checks: what each means, how often it was right, and muting it."""

from itertools import groupby

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import local_path
from review.web.guard import own_projects, project_id
from review.work import check_pages, muting

blueprint = Blueprint("checks", __name__, url_prefix="/checks")


@blueprint.get("")
def index() -> str:
    """Every check, by family."""
    rows = check_pages.checks_page(desk().engine, project_id())
    families = [(family, list(members)) for family, members in groupby(rows, key=lambda row: row.family)]
    projects = own_projects() if desk().settings.accounts else ()
    return render_template("checks.html", rows=rows, families=families, projects=projects)


@blueprint.get("/<check_id>")
def show(check_id: str) -> str:
    """One check."""
    return render_template("check.html", page=check_pages.check_page(desk().engine, project_id(), check_id))


@blueprint.post("/<check_id>/mute")
def mute(check_id: str) -> ResponseReturnValue:
    """Hide a check's flags in all batches of a project, or show them again."""
    muted = request.form.get("muted") == "1"
    muting.set_muted(desk().engine, project_id(), check_id, muted, reviewer_id())
    return redirect(local_path(request.form.get("to")), 303)
