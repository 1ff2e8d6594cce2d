"""Headers of every answer, and who may send what: same origin, CSRF token, known hosts."""

import re
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import SecurityError

from review.errors import BadInput
from review.web.desk import desk
from review.web.sessions import bearer, in_api

_SAFE = ("GET", "HEAD", "OPTIONS")
# Nothing inline, nothing from elsewhere. `data:` images are the stylesheet's own small marks.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?")
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # same-origin, not no-referrer: with that browsers send Origin: null on forms without JavaScript.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def install(app: Flask) -> None:
    """Guard every request and answer of the application."""
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_other_origins)
    app.before_request(_refuse_odd_fields)
    app.after_request(_add_headers)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # of all requests, a program's are left out
    form_tokens = CSRFProtect(app)
    app.before_request(lambda: _refuse_without_form_token(form_tokens))


def _refuse_other_hosts() -> None:
    # `request.host` itself raises SecurityError, a 400, for a name that is not in TRUSTED_HOSTS.
    if not (request.host and _HOST.fullmatch(request.headers.get("Host", request.host))):
        raise SecurityError


def _refuse_other_origins() -> None:
    if request.method in _SAFE or _has_no_cookies():
        return
    origin = request.headers.get("Origin", "")
    try:
        parts = urlsplit(origin)
        same = (parts.scheme, parts.netloc) == (request.scheme, request.host)
    except ValueError:
        same = False
    if not same and in_api():
        abort(403, f"Send “Origin: {request.scheme}://{request.host}”: no page of another site can say so.")
    if not same:
        abort(403, "The request does not come from one of this server's own pages.")


def _has_no_cookies() -> bool:
    """Whether nothing that a browser adds by itself lets this request in, so that no other site can send it."""
    return bool(bearer()) or (in_api() and desk().settings.accounts)


def _refuse_without_form_token(form_tokens: CSRFProtect) -> None:
    # The API has no forms: without accounts, where there is nothing to sign in with, the Origin must do.
    if request.method not in _SAFE and request.endpoint and not (bearer() or in_api()):
        form_tokens.protect()


def _refuse_odd_fields() -> None:
    """No text that a database could not hold gets any further, nor a field that nothing could ask for."""
    if None in request.form or None in request.files:
        raise BadInput("The form has a field without a name: reload the page and send it again.")
    fields = (*request.args.items(multi=True), *request.form.items(multi=True))
    for name, value in (("The address", request.path), *((f"“{n}”", v) for n, v in fields)):
        if "\0" in value:
            raise BadInput(f"{name}: a NUL character stands there; remove it and try again.")


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
