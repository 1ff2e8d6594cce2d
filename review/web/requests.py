"""What becomes of each request: its number, its line in the log, its place in the figures.

Of its address only the rule is told, never what stands in it: people search for texts.
"""

import logging
import re
import time
from secrets import token_hex
from typing import Any

from flask import Flask, Response, g, request

from review import logs, meters
from review.web.desk import desk

log = logging.getLogger(__name__)

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_HEADER = "X-Request-Id"
_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
_PROBES = {"watching.alive", "watching.ready", "watching.metrics"}  # asked every few seconds


class Application(Flask):
    """Flask, whose own line about an error tells the rule instead of the address."""

    def log_exception(self, exc_info: Any) -> None:
        """Log what a route did not expect."""
        log.error("%s %s failed", _method(), _rule(), exc_info=exc_info)


def install(app: Flask) -> None:
    """Tell of every request of the application."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_leave)


def request_id() -> str:
    """The number of this request, in the log and in its answer."""
    return str(g.request_id)


def _begin() -> None:
    g.begun = time.perf_counter()
    g.request_id = _given_id() or token_hex(8)
    g.facts_before = logs.enter(request=g.request_id)


def _given_id() -> str:
    """The number that the proxy gave to it; "" where there is none. A proxy is one that the server believed."""
    given = request.headers.get(_HEADER, "")
    by_proxy = desk().settings.trusted_proxy and "X-Forwarded-For" in request.headers
    return given if by_proxy and _ID.fullmatch(given) else ""


def _end(response: Response) -> Response:
    response.headers[_HEADER] = g.request_id
    status, begun = response.status_code, g.begun
    facts: dict[str, object] = {"request": g.request_id, "method": _method(), "route": _rule()}
    user = g.get("_login_user")  # who was looked up anyway: a picture or a probe asks no database
    if user is not None and user.is_authenticated:
        facts["account"] = user.reviewer.id
    quiet = request.endpoint in _PROBES and status == 200

    def tell() -> None:
        seconds = time.perf_counter() - begun
        meters.REQUESTS.labels(facts["route"], facts["method"], status).observe(seconds)
        if not quiet:
            more = logs.facts(**facts, status=status, ms=round(seconds * 1000, 1))
            log.info("answered", extra=more)

    if response.direct_passthrough:  # a file, which the server sends without coming back
        tell()
    else:
        response.call_on_close(tell)
    return response


def _leave(_error: BaseException | None) -> None:
    if "facts_before" in g:
        logs.leave(g.pop("facts_before"))


def _method() -> str:
    return request.method if request.method in _METHODS else "other"


def _rule() -> str:
    return request.url_rule.rule if request.url_rule else "none"
