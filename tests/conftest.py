"""What all tests share: an application on a fresh instance, and a client that sends what a browser sends."""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app import create_app
from review.settings import Settings
from review.store.batches import list_batches
from tests.databases import SERVER, settings_at

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "corpora" / "demo"
SHARED = ROOT.parent / "shared"
# Where `make test` has put the default language model.
MODELS = Path(
    os.environ.get("TARKKA_MODEL_DIR")
    or ROOT / Path(os.environ.get("TARKKA_INSTANCE") or "instance") / "models"
)


def shared(path: str) -> Path:
    """A file of the data beside the project: without it the test is left out, in CI it fails."""
    found = SHARED / path
    if not found.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{found} is missing, and in CI it must be there")
        pytest.skip(f"{found} is not here")
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what is about SQLite itself."""
    if SERVER:
        about = [item for item in items if item.get_closest_marker("sqlite")]
        config.hook.pytest_deselected(items=about)
        items[:] = [item for item in items if item not in about]


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    like = request.getfixturevalue("demo_instance") if "demo" in request.fixturenames else None
    return settings_at(tmp_path / "instance", like, queue_url="immediate:", model="none")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    app.extensions["tarkka"].engine.dispose()


class Client:
    """A browser without JavaScript: sends Origin and the CSRF token with every form."""

    def __init__(self, inner: FlaskClient) -> None:
        self.inner = inner

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.inner.get(path, **more)

    def page(self, path: str, status: int = 200) -> str:
        """A page's HTML; fails on another status."""
        answer = self.inner.get(path)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return answer.get_data(as_text=True)

    def post(self, path: str, origin: str | None = "http://localhost", **fields: Any) -> TestResponse:
        token = re.search(r'name="csrf-token" content="([^"]+)"', self.page("/"))
        assert token
        headers = {} if origin is None else {"Origin": origin}
        data = {"csrf_token": token.group(1), **fields}
        boundary, body = encode_multipart(data)
        kind = f"multipart/form-data; boundary={boundary}"
        return self.inner.post(path, data=body, headers=headers, content_type=kind)

    def upload(self, status: int = 303, layout: str = "", **files: Any) -> TestResponse:
        """Upload files by field: bytes or (name, bytes), or lists of them."""
        parts: dict[str, Any] = {"layout": layout}
        for field, given in files.items():
            several = given if isinstance(given, list) else [given]
            parts[field] = [
                FileStorage(io.BytesIO(g[1]), g[0])
                if isinstance(g, tuple)
                else FileStorage(io.BytesIO(g), f"{field}.txt")
                for g in several
            ]
        answer = self.post("/import/files", **parts)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer

    def paste(self, text: str, **fields: Any) -> int:
        """Paste a text; the batch's id."""
        answer = self.post("/import/paste", text=text, **fields)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return int(answer.location.rsplit("/", 1)[1])

    def save(self, batch: int, number: int, text: str, version: int = 0, **fields: Any) -> TestResponse:
        """Save a correction as the review page's form does."""
        fields.setdefault("token", f"{batch}-{number}-{version}-{text}"[:64])
        path = f"/batches/{batch}/segments/{number}"
        return self.post(path, text=text, version=str(version), system=fields.pop("system", "1"), **fields)

    def export(self, batch: int, format_id: str = "text", system: int = 1) -> bytes:
        answer = self.inner.get(f"/batches/{batch}/export/{format_id}?system={system}")
        assert answer.status_code == 200
        with answer:
            return answer.get_data()


@pytest.fixture
def client(app: Flask) -> Client:
    return Client(app.test_client())


@pytest.fixture(scope="session")
def demo_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance whose one batch is the demo corpus, uploaded and flagged: to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "instance"
    app = create_app(settings_at(folder, queue_url="immediate:", model="none"))
    Client(app.test_client()).upload(
        translation=[
            (f"sys.{name}.en", (DEMO / f"sys.{name}.en").read_bytes()) for name in ("north", "south")
        ],
        source=("source.fi", (DEMO / "source.fi").read_bytes()),
        reference=("reference.en", (DEMO / "reference.en").read_bytes()),
    )
    app.extensions["tarkka"].engine.dispose()
    return folder


@pytest.fixture
def demo(app: Flask) -> int:
    """The demo corpus, which the settings' instance then begins with, as a batch; its id."""
    (batch,) = list_batches(app.extensions["tarkka"].engine, limit=2)
    return batch.id
