"""The batches page, a batch's page, and what can be changed about a batch."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.model import EVERYTHING, Severity
from review.web.accounts import member_id, reviewer_id, reviewer_name, signed_in
from review.web.desk import desk
from review.web.filters import query_of
from review.web.forms import filter_of, spot_of, whole
from review.web.sureness import confidence
from review.work import batch_jobs, batch_pages, deepening, managing, propagating, scoring, staging, uploads
from review.work.access import find_batch

blueprint = Blueprint("batches", __name__, url_prefix="/batches")


@blueprint.get("")
def index() -> str:
    """All batches, newest first."""
    before = whole(request.args, "before", 0) or None
    found = batch_pages.list_page(desk().engine, before, reviewer_name(), member_id())
    more, imports = len(found) == batch_pages.PAGE, []
    if signed_in() and not before:
        imports = uploads.own_imports(staging.folder_of(desk().settings), reviewer_id())
    return render_template("batches.html", batches=found, more=more, imports=imports)


@blueprint.get("/<int:batch_id>")
def show(batch_id: int) -> str:
    """A batch's document with its flags, filtered as the address says."""
    system, begin = whole(request.args, "system", 1), spot_of(request.args)
    step, chosen = whole(request.args, "step", 0) or None, filter_of(request.args)
    engine, tables = desk().engine, (desk().settings.comet_model, desk().settings.categories)
    page = batch_pages.batch_page(engine, batch_id, system, chosen, confidence(), begin, step, *tables)
    spread = propagating.offer(engine, batch_id, system, whole(request.args, "spread", 0) or None)
    return render_template("batch.html", page=page, spread=spread)


@blueprint.get("/<int:batch_id>/progress")
def progress(batch_id: int) -> ResponseReturnValue:
    """How far the checks are, and which scores there are, for the page that waits for any of these."""
    batch = find_batch(desk().engine, batch_id)
    last = batch_jobs.list_of(desk().engine, batch_id)
    flags = {severity.value: batch.open_flags(severity) for severity in Severity}
    edition = scoring.score_edition(desk().engine, batch)
    deep = deepening.deep_progress(batch, last)
    return jsonify(
        state=batch.flagging,
        done=batch.flagged,
        total=batch.total,
        deep=deep.done,
        deepening=deep.running,
        flags=flags,
        scores=edition,
        jobs=[{"id": j.id, "kind": j.kind, "state": j.state, "done": j.done, "total": j.total} for j in last],
    )


@blueprint.post("/<int:batch_id>/deep")
def deep(batch_id: int) -> ResponseReturnValue:
    """Run the deep checks again."""
    managing.run_deep_again(desk().engine, desk().queue, batch_id)
    query = query_of(EVERYTHING, whole(request.form, "system", 1))
    return redirect(url_for("batches.show", batch_id=batch_id, **query), 303)


@blueprint.post("/<int:batch_id>/jobs/<int:job_id>/stop")
def stop(batch_id: int, job_id: int) -> ResponseReturnValue:
    """Stop a job; what it has stored stays."""
    batch_jobs.stop(desk().engine, job_id, batch_id)
    query = query_of(EVERYTHING, whole(request.form, "system", 1))
    return redirect(url_for("batches.show", batch_id=batch_id, **query), 303)


@blueprint.post("/<int:batch_id>/jobs/<int:job_id>/go-on")
def go_on(batch_id: int, job_id: int) -> ResponseReturnValue:
    """Have the rest done of a job that was stopped or has failed."""
    batch_jobs.go_on(desk().engine, desk().queue, job_id, batch_id)
    query = query_of(EVERYTHING, whole(request.form, "system", 1))
    return redirect(url_for("batches.show", batch_id=batch_id, **query), 303)


@blueprint.post("/<int:batch_id>/details")
def details(batch_id: int) -> ResponseReturnValue:
    """Change title and languages."""
    form = request.form
    managing.change_details(
        desk().engine,
        desk().queue,
        batch_id,
        name=form.get("title", ""),
        source_lang=form.get("source_lang", ""),
        target_lang=form.get("target_lang", ""),
    )
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


@blueprint.post("/<int:batch_id>/delete")
def delete(batch_id: int) -> ResponseReturnValue:
    """Remove a batch whose name was typed to confirm it."""
    managing.delete(desk().engine, desk().queue, batch_id, request.form.get("confirm", ""), reviewer_name())
    return redirect(url_for("batches.index"), 303)


@blueprint.post("/<int:batch_id>/scores")
def scores(batch_id: int) -> ResponseReturnValue:
    """Have a large batch's scores computed; the address says which ones they replace."""
    before = scoring.ask_scores(desk().engine, desk().queue, batch_id)
    query = query_of(EVERYTHING, whole(request.form, "system", 1), scoring=before)
    return redirect(url_for("batches.show", batch_id=batch_id, _anchor="scores", **query), 303)
