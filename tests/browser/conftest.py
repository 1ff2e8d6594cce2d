"""A real server with its worker on a free port, and a real Chromium in front of it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import ROOT
from tests.databases import environ_at

# Chromium as root has no sandbox; it must not look for its own servers.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
expect.set_options(timeout=20_000)  # ms; a machine that does other work too is slow, not wrong
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


class Server:
    """A server on an instance, started as a newcomer starts it; may be stopped and started again."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.settings = settings
        self.address = ""
        self.start()

    def start(self) -> None:
        """Start it, on the port that it had before, if any."""
        port = self.address.rpartition(":")[2].rstrip("/") or "0"
        command = [sys.executable, "-m", "review", "serve", "--port", port]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.settings, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        told = re.search(r"http://\S+", self.process.stdout.readline())
        assert told
        self.address = told.group()

    def stop(self, kill: bool = False) -> None:
        """Stop it, or kill it."""
        self.process.kill() if kill else self.process.terminate()
        self.process.communicate()


def serving(instance: Path, reviewers: str = "Reviewer", **more: str) -> Server:
    """A server on an instance, with instant checks and grammar but no language model."""
    settings = {**os.environ, **environ_at(instance), "TARKKA_MODEL": "none"}
    return Server(settings | {"TARKKA_REVIEWERS": reviewers, **more})


@pytest.fixture
def running(tmp_path: Path, reviewers: str, environ: dict[str, str]) -> Iterator[Server]:
    """A server on a fresh instance."""
    server = serving(tmp_path / "instance", reviewers, **environ)
    yield server
    server.stop()


@pytest.fixture
def server(running: Server) -> str:
    """Its address."""
    return running.address


@pytest.fixture(scope="module")
def shared_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page on a server that the tests of a module share: for many small ones that change nothing lasting."""
    server = serving(tmp_path_factory.mktemp("shared") / "instance")
    context = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()
    server.stop()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page on the server; the test fails if the page's script fails."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(20_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert troubles == []
