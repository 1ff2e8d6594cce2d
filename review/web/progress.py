"""The progress of a batch: done and left, time, edits, by reviewer."""

from flask import Blueprint, render_template

from review.web import charts
from review.web.accounts import reviewer_name
from review.web.desk import desk
from review.work import progress

blueprint = Blueprint("progress", __name__)


@blueprint.get("/batches/<int:batch_id>/progress-page")
def show(batch_id: int) -> str:
    """Figures, pictures and tables of a batch."""
    page = progress.progress_page(desk().engine, batch_id, reviewer_name())
    line = charts.climbing(page.done_by, page.batch.total) if page.done_by else None
    timed = any(count for _, count in page.times)
    return render_template(
        "progress.html",
        page=page,
        line=line,
        bars=charts.bars(page.times) if timed else [],
        width=charts.WIDTH,
        height=charts.HEIGHT,
        you=reviewer_name(),
    )
