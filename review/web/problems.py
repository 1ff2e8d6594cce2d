"""Refusals as a program reads them: one JSON shape, RFC 9457's."""

from collections.abc import Mapping
from http import HTTPStatus
from json import dumps
from typing import Any

from flask import Response

from review.errors import BadFields, Conflict, NotSignedIn, TarkkaError, TooOften
from review.web.desk import desk

MIMETYPE = "application/problem+json"
_LATER = {"Retry-After": "900"}


def problem(status: int, sentence: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """An answer that says what is wrong."""
    about = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": sentence}
    answer = Response(dumps(about | more, ensure_ascii=False), status, mimetype=MIMETYPE)
    answer.headers.update(headers or {})
    return answer


def refused(error: TarkkaError) -> Response:
    """A refusal of ours, with the places of wrong fields, or with both texts."""
    more: dict[str, Any] = {}
    if isinstance(error, BadFields):
        more["errors"] = [{"place": place, "detail": what} for place, what in error.places]
    if isinstance(error, Conflict):
        texts = ("yours", "theirs", "merged", "version")
        more |= {name: getattr(error, name) for name in texts}
    return problem(error.status, str(error), _headers(error), **more)


def _headers(error: TarkkaError) -> Mapping[str, str]:
    if isinstance(error, NotSignedIn):
        asked = "Bearer" if desk().settings.accounts else "Basic"
        return {"WWW-Authenticate": f'{asked} realm="Tarkka", charset="UTF-8"'}
    return _LATER if isinstance(error, TooOften) else {}
