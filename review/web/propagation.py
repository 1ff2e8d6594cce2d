"""Propagating a correction to the segments whose machine text is the same."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from review.diff import word_diff
from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import ticked, whole
from review.web.steps import with_step
from review.work import propagating

blueprint = Blueprint(
    "propagation", __name__, url_prefix="/batches/<int:batch_id>/segments/<int:number>/propagate"
)


@blueprint.get("")
def show(batch_id: int, number: int) -> str:
    """What would change."""
    page = propagating.page(desk().engine, batch_id, whole(request.args, "system", 1), number)
    own = word_diff(page.place.segment.hypothesis, page.place.segment.text)
    return render_template("propagate.html", page=page, own=own)


@blueprint.post("")
def propagate(batch_id: int, number: int) -> ResponseReturnValue:
    """Correct the chosen segments, or all of them."""
    form = request.form
    chosen = None if form.get("all") else ticked(form)
    made = propagating.propagate(
        desk().engine, desk().queue, batch_id, whole(form, "system", 1), number, chosen, reviewer_id()
    )
    return with_step(batch_id, made, form.get("to"))
