"""Comments on a segment, added and taken back beside its text."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.filters import query_of
from review.web.forms import draft_of, filter_of, wants_json, whole
from review.work import commenting, correcting
from review.work.access import Place, find_place

blueprint = Blueprint(
    "comments", __name__, url_prefix="/batches/<int:batch_id>/segments/<int:number>/comments"
)


@blueprint.post("")
def add(batch_id: int, number: int) -> ResponseReturnValue:
    """Add a comment."""
    place = _place(batch_id, number)
    commenting.say(desk().engine, place, request.form.get("comment", ""), reviewer_id())
    return _answer(place)


@blueprint.post("/withdraw")
def withdraw(batch_id: int, number: int) -> ResponseReturnValue:
    """Take a comment of one's own back."""
    place = _place(batch_id, number)
    commenting.take_back(desk().engine, place, whole(request.form, "withdraw", 0), reviewer_id())
    return _answer(place)


def _place(batch_id: int, number: int) -> Place:
    return find_place(desk().engine, batch_id, whole(request.form, "system", 1), number)


def _answer(place: Place) -> ResponseReturnValue:
    """The comments for the page's script; without it the page again, with what was typed saved."""
    if wants_json():
        said = commenting.said(desk().engine, place)
        return jsonify(comments=render_template("parts/comments.html", comments=said, place=place))
    draft = draft_of(request.form)
    correcting.save_typed(desk().engine, desk().queue, place, draft, reviewer_id(), desk().limits)
    query = query_of(filter_of(request.form), place.system.position + 1)
    number = place.segment.number
    address = url_for("segments.show", batch_id=place.batch.id, number=number, _anchor="comments", **query)
    return redirect(address, 303)
