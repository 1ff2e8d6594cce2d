"""The log of who did what, for admins."""

from flask import Blueprint, render_template, request

from review.web.desk import desk
from review.web.forms import whole
from review.work import auditing

blueprint = Blueprint("audit", __name__, url_prefix="/log")


@blueprint.get("")
def show() -> str:
    """A page of it, newest first."""
    entries = auditing.log(desk().engine, whole(request.args, "before", 0) or None)
    return render_template("log.html", entries=entries, more=len(entries) == auditing.LOG_PAGE)
