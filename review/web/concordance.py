"""The concordance: where a word stands in all batches."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from review.web.desk import desk
from review.web.forms import wants_json
from review.work import concordance

blueprint = Blueprint("concordance", __name__, url_prefix="/batches/<int:batch_id>/concordance")


@blueprint.get("")
def show(batch_id: int) -> ResponseReturnValue:
    """The page, or for the review page's panel what was found alone."""
    page = concordance.page(desk().engine, batch_id, request.args.get("q", ""))
    if wants_json():
        return jsonify(found=render_template("parts/concordance.html", page=page))
    return render_template("concordance.html", page=page)
