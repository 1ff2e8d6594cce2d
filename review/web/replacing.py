"""Search and replace in a batch."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import ticked, whole
from review.work import replacing
from review.work.patterns import Wanted
from review.work.replacing import PLACES, Search

blueprint = Blueprint("replacing", __name__, url_prefix="/batches/<int:batch_id>/replace")


@blueprint.get("")
def show(batch_id: int) -> str:
    """The form, and what would be changed."""
    args = request.args
    page = replacing.page(
        desk().engine,
        batch_id,
        whole(args, "system", 1),
        _search(args),
        "find" in args,
        whole(args, "done", 0) or None,
        desk().limits,
    )
    left_out = whole(args, "left_out", 0)
    more = {**args, "from": page.more_from, "done": None, "left_out": None}
    return render_template("replace.html", page=page, places=PLACES, left_out=left_out, more=more)


@blueprint.post("")
def replace(batch_id: int) -> ResponseReturnValue:
    """Replace in the chosen segments."""
    form, desk_ = request.form, desk()
    search, chosen = _search(form), ticked(form)
    made = replacing.replace(desk_.engine, desk_.queue, batch_id, search, chosen, reviewer_id(), desk_.limits)
    system = form.get("system") or None
    left_out = made.left_out or None
    page = url_for("replacing.show", batch_id=batch_id, system=system, done=made.step, left_out=left_out)
    return redirect(page, 303)


def _search(values: MultiDict[str, str]) -> Search:
    wanted = Wanted(
        find=values.get("find", "").replace("\r\n", "\n"),
        put=values.get("put", "").replace("\r\n", "\n"),
        case=values.get("case") == "1",
        word=values.get("word") == "1",
        expression=values.get("expression") == "1",
    )
    first = max(1, whole(values, "from", 1))
    return Search(wanted, values.get("in", "text"), values.get("confirmed") == "1", first)
