"""What a worker answers to whoever watches over it: it has no pages, only these two addresses."""

from collections.abc import Callable, Iterable
from typing import Any

from review import meters
from review.settings import Settings
from review.work.observing import may_read

Start = Callable[[str, list[tuple[str, str]]], Any]
_TEXT = "text/plain; charset=utf-8"


def watchpost(settings: Settings) -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
    """The application: /healthz for everybody, /metrics for whoever may read them."""

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        status, kind, body = "404 Not Found", _TEXT, b"There is nothing here.\n"
        if environ["PATH_INFO"] == "/healthz":
            status, body = "200 OK", b"ok\n"
        elif environ["PATH_INFO"] == "/metrics" and may_read(settings, environ.get("HTTP_AUTHORIZATION", "")):
            status, kind, body = "200 OK", meters.CONTENT_TYPE, meters.page()
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    return answer
