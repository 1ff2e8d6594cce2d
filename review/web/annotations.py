"""Errors that reviewers mark on the review page, their scores of segments, and both summed up for a batch."""

from functools import lru_cache
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from review.errors import BadInput
from review.metrics.categories import SEVERITIES, Categories
from review.model import EVERYTHING
from review.web.accounts import reviewer_id, reviewer_name
from review.web.desk import desk
from review.web.filters import query_of
from review.web.forms import local_path, uploads, wants_json, whole
from review.web.sureness import confidence
from review.work import annotating, mark_imports, mark_pages, mark_scores
from review.work.access import Place, find_place
from review.work.annotating import Marking, categories_of

blueprint = Blueprint("annotations", __name__, url_prefix="/batches/<int:batch_id>")
_SEGMENT = "/segments/<int:number>/annotations"


@blueprint.post(_SEGMENT)
def add(batch_id: int, number: int) -> ResponseReturnValue:
    """Mark an error."""
    place = _place(batch_id, number)
    mark = annotating.add(desk().engine, place, _marking(), kinds(), reviewer_id())
    return _done(place, "marked", undo=url_for(".remove", batch_id=batch_id, number=number, mark=mark))


@blueprint.post(f"{_SEGMENT}/<int:mark>/change")
def change(batch_id: int, number: int, mark: int) -> ResponseReturnValue:
    """Give a mark another category, severity or comment."""
    place = _place(batch_id, number)
    annotating.change(desk().engine, place, mark, _marking(), kinds(), reviewer_id())
    return _done(place, "changed", undo=url_for(".put_back", batch_id=batch_id, number=number, mark=mark))


@blueprint.post(f"{_SEGMENT}/<int:mark>/remove")
def remove(batch_id: int, number: int, mark: int) -> ResponseReturnValue:
    """Withdraw a mark."""
    place = _place(batch_id, number)
    annotating.remove(desk().engine, place, mark)
    return _done(place, "removed", undo=url_for(".put_back", batch_id=batch_id, number=number, mark=mark))


@blueprint.post(f"{_SEGMENT}/<int:mark>/put-back")
def put_back(batch_id: int, number: int, mark: int) -> ResponseReturnValue:
    """Make a mark stand again as it was."""
    place = _place(batch_id, number)
    annotating.put_back(desk().engine, place, mark, reviewer_id())
    return _done(place, "back as it was")


@blueprint.post(f"{_SEGMENT}/score")
def score(batch_id: int, number: int) -> ResponseReturnValue:
    """Score the segment from 0 to 100."""
    place = _place(batch_id, number)
    annotating.assess(
        desk().engine,
        place,
        _number(request.form.get("anchor") or request.form.get("score", "")),
        reviewer_id(),
    )
    return _done(place, "scored")


@blueprint.post(f"{_SEGMENT}/panel")
def panel(batch_id: int, number: int) -> ResponseReturnValue:
    """The panel of marks for the text as it is being typed."""
    return _drawn(_place(batch_id, number))


@blueprint.get("/marks")
def summary(batch_id: int) -> str:
    """What the marks and scores of a batch add up to, system by system."""
    page = mark_scores.marks_page(desk().engine, batch_id, kinds())
    return render_template("marks.html", page=page, imported=request.args.get("imported"))


@blueprint.post("/marks/import")
def import_marks(batch_id: int) -> ResponseReturnValue:
    """Add the marks or scores of a TSV file."""
    files = uploads("marks")
    if not files:
        raise BadInput("Choose a TSV file with marked errors or scores first.")
    by = reviewer_id(), reviewer_name()
    found = mark_imports.import_file(desk().engine, batch_id, files[0], kinds(), by)
    return redirect(url_for(".summary", batch_id=batch_id, imported=found.marks + found.scores), 303)


@blueprint.app_template_filter("kind_title")
def kind_title(category: str) -> str:
    """A kind of error as people read it."""
    return kinds().title(category)


@blueprint.app_template_filter("kind_nearest")
def kind_nearest(category: str) -> str:
    """The kind of error of our table that a check's category stands for."""
    return kinds().nearest(category).id


@blueprint.app_context_processor
def tables() -> dict[str, Any]:
    """The kinds of error and how bad they can be, for the pages that let one choose."""
    return {"kinds": kinds, "kind_options": _kind_options, "mark_severities": SEVERITIES}


def _kind_options() -> str:
    return _drawn_options(desk().settings.categories)


@lru_cache(maxsize=8)
def _drawn_options(categories: str) -> str:
    """Drawn once: every review page has them, and they are many."""
    return Markup(render_template("parts/kind_options.html", kinds=categories_of(categories)))


def kinds() -> Categories:
    """The table of kinds of error in use."""
    return categories_of(desk().settings.categories)


def _place(batch_id: int, number: int) -> Place:
    return find_place(desk().engine, batch_id, whole(request.form, "system", 1), number)


def _marking() -> Marking:
    form = request.form
    placed = "start" in form and form["start"] != ""
    return Marking(
        version=whole(form, "version", 0),
        side=form.get("side", "target"),
        words=_lines(form.get("words", "")),
        category=form.get("category", ""),
        severity=form.get("severity", ""),
        start=whole(form, "start", 0) if placed else None,
        end=whole(form, "end", 0) if placed else None,
        comment=form.get("comment", ""),
        check=form.get("check", "")[:60] or None,
        typed=_typed() if form.get("at") == "typed" else None,
    )


def _typed() -> str | None:
    """The text area's text, where it is sent along."""
    return _lines(request.form["typed"]) if "typed" in request.form else None


def _lines(text: str) -> str:
    """A form turns every line break into two characters; the page counts one."""
    return text.replace("\r\n", "\n")


def _number(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise BadInput("The score must be a number from 0 to 100.") from None


def _done(place: Place, told: str, undo: str = "") -> ResponseReturnValue:
    """The panel as it is now for the page's script, or the way back to the segment."""
    if wants_json():
        return _drawn(place, told=told, undo=undo)
    query = query_of(EVERYTHING, place.system.position + 1)
    address = url_for("segments.show", batch_id=place.batch.id, number=place.segment.number, **query)
    return redirect(local_path(request.form.get("to") or address) + "#marks", 303)


def _drawn(place: Place, **more: str) -> ResponseReturnValue:
    """The panel, and the texts with their marks."""
    found = mark_pages.panel(desk().engine, place, _typed(), confidence())
    segment = place.segment
    draw = "parts/marked_errors.html"
    return jsonify(
        panel=render_template("parts/marks.html", marks=found.marks, place=place, **more),
        hypothesis=render_template(
            draw, text=segment.hypothesis, flags=found.flags, errors=found.marks.on_hypothesis
        ),
        source=render_template(draw, text=segment.source or "", flags=(), errors=found.marks.on_source),
        **more,
    )
