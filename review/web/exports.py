"""Downloads of what review has made of a batch, and the page that says what each format leaves out."""

from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from review.web.desk import desk
from review.web.forms import whole
from review.work import export_losses
from review.work.access import find_batch, find_system
from review.work.export_files import export_file

blueprint = Blueprint("exports", __name__, url_prefix="/batches/<int:batch_id>/export")


@blueprint.get("")
def choose(batch_id: int) -> str:
    """Every format, with what it would lose of this batch."""
    batch = find_batch(desk().engine, batch_id)
    system = find_system(batch, whole(request.args, "system", 1))
    return render_template("export.html", page=export_losses.export_page(desk().engine, batch, system))


@blueprint.get("/<format_id>")
def download(batch_id: int, format_id: str) -> ResponseReturnValue:
    """One system's texts in a format, as a file; `?show` gives them as plain text to copy."""
    return sent(batch_id, format_id, whole(request.args, "system", 1), "show" not in request.args)


def sent(batch_id: int, format_id: str, system: int, as_attachment: bool) -> Response:
    """The answer that holds an export."""
    made = export_file(desk().engine, batch_id, format_id, system, desk().settings.categories)
    mimetype = made.mimetype if as_attachment else "text/plain"
    return send_file(made.content, mimetype, as_attachment=as_attachment, download_name=made.name)
