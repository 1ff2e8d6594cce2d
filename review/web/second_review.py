"""Second review: the three texts of a segment, and the verdict on the one that stands."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.web.accounts import reviewer_id, reviewer_name
from review.web.desk import desk, viewer_id
from review.web.forms import draft_of, whole
from review.work import second_review
from review.work.access import Place, find_place
from review.work.second_review import Judge

blueprint = Blueprint("second_review", __name__)
_ADDRESS = "/batches/<int:batch_id>/segments/<int:number>/second-review"


@blueprint.get("/batches/<int:batch_id>/second-review")
def begin(batch_id: int) -> ResponseReturnValue:
    """Go to the first segment that waits for a verdict."""
    system = whole(request.args, "system", 1)
    place = find_place(desk().engine, batch_id, system, 1)
    return _onward(place, second_review.next_waiting(desk().engine, place, _besides(viewer_id())))


@blueprint.get(_ADDRESS)
def show(batch_id: int, number: int) -> str:
    """The machine's text, the first correction and the text as it stands."""
    system = whole(request.args, "system", 1)
    page = second_review.second_review_page(desk().engine, batch_id, system, number, _besides(viewer_id()))
    return render_template("second_review.html", page=page, several=_several())


@blueprint.post(_ADDRESS)
def judge(batch_id: int, number: int) -> ResponseReturnValue:
    """Accept, change or send back; then the next segment that waits."""
    form, engine = request.form, desk().engine
    system, version, comment = whole(form, "system", 1), whole(form, "version", 0), form.get("comment", "")
    place, by = (
        find_place(engine, batch_id, system, number),
        Judge(reviewer_id(), reviewer_name(), _several()),
    )
    if form.get("do") == "accept":
        second_review.accept(engine, place, version, by)
    elif form.get("do") == "send-back":
        second_review.send_back(engine, place, version, comment, by)
    else:
        second_review.change(engine, desk().queue, place, draft_of(form), comment, by, desk().limits)
    following = second_review.next_waiting(engine, place, _besides(reviewer_id()))
    return _onward(place, following)


def _onward(place: Place, following: int | None) -> ResponseReturnValue:
    """To the next segment that waits; without one, stay and say so."""
    system = place.system.position + 1
    address = url_for(
        "second_review.show",
        batch_id=place.batch.id,
        number=place.segment.number if following is None else following,
        system=system if system > 1 else None,
        last=1 if following is None else None,
    )
    return redirect(address, 303 if request.method == "POST" else 302)


def _several() -> bool:
    return bool(current_app.config["SEVERAL_REVIEWERS"])


def _besides(reviewer: int | None) -> int | None:
    """Whose own texts are not offered: the reviewer's, unless nobody else is there."""
    return reviewer if _several() else None
