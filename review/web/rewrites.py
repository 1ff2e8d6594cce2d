"""A rewrite proposed on the review page, where a service for it is configured; nothing here is stored."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from review.errors import NoAnswer
from review.web.desk import desk
from review.web.forms import filter_of, wants_json, whole
from review.web.segments import draw, viewer
from review.work import correcting, rewriting, segment_pages
from review.work.segment_pages import SegmentPage

blueprint = Blueprint(
    "rewrites", __name__, url_prefix="/batches/<int:batch_id>/segments/<int:number>/rewrite"
)


@blueprint.post("")
def propose(batch_id: int, number: int) -> ResponseReturnValue:
    """Ask for a rewrite of the text as typed: for the page's script, or the whole page with it."""
    rewriting.require(desk().settings)
    page = _page(batch_id, number, request.form.get("text", ""))
    try:
        proposal = rewriting.propose(desk().settings, page.place, page.text)
    except NoAnswer as refusal:
        if wants_json():
            raise
        return draw(page, refusal=str(refusal)), refusal.status
    if wants_json():
        return jsonify(proposal=render_template("parts/proposal.html", proposal=proposal, place=page.place))
    return draw(page, proposal=proposal, place=page.place)


@blueprint.post("/use")
def use(batch_id: int, number: int) -> str:
    """The page with a proposal in its text area: the way without the page's script."""
    rewriting.require(desk().settings)
    return draw(_page(batch_id, number, request.form.get("use", "")))


def _page(batch_id: int, number: int, text: str) -> SegmentPage:
    """The review page that was sent, with a text in its text area."""
    engine, form = desk().engine, request.form
    system, version = whole(form, "system", 1), whole(form, "version", 0)
    page = segment_pages.segment_page(engine, batch_id, system, number, filter_of(form), viewer())
    typed = correcting.as_typed(text, page.place.segment.text, desk().limits)
    return segment_pages.typed_page(engine, page, typed, version)
