"""Steps that changed several texts at once: where they are shown, and taking one back."""

from urllib.parse import urlencode

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import local_path, wants_json, whole
from review.work import steps
from review.work.steps import Made

blueprint = Blueprint("steps", __name__, url_prefix="/batches/<int:batch_id>/steps")


@blueprint.post("/undo")
def undo(batch_id: int) -> ResponseReturnValue:
    """Take a step back in what nobody has changed since."""
    step = whole(request.form, "step", 0)
    undone = steps.undo(desk().engine, desk().queue, batch_id, step, reviewer_id())
    if wants_json():
        return jsonify(undone=undone, notice=_notice(batch_id, step))
    return redirect(local_path(request.form.get("to")), 303)


def with_step(batch_id: int, made: Made, to: str | None) -> ResponseReturnValue:
    """Back to the page that asked for the step, which shows it with its undo."""
    if wants_json():
        return jsonify(step=made.step, notice=_notice(batch_id, made.step, made.left_out))
    address = local_path(to)
    return redirect(f"{address}{'&' if '?' in address else '?'}{urlencode({'step': made.step})}", 303)


def _notice(batch_id: int, step: int, left_out: int = 0) -> str:
    page = steps.step_page(desk().engine, batch_id, step)
    return render_template("parts/step_made.html", step=page.step, batch=page.batch, left_out=left_out)
