"""The list of what can be put into the text by one key."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from review.web.desk import desk
from review.web.forms import whole
from review.work import inserting
from review.work.access import find_place

blueprint = Blueprint(
    "inserting", __name__, url_prefix="/batches/<int:batch_id>/segments/<int:number>/insert"
)


@blueprint.post("")
def show(batch_id: int, number: int) -> ResponseReturnValue:
    """What may be put into a text that is being typed."""
    place = find_place(desk().engine, batch_id, whole(request.form, "system", 1), number)
    found = inserting.insertions(desk().engine, place, request.form.get("text", ""))
    return jsonify(panel=render_template("parts/insertions.html", found=found))
