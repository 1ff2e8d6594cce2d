"""The reviewers' term list."""

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.errors import BadInput
from review.formats.term_lists import ListedTerm
from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import uploads, wants_json
from review.web.guard import project_id
from review.work import terms

blueprint = Blueprint("terms", __name__)


@blueprint.get("/batches/<int:batch_id>/terms")
def show(batch_id: int) -> str:
    """The list, and a form for one more term."""
    return render_template("terms.html", page=terms.page(desk().engine, batch_id))


@blueprint.post("/batches/<int:batch_id>/terms")
def add(batch_id: int) -> ResponseReturnValue:
    """Add a term."""
    form = request.form
    given = ListedTerm(
        form.get("source", ""), form.get("target", ""), form.get("forbidden") == "1", form.get("note", "")
    )
    term = terms.add(desk().engine, desk().queue, batch_id, given, reviewer_id())
    if wants_json():
        return jsonify(source=term.source, target=term.target, forbidden=term.forbidden)
    return redirect(url_for("terms.show", batch_id=batch_id), 303)


@blueprint.post("/batches/<int:batch_id>/terms/withdraw")
def withdraw(batch_id: int) -> ResponseReturnValue:
    """Take a term off the list."""
    source, target = request.form.get("source", ""), request.form.get("target", "")
    terms.withdraw(desk().engine, desk().queue, batch_id, source, target)
    return redirect(url_for("terms.show", batch_id=batch_id), 303)


@blueprint.post("/batches/<int:batch_id>/terms/import")
def import_list(batch_id: int) -> ResponseReturnValue:
    """Add the terms of a CSV or TBX file."""
    files = uploads("list")
    if not files:
        raise BadInput("Choose a CSV or TBX file with terms first.")
    new = terms.imported(desk().engine, desk().queue, batch_id, files[0], reviewer_id())
    return redirect(url_for("terms.show", batch_id=batch_id, new=new), 303)


@blueprint.get("/terms.<kind>")
def export(kind: str) -> Response:
    """The list as CSV or TBX; the address says in which languages it is read."""
    source, target = request.args.get("source", "")[:20], request.args.get("target", "en")[:20]
    data, mimetype = terms.exported(desk().engine, project_id(), kind, source, target)
    named = {"Content-Disposition": f"attachment; filename=terms.{kind}"}
    return Response(data, mimetype=mimetype, headers=named)
