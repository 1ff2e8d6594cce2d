"""Cookies of sessions, and requests that come without any: a program's, with a token or to the API."""

from typing import Any

from flask import Flask, Request, request
from flask.sessions import SecureCookieSessionInterface

from review.web.desk import desk

API = "/api/"
_SCHEME = "bearer "


class _Sessions(SecureCookieSessionInterface):
    """Flask's own, over https for https alone, and none for a program."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure

    def open_session(self, app: Flask, request: Request) -> Any:
        if request.path.startswith(API):  # a browser's cookie opens nothing here, so no site can use it
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: Any, response: Any) -> None:
        if not (bearer() or in_api()):  # a cookie would make its next request a browser's
            super().save_session(app, session, response)


def install(app: Flask) -> None:
    """Have the application keep sessions so."""
    app.session_interface = _Sessions()


def in_api() -> bool:
    """Whether a request is for the API, where there is something at its path or not."""
    return request.path.startswith(API)


def bearer() -> str:
    """The token that a team's request brings instead of cookies; "" where it brings none, or cookies too.

    No page of another site can have a browser send such a header, so these need no further proof. The API
    never looks at cookies.
    """
    header = request.headers.get("Authorization", "")
    with_cookies = bool(request.cookies) and not in_api()
    if not desk().settings.accounts or with_cookies or not header.lower().startswith(_SCHEME):
        return ""
    return header[len(_SCHEME) :].strip() or "none"
