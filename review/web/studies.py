"""Blind studies of a batch, and the guard that keeps each reviewer's copy for that reviewer."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.web.accounts import reviewer_id, reviewer_name
from review.web.desk import desk
from review.web.forms import draft_of, new_token, whole
from review.web.steps import with_step
from review.work import adjudicating, agreed, projects, studies

blueprint = Blueprint("studies", __name__, url_prefix="/batches/<int:batch_id>/studies")
_SAFE = ("GET", "HEAD", "OPTIONS")
# What may be sent about a copy whose study is closed: nothing of it changes what was measured.
_STILL_TAKEN = (
    "segments.check",
    "batches.delete",
    "batches.scores",
    "comparisons.ask",
    "api.batches.delete",
    "api.scores.ask",
)


@blueprint.before_app_request
def guard() -> None:
    """Whatever a request asks of somebody else's copy in an open study, there is no such batch."""
    g.study_copy = None
    batch_id = (request.view_args or {}).get("batch_id")
    if batch_id is None:
        return
    g.study_copy = studies.copy_for(desk().engine, batch_id, reviewer_name())
    if g.study_copy and request.method not in _SAFE and request.endpoint not in _STILL_TAKEN:
        studies.keep_closed(g.study_copy)


@blueprint.app_context_processor
def _of_this_batch() -> dict[str, Any]:
    return {"study_copy": g.get("study_copy")}


@blueprint.get("")
def index(batch_id: int) -> str:
    """The studies of a batch, and a form that starts one."""
    page = studies.studies_page(desk().engine, batch_id)
    return render_template("studies.html", page=page, names=_names())


@blueprint.post("")
def start(batch_id: int) -> ResponseReturnValue:
    """Start a study."""
    form = request.form
    plan = studies.Plan(
        position=whole(form, "system", 1),
        title=form.get("title", ""),
        first=whole(form, "first", 1),
        last=whole(form, "last", 0),
        reviewers=form.getlist("reviewer"),
        token=form.get("token", "") or new_token(),
    )
    study_id = studies.start(desk().engine, desk().queue, batch_id, plan, _names(), reviewer_id())
    return redirect(url_for("studies.show", batch_id=batch_id, study_id=study_id), 303)


def _names() -> list[str]:
    """Who can take part: the members of the project who correct, or the reviewers that the settings name."""
    if g.place is None:
        return sorted(desk().names, key=str.casefold)
    return projects.members_who_review(desk().engine, g.place.project_id)


@blueprint.get("/<int:study_id>")
def show(batch_id: int, study_id: int) -> str:
    """A study: how far it is, or what came out."""
    first, step = whole(request.args, "from", 1), whole(request.args, "step", 0) or None
    page = adjudicating.study_page(desk().engine, batch_id, study_id, first, step)
    return render_template("study.html", page=page)


@blueprint.post("/<int:study_id>/close")
def close(batch_id: int, study_id: int) -> ResponseReturnValue:
    """Close a study: everybody sees everything."""
    studies.close(desk().engine, batch_id, study_id, reviewer_name())
    return redirect(url_for("studies.show", batch_id=batch_id, study_id=study_id), 303)


@blueprint.post("/<int:study_id>/agreed")
def take_agreed(batch_id: int, study_id: int) -> ResponseReturnValue:
    """Put the texts that everybody left alike into the batch."""
    engine, queue = desk().engine, desk().queue
    made = agreed.take_agreed(engine, queue, batch_id, study_id, adjudicating.ORIGIN, reviewer_id())
    return with_step(batch_id, made, url_for("studies.show", batch_id=batch_id, study_id=study_id))


@blueprint.get("/<int:study_id>/segments/<int:number>")
def compare(batch_id: int, study_id: int, number: int) -> str:
    """A segment on which the reviewers differ, and the choice among their texts."""
    page = adjudicating.adjudication_page(desk().engine, batch_id, study_id, number)
    return render_template("adjudicate.html", page=page)


@blueprint.post("/<int:study_id>/segments/<int:number>")
def adjudicate(batch_id: int, study_id: int, number: int) -> ResponseReturnValue:
    """Put the chosen text into the batch, and go to the next segment that is not settled."""
    page = adjudicating.adjudication_page(desk().engine, batch_id, study_id, number)
    choice, draft = request.form.get("choice", ""), draft_of(request.form)
    following = adjudicating.adjudicate(
        desk().engine, desk().queue, page, choice, draft, reviewer_id(), desk().limits
    )
    if following is None:
        return redirect(url_for("studies.show", batch_id=batch_id, study_id=study_id), 303)
    address = url_for("studies.compare", batch_id=batch_id, study_id=study_id, number=following)
    return redirect(address, 303)
