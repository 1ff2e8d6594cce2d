"""The page of an import that takes long: its progress, and buttons that cancel it or go on with it."""

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from review.web.desk import desk
from review.work import import_jobs, staging

blueprint = Blueprint("import_jobs", __name__, url_prefix="/import/waiting/<token>")


@blueprint.get("")
def show(token: str) -> ResponseReturnValue:
    """How far an import is; its batch once it is done."""
    state = import_jobs.state_of(staging.folder_of(desk().settings), token)
    if state.state == "done":
        return redirect(url_for("batches.show", batch_id=state.batch))
    return render_template("importing.html", state=state, token=token)


@blueprint.get("/progress")
def progress(token: str) -> ResponseReturnValue:
    """The same for the page's script."""
    state = import_jobs.state_of(staging.folder_of(desk().settings), token)
    return jsonify(state=state.state, done=state.done, total=state.total)


@blueprint.post("/cancel")
def cancel(token: str) -> ResponseReturnValue:
    """Stop an import; nothing of it stays."""
    import_jobs.cancel(staging.folder_of(desk().settings), desk().queue, token)
    return redirect(url_for("import_jobs.show", token=token), 303)


@blueprint.post("/again")
def again(token: str) -> ResponseReturnValue:
    """Go on with an import that broke off."""
    import_jobs.try_again(staging.folder_of(desk().settings), desk().queue, token)
    return redirect(url_for("import_jobs.show", token=token), 303)
