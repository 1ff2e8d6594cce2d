"""Accepting all flags of a kind in a batch."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import numbers, whole
from review.web.sureness import confidence
from review.work import accepting
from review.work.accepting import Kind

blueprint = Blueprint("accepting", __name__, url_prefix="/batches/<int:batch_id>/accept-all")


@blueprint.get("")
def show(batch_id: int) -> str:
    """The flags of one kind, each with its suggestion put in."""
    args = request.args
    step = whole(args, "done", 0) or None
    page = accepting.page(desk().engine, batch_id, whole(args, "system", 1), _kind(args), step)
    taken, left_out = whole(args, "taken", 0), whole(args, "left_out", 0)
    return render_template("accept_all.html", page=page, taken=taken, left_out=left_out)


@blueprint.post("")
def accept(batch_id: int) -> ResponseReturnValue:
    """Put the chosen suggestions in."""
    form, desk_ = request.form, desk()
    kind, system, chosen = _kind(form), whole(form, "system", 1), numbers(form, "flag")
    made = accepting.accept(
        desk_.engine, desk_.queue, batch_id, system, kind, chosen, reviewer_id(), desk_.limits
    )
    page = url_for(
        "accepting.show",
        batch_id=batch_id,
        system=system if system > 1 else None,
        check=kind.check,
        text=kind.text or None,
        done=made.step,
        taken=made.changed,
        left_out=made.left_out or None,
    )
    return redirect(page, 303)


def _kind(values: MultiDict[str, str]) -> Kind:
    return Kind(values.get("check", ""), values.get("text", ""), confidence())
