"""Servers as processes, and people before them who send what a browser sends, over a real connection."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from tests.conftest import ROOT
from tests.databases import environ_at

PATIENCE = 120.0  # seconds


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


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    run = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in run.stdout.split()]


class Answer:
    """What a server has answered."""

    def __init__(self, status: int, location: str, text: str) -> None:
        self.status, self.location, self.text = status, location, text


class Visitor:
    """A browser without scripts: its cookie, and the token of its forms."""

    def __init__(self, address: str) -> None:
        self.origin = address.rstrip("/")
        self.cookie = self.token = ""

    def get(self, path: str) -> Answer:
        """Open a page."""
        answer = self._send("GET", path, None, {})
        if found := re.search(r'csrf-token" content="([^"]+)"', answer.text):
            self.token = unescape(found.group(1))
        return answer

    def post(self, path: str, accept: str = "text/html", **fields: str) -> Answer:
        """Send a form; as a page's script where JSON is accepted."""
        if not self.token:
            self.get("/sign-in")
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin, "Accept": accept}
        return self._send("POST", path, urlencode({"csrf_token": self.token, **fields}), kind)

    def upload(self, path: str, field: str, content: str, **fields: str) -> Answer:
        """Send a form with a file."""
        parts = {name: (value, "") for name, value in {"csrf_token": self.token, **fields}.items()}
        parts[field] = (content, f'; filename="{field}.txt"')
        body = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
            for name, (value, more) in parts.items()
        )
        kind = {"Content-Type": "multipart/form-data; boundary=x", "Origin": self.origin}
        return self._send("POST", path, body + "--x--\r\n", kind)

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        """One request; OSError or HTTPException where no answer comes."""
        host = self.origin.removeprefix("http://")
        with closing(http.client.HTTPConnection(host, timeout=PATIENCE)) as connection:
            connection.request(method, path, body, headers | {"Cookie": self.cookie, "Connection": "close"})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8")
        for given in answer.headers.get_all("Set-Cookie") or ():
            self.cookie = given.partition(";")[0]
        return Answer(answer.status, answer.headers.get("Location", ""), text)


def wait_until(true: Callable[[], bool]) -> None:
    """Until something is true, or the patience ends."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)
