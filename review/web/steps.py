"""Taking a step back that changed several texts at once."""

from flask import Blueprint, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import local_path, wants_json, whole
from review.work import steps

blueprint = Blueprint("steps", __name__, url_prefix="/batches/<int:batch_id>/steps")


@blueprint.post("/undo")
def undo(batch_id: int) -> ResponseReturnValue:
    """Take a step back in what nobody has changed since."""
    step = whole(request.form, "step", 0)
    undone = steps.undo(desk().engine, desk().queue, batch_id, step, reviewer_id())
    return jsonify(undone=undone) if wants_json() else redirect(local_path(request.form.get("to")), 303)
