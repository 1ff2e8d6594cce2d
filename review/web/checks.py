"""The pages about the checks: what each means, how often it was right, and muting it."""

from itertools import groupby

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import local_path
from review.work import check_pages, muting

blueprint = Blueprint("checks", __name__, url_prefix="/checks")


@blueprint.get("")
def index() -> str:
    """Every check, by family."""
    rows = check_pages.checks_page(desk().engine)
    families = [(family, list(members)) for family, members in groupby(rows, key=lambda row: row.family)]
    return render_template("checks.html", rows=rows, families=families)


@blueprint.get("/<check_id>")
def show(check_id: str) -> str:
    """One check."""
    return render_template("check.html", page=check_pages.check_page(desk().engine, check_id))


@blueprint.post("/<check_id>/mute")
def mute(check_id: str) -> ResponseReturnValue:
    """Hide a check's flags in all batches, or show them again."""
    muting.set_muted(desk().engine, check_id, request.form.get("muted") == "1", reviewer_id())
    return redirect(local_path(request.form.get("to")), 303)
