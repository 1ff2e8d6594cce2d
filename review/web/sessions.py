"""Cookies of sessions, and requests that come without any: a program's, with a token."""

from typing import Any

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface

from review.web.desk import desk

_SCHEME = "bearer "


class _Sessions(SecureCookieSessionInterface):
    """Flask's own, over https for https alone, and none for a program."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure

    def save_session(self, app: Flask, session: Any, response: Any) -> None:
        if not bearer():  # a cookie would make its next request a browser's
            super().save_session(app, session, response)


def install(app: Flask) -> None:
    """Have the application keep sessions so."""
    app.session_interface = _Sessions()


def bearer() -> str:
    """The token that a team's request brings instead of cookies; "" where it brings none, or cookies too.

    No page of another site can have a browser send such a header, so these need no further proof.
    """
    header = request.headers.get("Authorization", "")
    if not desk().settings.accounts or request.cookies or not header.lower().startswith(_SCHEME):
        return ""
    return header[len(_SCHEME) :].strip() or "none"
