"""The names of a batch, one form put everywhere, and the reviewers' name list."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.errors import BadInput
from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import numbers, uploads, whole
from review.web.guard import project_id
from review.work import name_lists, naming

blueprint = Blueprint("names", __name__)


@blueprint.get("/batches/<int:batch_id>/names")
def show(batch_id: int) -> str:
    """Every name of one system's texts, with its variants."""
    step = whole(request.args, "done", 0) or None
    page = naming.names_page(desk().engine, batch_id, whole(request.args, "system", 1), step)
    return render_template("names.html", page=page, undone=request.args.get("undone"))


@blueprint.get("/batches/<int:batch_id>/names/change")
def preview(batch_id: int) -> str:
    """What "correct everywhere" would change."""
    variant, right = request.args.get("variant", ""), request.args.get("right", "")
    found = naming.preview(desk().engine, batch_id, whole(request.args, "system", 1), variant, right)
    return render_template("names_change.html", page=found)


@blueprint.post("/batches/<int:batch_id>/names/change")
def change(batch_id: int) -> ResponseReturnValue:
    """Correct a name in the chosen segments."""
    form = request.form
    step = naming.correct_everywhere(
        desk().engine,
        desk().queue,
        batch_id,
        whole(form, "system", 1),
        form.get("variant", ""),
        form.get("right", ""),
        numbers(form, "segment"),
        reviewer_id(),
    )
    return redirect(_page(batch_id, done=step), 303)


@blueprint.post("/batches/<int:batch_id>/names/undo")
def undo(batch_id: int) -> ResponseReturnValue:
    """Take a step back."""
    made = naming.undo(desk().engine, desk().queue, batch_id, whole(request.form, "step", 0), reviewer_id())
    return redirect(_page(batch_id, undone=made), 303)


@blueprint.post("/batches/<int:batch_id>/names/keep")
def keep(batch_id: int) -> ResponseReturnValue:
    """A name is right as it is, everywhere."""
    naming.keep(desk().engine, desk().queue, batch_id, request.form.get("variant", ""), reviewer_id())
    return redirect(_page(batch_id), 303)


@blueprint.post("/batches/<int:batch_id>/names/forget")
def forget(batch_id: int) -> ResponseReturnValue:
    """Take an entry off the list."""
    naming.forget(desk().engine, desk().queue, batch_id, request.form.get("variant", ""))
    return redirect(_page(batch_id), 303)


@blueprint.get("/names.<kind>")
def export(kind: str) -> Response:
    """The name list as CSV or TBX."""
    data, mimetype = name_lists.exported(desk().engine, project_id(), kind)
    return Response(
        data, mimetype=mimetype, headers={"Content-Disposition": f"attachment; filename=names.{kind}"}
    )


@blueprint.post("/batches/<int:batch_id>/names/import")
def import_list(batch_id: int) -> ResponseReturnValue:
    """Add the entries of a CSV or TBX file to the list."""
    files = uploads("list")
    if not files:
        raise BadInput("Choose a CSV or TBX file with names first.")
    name_lists.imported(desk().engine, batch_id, files[0], reviewer_id())
    desk().queue.flag_batch(batch_id)
    return redirect(_page(batch_id), 303)


def _page(batch_id: int, **more: Any) -> str:
    system = whole(request.form, "system", 1)
    return url_for("names.show", batch_id=batch_id, system=system if system > 1 else None, **more)
