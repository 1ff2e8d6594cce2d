"""Downloads of what review has made of a batch, and the page that says what each format leaves out."""

import re
import tempfile
from contextlib import ExitStack
from typing import BinaryIO, cast

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from review.web.desk import desk
from review.web.forms import whole
from review.work import export_losses, exporting
from review.work.access import find_batch, find_system

blueprint = Blueprint("exports", __name__, url_prefix="/batches/<int:batch_id>/export")
_IN_MEMORY = 8 * 2**20


@blueprint.get("")
def choose(batch_id: int) -> str:
    """Every format, with what it would lose of this batch."""
    batch = find_batch(desk().engine, batch_id)
    system = find_system(batch, whole(request.args, "system", 1))
    return render_template("export.html", page=export_losses.export_page(desk().engine, batch, system))


@blueprint.get("/<format_id>")
def download(batch_id: int, format_id: str) -> ResponseReturnValue:
    """One system's texts in a format, as a file; `?show` gives them as plain text to copy."""
    batch = find_batch(desk().engine, batch_id)
    chosen = exporting.find_format(format_id, batch)
    system = find_system(batch, whole(request.args, "system", 1))
    # A temporary file of its own: an export may be large, and a half-made one is never sent.
    with ExitStack() as stack:
        out = cast("BinaryIO", stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY)))
        exporting.export(desk().engine, batch, system, chosen, out, desk().settings.categories)
        out.seek(0)
        stack.pop_all()  # from here on it is send_file that closes it
    named = batch.name[:60] if chosen.whole else f"{batch.name[:60]} {system.name}"
    name = re.sub(r"[^\w-]+", "-", named).strip("-") + chosen.suffix
    show = "show" in request.args
    mimetype = "text/plain" if show else chosen.mimetype
    return send_file(out, mimetype, as_attachment=not show, download_name=name)
