"""Several reviewers at one instance, each with a browser of their own."""

import re
from dataclasses import replace

from flask import Flask

from app import create_app
from review.settings import Settings
from tests.conftest import Client


def team(settings: Settings, *names: str) -> Flask:
    """An application where these people sign in by name."""
    return create_app(replace(settings, reviewers=names))


def signed_in(app: Flask, name: str) -> Client:
    """The browser of one of them."""
    inner = app.test_client()
    page = inner.get("/sign-in").get_data(as_text=True)
    token = re.search(r'csrf-token" content="([^"]+)"', page)
    assert token
    fields = {"csrf_token": token.group(1), "name": name}
    inner.post("/sign-in", data=fields, headers={"Origin": "http://localhost"})
    return Client(inner)
