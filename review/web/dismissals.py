"""Dismissing all of a check's flags in a batch, and taking any dismissal back."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.model import EVERYTHING
from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.filters import query_of
from review.web.forms import local_path, numbers, wants_json, whole
from review.web.sureness import confidence
from review.work import dismissing

blueprint = Blueprint("dismissals", __name__, url_prefix="/batches/<int:batch_id>/dismissals")


@blueprint.get("")
def preview(batch_id: int) -> str:
    """The flags of one check that would be dismissed."""
    check, system = request.args.get("check", ""), whole(request.args, "system", 1)
    page = dismissing.preview(desk().engine, batch_id, system, check, confidence())
    return render_template("dismissals.html", page=page)


@blueprint.post("")
def dismiss(batch_id: int) -> ResponseReturnValue:
    """Dismiss the chosen ones as one step."""
    chosen, check = numbers(request.form, "flag"), request.form.get("check", "")
    step = dismissing.dismiss_chosen(desk().engine, batch_id, check, chosen, reviewer_id())
    query = query_of(EVERYTHING, whole(request.form, "system", 1), step=step)
    return redirect(url_for("batches.show", batch_id=batch_id, **query), 303)


@blueprint.post("/undo")
def undo(batch_id: int) -> ResponseReturnValue:
    """Take a dismissal back."""
    opened = dismissing.undo(desk().engine, batch_id, whole(request.form, "step", 0), reviewer_id())
    return jsonify(opened=opened) if wants_json() else redirect(local_path(request.form.get("to")), 303)
