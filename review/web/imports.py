"""Imports by pasting and by upload, and the two pages that ask when something does not fit."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from review.errors import BadInput, UnequalParagraphs, WrongEncoding
from review.formats.jsonl import looks_like_jsonl
from review.web.accounts import reviewer_id
from review.web.desk import desk
from review.web.forms import uploads
from review.web.guard import project_id
from review.web.problems import refused
from review.web.sessions import in_api
from review.work import pairing, staging
from review.work.intake import Intake
from review.work.paste import clean_paragraphs
from review.work.uploads import Chosen, Upload, import_at_once, take_upload

blueprint = Blueprint("imports", __name__, url_prefix="/import")
_FIELDS = ("translation", "source", "reference", "documents")


@blueprint.post("/paste")
def paste() -> ResponseReturnValue:
    """Store pasted text as a batch: JSONL by its content, lines where that is chosen, else paragraphs."""
    raw = {name: request.form.get(name, "") for name in ("text", "source", "reference")}
    if request.form.get("layout") == "lines" or looks_like_jsonl(
        raw["text"].encode("utf-8", "surrogatepass")
    ):
        return _store(pairing.read_pasted_lines(raw, desk().limits))
    texts = {name: clean_paragraphs(request.form.get(name, "")) for name in ("text", "source", "reference")}
    if edit := request.form.get("edit"):
        return _pairing(pairing.edited(texts, edit), 200)
    if not texts["text"].strip():
        raise BadInput("There is nothing to import: paste a translation into the text area first.")
    return _store(pairing.read_pasted(texts, desk().limits))


@blueprint.post("/files")
def files() -> ResponseReturnValue:
    """Take uploaded files."""
    return take([(field, given) for field in _FIELDS for given in uploads(field)], upload_of_form())


@blueprint.post("/encoding")
def encoding() -> ResponseReturnValue:
    """Take files that were kept aside, in the encoding a person has chosen."""
    folder, token = staging.folder_of(desk().settings), request.form.get("staged", "")
    with staging.staged(folder, token) as chosen:
        answer = take(chosen, upload_of_form(encoding=request.form.get("encoding", "")[:40]))
    staging.forget(folder, token)
    return answer


def upload_of_form(encoding: str = "") -> Upload:
    """What a form says of the files that are sent with it."""
    form = request.form
    return Upload(
        reviewer_id=reviewer_id(),
        title=form.get("title", "")[:300],
        source_lang=form.get("source_lang", "")[:20],
        target_lang=form.get("target_lang", "")[:20],
        layout=form.get("layout", "")[:20],
        encoding=encoding,
        token=form.get("token", "")[:64],
        project_id=project_id(),
    )


def take(chosen: Chosen, upload: Upload) -> ResponseReturnValue:
    """Go to the batch that files became, or to what comes before that."""
    taken = take_upload(desk().engine, desk().queue, desk().settings, chosen, upload)
    if taken.columns:
        return redirect(url_for("tables.choose", token=taken.columns), 303)
    if taken.job:
        return redirect(url_for("import_jobs.show", token=taken.job), 303)
    return redirect(url_for("batches.show", batch_id=taken.batch), 303)


def _store(intake: Intake) -> ResponseReturnValue:
    batch_id = import_at_once(desk().engine, desk().queue, desk().settings, intake, upload_of_form())
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


@blueprint.record
def _install(state: BlueprintSetupState) -> None:
    app = state.app
    app.register_error_handler(UnequalParagraphs, _ask_to_pair)
    app.register_error_handler(WrongEncoding, _ask_encoding)


def _ask_to_pair(error: UnequalParagraphs) -> ResponseReturnValue:
    if in_api():
        return refused(error)
    texts = {name: clean_paragraphs(request.form.get(name, "")) for name in ("text", "source", "reference")}
    return _pairing(texts, error.status)


def _pairing(texts: dict[str, str], status: int) -> ResponseReturnValue:
    page = pairing.pairing_page(texts)
    return render_template("pairing.html", page=page, texts=texts, form=request.form), status


def _ask_encoding(error: WrongEncoding) -> ResponseReturnValue:
    if in_api():
        return refused(error)
    folder = staging.folder_of(desk().settings)
    chosen = [(field, given) for field in _FIELDS for given in uploads(field)]
    token = staging.stage(folder, chosen) if chosen else request.form.get("staged", "")
    page = render_template(
        "encoding.html", error=error, staged=token, previews=staging.previews(error.data), form=request.form
    )
    return page, error.status
