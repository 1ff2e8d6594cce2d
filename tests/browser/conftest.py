"""A real server with its worker on a free port, and a real Chromium in front of it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.running import Server as Server
from tests.running import serving as serving

# Chromium as root has no sandbox; it must not look for its own servers.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
expect.set_options(timeout=40_000)  # ms; a machine that does other work too is slow, not wrong
_FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or playwright.chromium.executable_path
        if not Path(path).exists():
            if os.environ.get("CI"):
                pytest.fail("there is no Chromium, and in CI there must be one")
            pytest.skip("there is no Chromium here: the browser tests are left out")
        yield playwright.chromium.launch(executable_path=path, args=_FLAGS)


@pytest.fixture
def reviewers() -> str:
    """Who may sign in; a test with several overrides this."""
    return "Reviewer"


@pytest.fixture
def environ() -> dict[str, str]:
    """More settings of the server; a test that needs some overrides this."""
    return {}


@pytest.fixture
def running(tmp_path: Path, reviewers: str, environ: dict[str, str]) -> Iterator[Server]:
    """A server on a fresh instance."""
    server = serving(tmp_path / "instance", reviewers, **environ)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that do not meet on it: to start one takes longer than most of them."""
    server = serving(tmp_path_factory.mktemp("shared") / "instance")
    yield server
    server.stop()


@pytest.fixture
def server(request: pytest.FixtureRequest) -> str:
    """The address of a server on a fresh instance, or of the one that tests share."""
    shared = request.node.get_closest_marker("own_batch")
    found: Server = request.getfixturevalue("shared_server" if shared else "running")
    return found.address


@pytest.fixture(scope="module")
def shared_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page on a server that the tests of a module share: for many small ones that change nothing lasting."""
    server = serving(tmp_path_factory.mktemp("shared") / "instance")
    context = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(40_000)
    yield page
    context.close()
    server.stop()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page on the server; the test fails if the page's script fails."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(40_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert troubles == []
