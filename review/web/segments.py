"""The review page: one segment, its flags, its correction, its history."""

from collections.abc import Sequence

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.errors import BadInput
from review.model import EVERYTHING, Filter
from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.filters import query_of
from review.web.forms import draft_of, filter_of, new_token, whole
from review.web.keys import KEYS
from review.work import correcting, naming, pages
from review.work.access import Place, find_place

blueprint = Blueprint("segments", __name__, url_prefix="/batches/<int:batch_id>/segments")


@blueprint.get("/<int:number>")
def show(batch_id: int, number: int) -> str:
    """A segment to review."""
    system = whole(request.args, "system", 1)
    page = pages.segment_page(desk().engine, batch_id, system, number, filter_of(request.args))
    hidden = request.args.get("reference") == "hide"
    learned = naming.learned_name(desk().engine, page.place, request.args.get("learned", ""))
    return render_template("segment.html", page=page, keys=KEYS, reference_hidden=hidden, learned=learned)


@blueprint.post("/<int:number>")
def save(batch_id: int, number: int) -> ResponseReturnValue:
    """Save the text area; with a flag's button, accept or dismiss that flag too. Works without JavaScript."""
    place, chosen = _place(batch_id, number), filter_of(request.form)
    draft, engine, queue, limits = draft_of(request.form), desk().engine, desk().queue, desk().limits
    if choice := request.form.get("accept"):
        flag_id, suggestion = _numbers(choice, 2)
        learned = correcting.accept(engine, queue, place, draft, flag_id, suggestion, reviewer_id(), limits)
        return redirect(_address(place, number, chosen, learned), 303)
    if choice := request.form.get("dismiss") or request.form.get("reopen"):
        kind = "dismissed" if "dismiss" in request.form else "reopened"
        correcting.decide(engine, place, _numbers(choice, 1)[0], kind, reviewer_id())
        correcting.save_typed(engine, queue, _place(batch_id, number), draft, reviewer_id(), limits)
        return redirect(_address(place, number, chosen), 303)
    learned = correcting.save(engine, queue, place, draft, reviewer_id(), limits)
    if request.form.get("then") == "stay":
        return redirect(_address(place, number, chosen, learned), 303)
    following = pages.next_after(engine, place, chosen, flagged=request.form.get("then") == "flagged")
    return redirect(_address(place, following, chosen, learned), 303)


@blueprint.post("/<int:number>/check")
def check(batch_id: int, number: int) -> ResponseReturnValue:
    """What the page shows for a text being typed: flags and difference, drawn by the page's own templates."""
    place = _place(batch_id, number)
    typed = correcting.as_typed(request.form.get("text", ""), place.segment.text, desk().limits)
    found = pages.check_text(desk().engine, place, typed)
    return jsonify(
        flags=render_template("parts/flags.html", text=typed, flags=found.flags),
        marked=render_template("parts/marked.html", text=typed, flags=found.flags),
        diff=render_template("parts/diff.html", changes=found.own_diff),
        open=sum(live.state == "open" for live in found.flags),
    )


@blueprint.post("/<int:number>/decide")
def decide(batch_id: int, number: int) -> ResponseReturnValue:
    """Dismiss or reopen a flag without leaving the page."""
    place = _place(batch_id, number)
    kind = request.form.get("kind", "")
    correcting.decide(desk().engine, place, whole(request.form, "flag", 0), kind, reviewer_id())
    return jsonify(done=kind)


@blueprint.get("/<int:number>/history")
def history(batch_id: int, number: int) -> str:
    """Every version of the segment."""
    page = pages.history_page(desk().engine, batch_id, whole(request.args, "system", 1), number)
    return render_template("history.html", page=page, token=new_token())


@blueprint.post("/<int:number>/restore")
def restore(batch_id: int, number: int) -> ResponseReturnValue:
    """Bring an earlier version back."""
    place = _place(batch_id, number)
    version = whole(request.form, "restore", 0)
    correcting.restore(
        desk().engine, desk().queue, place, version, draft_of(request.form), reviewer_id(), desk().limits
    )
    return redirect(_address(place, number, EVERYTHING), 303)


def _place(batch_id: int, number: int) -> Place:
    return find_place(desk().engine, batch_id, whole(request.form, "system", 1), number)


def _address(place: Place, number: int | None, chosen: Filter, learned: Sequence[str] = ()) -> str:
    """Where a segment is, or its batch where there is no next one; with a name just learned."""
    query = query_of(
        chosen,
        place.system.position + 1,
        reference=request.form.get("reference"),
        learned=learned[0] if learned else None,
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
