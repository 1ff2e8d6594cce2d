"""Downloads of corrected text."""

import re
import tempfile
from typing import cast

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from review.web.desk import desk
from review.web.forms import whole
from review.work import exporting
from review.work.access import find_batch, find_system

blueprint = Blueprint("exports", __name__, url_prefix="/batches/<int:batch_id>/export")
_IN_MEMORY = 8 * 2**20


@blueprint.get("/<format_id>")
def download(batch_id: int, format_id: str) -> ResponseReturnValue:
    """One system's texts in a format, as a file; `?show` gives them as plain text to copy."""
    chosen = exporting.find_format(format_id)
    batch = find_batch(desk().engine, batch_id)
    system = find_system(batch, whole(request.args, "system", 1))
    # A temporary file of its own: an export may be large, and a half-made one is never sent.
    out = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (send_file closes it)
    exporting.export(desk().engine, batch, system, chosen.id, out, desk().settings.categories)  # type: ignore[arg-type]
    out.seek(0)
    name = re.sub(r"[^\w-]+", "-", f"{batch.name[:60]} {system.name}").strip("-") + chosen.suffix
    show = "show" in request.args
    mimetype = "text/plain" if show else chosen.mimetype
    return send_file(cast("object", out), mimetype, as_attachment=not show, download_name=name)  # type: ignore[arg-type]
