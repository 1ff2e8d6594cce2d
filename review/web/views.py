"""How a reviewer wants the pages to look: chosen in the "View" menu, kept for the reviewer."""

from functools import lru_cache

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from review.web.accounts import likes, reviewer_id
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


def choices(several: bool, references: bool) -> str:
    """What can be chosen in the menu; drawn once for each state of it, because it is long."""
    return _drawn_choices(several, references, tuple(likes().look.items()))


@lru_cache(maxsize=256)
def _drawn_choices(several: bool, references: bool, look: tuple[tuple[str, str], ...]) -> str:
    shown = {"several": several, "references": references, "look": dict(look)}
    return Markup(render_template("review/choices.html", choices=CHOICES, **shown))
