"""Programs that use the API: each sends no cookie, and whatever shows who it acts for."""

from base64 import b64encode
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import DEMO

BASE = "/api/v1"


class Program:
    """A program before an application."""

    def __init__(self, app: Flask, **headers: str) -> None:
        self.app = app
        self.headers = {"Origin": "http://localhost", **headers}

    def send(self, method: str, path: str, **more: Any) -> TestResponse:
        """One request, read to its end; its path without what all have in common."""
        headers = {**self.headers, **more.pop("headers", {})}
        address = path if path.startswith("/api/") else BASE + path
        return self.app.test_client().open(address, method=method, headers=headers, buffered=True, **more)

    def get(self, path: str, status: int = 200) -> Any:
        """What a path tells; fails on another status."""
        return self._told(self.send("GET", path), status)

    def post(self, path: str, sent: Any = None, status: int = 201, **headers: str) -> Any:
        """What is told of something that is sent as JSON."""
        body = {} if sent is None else {"json": sent}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._told(self.send("POST", path, headers=named, **body), status)

    def _told(self, answer: TestResponse, status: int) -> Any:
        told = answer.get_data(as_text=True)
        assert answer.status_code == status, told
        kind = "application/json" if status < 400 else "application/problem+json"
        assert answer.mimetype == kind
        assert "Set-Cookie" not in answer.headers
        return answer.get_json()

    def batch(self, *hypotheses: str, **about: Any) -> Any:
        """A batch of these texts."""
        return self.post("/batches", {"segments": [{"hypothesis": one} for one in hypotheses], **about})


def with_token(app: Flask, token: str) -> Program:
    """A member's program in a team, which no Origin helps."""
    return Program(app, Authorization=f"Bearer {token}", Origin="http://elsewhere.example")


def named(app: Flask, name: str) -> Program:
    """The program of one of several reviewers on one's own machine."""
    return Program(app, Authorization="Basic " + b64encode(f"{name}:".encode()).decode())


def demo_files() -> list[tuple[str, tuple[str, bytes]]]:
    """The demo as a form: fields, each with a name and content."""
    names = [("translation", "sys.north.en"), ("translation", "sys.south.en")]
    names += [("source", "source.fi"), ("reference", "reference.en")]
    return [(field, (name, (DEMO / name).read_bytes())) for field, name in names]
