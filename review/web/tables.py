"""The page that asks what the columns of an uploaded table are."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from review.formats.columns import ROLES
from review.formats.delimited import DELIMITERS
from review.web.desk import desk
from review.web.imports import take
from review.work import staging, uploads
from review.work.tables import Reading

blueprint = Blueprint("tables", __name__, url_prefix="/import/table/<token>")
_DELIMITERS = {name: delimiter for delimiter, name in DELIMITERS.items()}


@blueprint.get("")
def choose(token: str) -> str:
    """The first rows of a table, with what its columns seem to be."""
    folder, asked = staging.folder_of(desk().settings), request.args
    header = {"yes": True, "no": False}.get(asked.get("header", ""))
    delimiter = _DELIMITERS.get(asked.get("delimiter", ""), "")
    reading = Reading(delimiter, asked.get("encoding", "")[:40], header)
    upload = uploads.kept_upload(folder, token)
    page = uploads.columns_page(folder, token, reading, upload.encoding)
    return render_template("table.html", page=page, token=token, roles=ROLES, delimiters=DELIMITERS)


@blueprint.post("")
def take_table(token: str) -> ResponseReturnValue:
    """Import a table with the columns that a person has chosen."""
    folder, form = staging.folder_of(desk().settings), request.form
    columns = list(zip(form.getlist("role"), form.getlist("name"), strict=False))
    upload = uploads.with_columns(
        uploads.kept_upload(folder, token),
        [(role, name.strip()[:300]) for role, name in columns if role in ROLES],
        delimiter=_DELIMITERS.get(form.get("delimiter", ""), ""),
        encoding=form.get("encoding", "")[:40],
        header=form.get("header") == "yes",
    )
    with staging.staged(folder, token) as chosen:
        answer = take(chosen, upload)
    staging.forget(folder, token)
    return answer
