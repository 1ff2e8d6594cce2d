"""Turns refusals into pages (or JSON): one place knows how each kind is told."""

import logging
from errno import EDQUOT, EFBIG, ENOSPC

from flask import Flask, abort, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError
from werkzeug.routing import RequestRedirect

from review.diff import word_diff
from review.errors import Busy, Conflict, TarkkaError
from review.settings import Settings
from review.web.desk import desk
from review.web.forms import wants_json
from review.web.problems import problem, refused
from review.web.requests import request_id
from review.web.sessions import in_api

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer for every exception that a route lets through."""
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(TarkkaError, _refusal)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(OSError, _no_room)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SecurityError, _other_host)
    app.register_error_handler(HTTPException, _http)
    app.before_request(_refuse_detours)


def _busy(error: Busy) -> ResponseReturnValue:
    """A page of its own, since the others ask the database who looks at them."""
    later = {"Retry-After": "3"}
    if in_api():
        return problem(error.status, str(error), later)
    if wants_json():
        return jsonify(error=str(error)), error.status, later
    page = current_app.jinja_env.get_template("busy.html").render(sentence=str(error))
    return page, error.status, later


def _no_room(error: OSError) -> ResponseReturnValue:
    """A disk that is full, while an upload is put there; any other error of the system is a mistake of ours."""
    if error.errno not in (ENOSPC, EDQUOT, EFBIG):
        raise error
    log.warning("no room: %s", error)
    return _busy(Busy("There is no room left on the server’s disk; nothing was stored: try again later."))


def _told(sentence: str, status: int) -> ResponseReturnValue:
    if in_api():
        return problem(status, sentence)
    if wants_json():
        return jsonify(error=sentence, request=request_id()), status
    page = render_template("failure.html", sentence=sentence, status=status, request_id=request_id())
    return page, status


def _refusal(error: TarkkaError) -> ResponseReturnValue:
    if in_api():
        return refused(error)
    return _told(str(error), error.status)


def _conflict(error: Conflict) -> ResponseReturnValue:
    """Both texts, and a form that saves either of them, or a mixture, on top of the newest."""
    if in_api():
        return refused(error)
    page = render_template("conflict.html", error=error, changes=word_diff(error.theirs, error.yours))
    return page, error.status


def _too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    settings = desk().settings
    if in_api():
        return problem(413, f"That is more than is taken at once: {_in_words(settings)}; send it as a file.")
    return _told(
        f"That is more than is taken at once: {_in_words(settings)}. What you typed is kept in the form you "
        "came from: go back to it, or upload the text as a file.",
        413,
    )


def _in_words(settings: Settings) -> str:
    upload, field = settings.max_upload // 2**20, settings.max_field // 2**10
    return f"{upload:,} MB for an upload, {field:,} kB for text in a form"


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    return _told("This form is too old to be taken. Go back, reload the page and send it again.", 400)


def _other_host(error: SecurityError) -> ResponseReturnValue:
    if in_api():
        return problem(400, "This server does not answer to that host name.")
    # No page: its links would be built from the very host that is refused.
    return "This server does not answer to that host name.\n", 400, {"Content-Type": "text/plain"}


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if in_api():
        return _http_problem(error, code)
    if code < 400:
        return error.get_response()
    return _told(error.description or error.name, code)


def _http_problem(error: HTTPException, code: int) -> ResponseReturnValue:
    if code == 404:
        return problem(404, "There is nothing at this path; /api/v1/openapi.json tells what there is.")
    if code == 405:
        allowed = error.get_response().headers.get("Allow", "")
        return problem(405, f"This path takes {allowed}.", {"Allow": allowed})
    return problem(code, error.description or error.name)


def _refuse_detours() -> None:
    """No program is sent to a path that differs in a slash: it would have to send all again."""
    if in_api() and isinstance(request.routing_exception, RequestRedirect):
        abort(404)
