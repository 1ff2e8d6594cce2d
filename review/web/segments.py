"""The review page: one segment, its flags, its correction, its history."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.errors import BadInput
from review.model import EVERYTHING, Filter
from review.web.accounts import likes, reviewer_id
from review.web.desk import desk, viewer_id
from review.web.filters import query_of
from review.web.forms import draft_of, filter_of, gain_of, new_token, wants_json, whole
from review.web.own_keys import keys_panel
from review.web.sureness import confidence, remember_confidence
from review.web.views import choices
from review.work import (
    commenting,
    correcting,
    deepening,
    dismissing,
    drafting,
    naming,
    propagating,
    rewriting,
    segment_pages,
)
from review.work.access import Place, find_place
from review.work.segment_pages import SegmentPage, Viewer

blueprint = Blueprint("segments", __name__, url_prefix="/batches/<int:batch_id>/segments")


@blueprint.get("/<int:number>")
def show(batch_id: int, number: int) -> str:
    """A segment to review."""
    system, step = whole(request.args, "system", 1), whole(request.args, "step", 0) or None
    chosen = filter_of(request.args)
    gain = gain_of(request.args, chosen)
    page = segment_pages.segment_page(desk().engine, batch_id, system, number, chosen, viewer(), step, gain)
    learned = naming.learned_name(desk().engine, page.place, request.args.get("learned", ""))
    saved = whole(request.args, "spread", 0) or None
    return draw(page, learned=learned, spread=propagating.offer(desk().engine, batch_id, system, saved))


def viewer() -> Viewer:
    """Whoever sends this request, and what they like to see."""
    return Viewer(viewer_id(), confidence(), likes().look["columns"] == "all")


def draw(page: SegmentPage, **more: Any) -> str:
    """The review page, with what else its template is to show."""
    rewriter = rewriting.host(desk().settings)
    return render_template(
        "segment.html", page=page, keys_panel=keys_panel, choices=choices, rewriter=rewriter, **more
    )


@blueprint.post("/<int:number>")
def save(batch_id: int, number: int) -> ResponseReturnValue:
    """Save the text area; with another button, do what that says too. Works without JavaScript."""
    place, chosen = _place(batch_id, number), filter_of(request.form)
    draft, engine, queue, limits = draft_of(request.form), desk().engine, desk().queue, desk().limits
    commenting.say_typed(engine, place, request.form.get("comment", ""), reviewer_id())
    if choice := request.form.get("accept"):
        flag_id, suggestion = _numbers(choice, 2)
        learned = correcting.accept(engine, queue, place, draft, flag_id, suggestion, reviewer_id(), limits)
        return redirect(_address(place, number, chosen, learned), 303)
    if any(name in request.form for name in ("dismiss", "reopen", "view")):
        step = _decided(place)
        correcting.save_typed(engine, queue, _place(batch_id, number), draft, reviewer_id(), limits)
        return redirect(_address(place, number, chosen, step=step), 303)
    spread = number if propagating.has_twins(engine, place) else None
    learned = correcting.save(engine, queue, place, draft, reviewer_id(), limits)
    following: int | None = number
    if request.form.get("then") != "stay":
        flagged = request.form.get("then") == "flagged"
        gain = gain_of(request.form, chosen)
        following = segment_pages.next_after(engine, place, chosen, confidence(), flagged, gain)
    address = _address(place, following, chosen, learned, spread=spread)
    return jsonify(address=address) if wants_json() else redirect(address, 303)


@blueprint.post("/<int:number>/draft")
def draft(batch_id: int, number: int) -> ResponseReturnValue:
    """Keep what is typed and not saved; from the page of a conflict, give it up for the text that stands."""
    place = _place(batch_id, number)
    drafting.keep(desk().engine, place, draft_of(request.form), reviewer_id(), desk().limits)
    if wants_json():
        return jsonify(kept=True)
    query = query_of(EVERYTHING, place.system.position + 1, keep="theirs")
    return redirect(url_for("segments.show", batch_id=batch_id, number=number, **query), 303)


@blueprint.get("/<int:number>/next-flagged")
def next_flagged(batch_id: int, number: int) -> ResponseReturnValue:
    """Go to the next segment with open flags."""
    place = find_place(desk().engine, batch_id, whole(request.args, "system", 1), number)
    chosen = filter_of(request.args)
    following = segment_pages.next_after(desk().engine, place, chosen, confidence(), flagged=True)
    return redirect(_address(place, following, chosen))


@blueprint.get("/go")
def go(batch_id: int) -> ResponseReturnValue:
    """Go to a segment by its number."""
    place = find_place(
        desk().engine, batch_id, whole(request.args, "system", 1), whole(request.args, "number", 1)
    )
    return redirect(_address(place, place.segment.number, filter_of(request.args)))


@blueprint.post("/<int:number>/check")
def check(batch_id: int, number: int) -> ResponseReturnValue:
    """What the page shows for a text being typed: flags and difference, drawn by the page's own templates."""
    place = _place(batch_id, number)
    typed = correcting.as_typed(request.form.get("text", ""), place.segment.text, desk().limits)
    found = segment_pages.check_text(desk().engine, place, typed, confidence())
    return jsonify(
        flags=render_template("parts/flags.html", text=typed, flags=found.flags, place=place),
        marked=render_template("parts/marked.html", text=typed, flags=found.flags),
        diff=render_template("parts/diff.html", changes=found.own_diff),
        open=sum(live.state == "open" for live in found.flags),
        less_sure=render_template("parts/less_sure.html", hidden=found.hidden),
    )


@blueprint.post("/<int:number>/decide")
def decide(batch_id: int, number: int) -> ResponseReturnValue:
    """Dismiss or reopen a flag without leaving the page; the step that takes a dismissal back."""
    place, flag_id = _place(batch_id, number), whole(request.form, "flag", 0)
    kind, scope = request.form.get("kind", ""), request.form.get("scope", "once")
    step = None
    if kind == "dismissed":
        step = dismissing.dismiss(desk().engine, place, flag_id, scope, reviewer_id())
    elif kind == "reopened":
        dismissing.reopen(desk().engine, place, flag_id, reviewer_id())
    else:
        raise BadInput("A flag can be dismissed or reopened.")
    return jsonify(done=kind, step=step)


@blueprint.get("/<int:number>/waiting")
def waiting(batch_id: int, number: int) -> ResponseReturnValue:
    """Whether the deep checks have still to see this segment, for the page that waits for them."""
    place = find_place(desk().engine, batch_id, whole(request.args, "system", 1), number)
    return jsonify(waiting=any(deepening.waits(desk().engine, place.batch, [place.segment])))


@blueprint.get("/<int:number>/history")
def history(batch_id: int, number: int) -> str:
    """Every version of the segment."""
    page = segment_pages.history_page(desk().engine, batch_id, whole(request.args, "system", 1), number)
    return render_template("history.html", page=page, token=new_token())


@blueprint.post("/<int:number>/restore")
def restore(batch_id: int, number: int) -> ResponseReturnValue:
    """Bring an earlier version back."""
    place = _place(batch_id, number)
    version = whole(request.form, "restore", 0)
    draft = draft_of(request.form, text="")
    correcting.restore(desk().engine, desk().queue, place, version, draft, reviewer_id(), desk().limits)
    return redirect(_address(place, number, EVERYTHING), 303)


def _place(batch_id: int, number: int) -> Place:
    return find_place(desk().engine, batch_id, whole(request.form, "system", 1), number)


def _decided(place: Place) -> int | None:
    """Do what a button beside the text area says; the step that takes a dismissal back."""
    if choice := request.form.get("dismiss"):
        flag_id, _, scope = choice.partition(":")
        wanted = scope or "once"
        return dismissing.dismiss(desk().engine, place, _numbers(flag_id, 1)[0], wanted, reviewer_id())
    if choice := request.form.get("reopen"):
        dismissing.reopen(desk().engine, place, _numbers(choice, 1)[0], reviewer_id())
    elif request.form.get("view"):
        remember_confidence(request.form)
    return None


def _address(
    place: Place, number: int | None, chosen: Filter, learned: Sequence[str] = (), **more: int | None
) -> str:
    """Where a segment is, or its batch where there is no next one; with what has just been learned or done."""
    query = query_of(
        chosen,
        place.system.position + 1,
        learned=learned[0] if learned else None,
        gain=gain_of(request.form, chosen) if number == place.segment.number else None,
        **more,
    )
    if number is None:
        return url_for("batches.show", batch_id=place.batch.id, done=1, **query)
    return url_for("segments.show", batch_id=place.batch.id, number=number, **query)


def _numbers(text: str, count: int) -> list[int]:
    """The numbers of a button's value: "12:0" is flag 12, its first suggestion."""
    parts = text.split(":")
    if len(parts) != count or not all(p.isascii() and p.isdigit() and len(p) < 16 for p in parts):
        raise BadInput("This button's value cannot be read; reload the page.")
    return [int(part) for part in parts]
