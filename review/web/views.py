"""How a reviewer wants the pages to look: chosen in the "View" menu, kept for the reviewer."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import local_path
from review.work import preferences
from review.work.preferences import CHOICES

blueprint = Blueprint("views", __name__)


@blueprint.post("/view")
def change() -> ResponseReturnValue:
    """Keep the choices that the form holds."""
    chosen = {c.name: request.form[c.name] for c in CHOICES if c.name in request.form}
    preferences.choose(desk().engine, reviewer_id(), chosen)
    return redirect(local_path(request.form.get("to")), 303)
