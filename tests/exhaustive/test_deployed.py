"""A whole instance as compose.yaml says: its commands and settings are read from there, its servers are real."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import yaml

from tests.conftest import ROOT
from tests.members import PASSWORD
from tests.outage_server import OwnServer
from tests.running import Visitor, wait_until

pytestmark = [pytest.mark.exhaustive, pytest.mark.slow]

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
SECRETS = {
    "POSTGRES_PASSWORD": "unused-by-a-socket",
    "TARKKA_SECRET_KEY": "a-key-for-this-test",
    "TARKKA_METRICS_TOKEN": "a-token-for-this-test",
    "TARKKA_TRUSTED_HOSTS": "review.example.org,127.0.0.1",
}
TEXT = "Then Lavrovin said so.\n\nThen the the talks ended."


def filled_in(text: str) -> str:
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda found: SECRETS[found[1]], text)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


class Stack:
    """The services as processes in one folder."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.queue = folder / "queue.sock"
        environment = {name: filled_in(value) for name, value in COMPOSE["x-tarkka"]["environment"].items()}
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TARKKA_")},
            **environment,
            "TARKKA_DATABASE_URL": database,
            "TARKKA_QUEUE_URL": f"unix://{self.queue}",
            "TARKKA_TRUSTED_PROXY": "127.0.0.1",
            "TARKKA_INSTANCE": str(folder / "instance"),
            "TARKKA_MODEL": "none",
        }
        self.ports: dict[str, int] = {}

    @contextmanager
    def running(self, service: str, name: str = "") -> Iterator[subprocess.Popen[str]]:
        """A service of ours, until it is told to end as compose.yaml says; it ends well."""
        self.ports[name or service] = free_port()
        about = SERVICES[service]
        told = (self.folder / f"{name or service}.log").open("a")
        with told:
            process = subprocess.Popen(
                [sys.executable, "-m", "review", *self.with_port(about["command"], name or service)],
                cwd=ROOT,
                env=self.environ,
                stdout=subprocess.DEVNULL,
                stderr=told,
                text=True,
            )
            try:
                yield process
            finally:
                process.send_signal(getattr(signal, about.get("stop_signal", "SIGTERM")))
                status = process.wait(60)
            assert status == 0

    def with_port(self, words: list[str], name: str) -> list[str]:
        """A command with the port that a process of this test has."""
        return [re.sub(r"\b(5000|9101)\b", str(self.ports[name]), word) for word in words]

    @contextmanager
    def queue_running(self) -> Iterator[None]:
        command = [*SERVICES["queue"]["command"], "--port", "0", "--unixsocket", str(self.queue)]
        command += ["--dir", str(self.folder)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                wait_until(self.queue.exists)
                yield
            finally:
                process.terminate()
        self.queue.unlink(missing_ok=True)

    def is_healthy(self, name: str) -> bool:
        """What the container's own check says."""
        test = SERVICES[name.rstrip("0123456789")]["healthcheck"]["test"]
        return self.review(*self.with_port(test[4:], name)).returncode == 0

    def review(self, *words: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "review", *words]
        environ = self.environ | more
        return subprocess.run(
            command, cwd=ROOT, env=environ, input=typed.encode(), capture_output=True, check=False
        )

    def asked(self, name: str, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of an answer."""
        try:
            with urlopen(Request(f"http://127.0.0.1:{self.ports[name]}{path}", headers=headers)) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def is_ready(self) -> bool:
        return self.asked("app", "/readyz") == (200, "ready\n")

    def jobs_done(self, name: str) -> float:
        token = {"Authorization": f"Bearer {SECRETS['TARKKA_METRICS_TOKEN']}"}
        status, page = self.asked(name, "/metrics", **token)
        assert status == 200
        found = re.findall(r'^tarkka_job_seconds_count\{.*outcome="done"\} (\S+)', page, re.M)
        return sum(map(float, found))


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    options = [word for word in SERVICES["database"]["command"] if word != "postgres"]
    with OwnServer(*options) as database:
        yield Stack(tmp_path, database.address)


def signed_in(stack: Stack) -> Visitor:
    made = stack.review("accounts", "add", "Päivi", "--admin", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    visitor = Visitor(f"http://127.0.0.1:{stack.ports['app']}")
    assert visitor.post("/sign-in", name="Päivi", password=PASSWORD).status == 303
    visitor.get("/")
    return visitor


def checked(visitor: Visitor, batch: str) -> bool:
    """Whether the instant and the deep checks have seen all of it."""
    progress = json.loads(visitor.get(f"{batch}/progress").text)
    return bool(progress["state"] == "done" and progress["deep"] == progress["total"])


def test_an_instance_as_compose_says(stack: Stack, tmp_path: Path) -> None:
    with ExitStack() as whole:
        with stack.queue_running():
            whole.enter_context(stack.running("app"))
            wait_until(lambda: stack.is_healthy("app"))
            assert stack.asked("app", "/readyz") == (503, "No worker was ever seen: start one.\n")
            with stack.running("worker", "worker1"), stack.running("worker", "worker2"):
                wait_until(lambda: stack.is_healthy("worker1") and stack.is_healthy("worker2"))
                wait_until(stack.is_ready)
                visitor = signed_in(stack)
                batch = visitor.post("/import/paste", text=TEXT).location
                wait_until(lambda: checked(visitor, batch))
                assert "Lavrov" in visitor.get(f"{batch}/segments/1").text
                assert stack.jobs_done("worker1") + stack.jobs_done("worker2") >= 1
                assert stack.jobs_done("app") == 0
                for name in ("app", "worker1"):
                    assert stack.asked(name, "/metrics")[0] == 404
                check_backup(stack, visitor, batch, tmp_path / "all.tarkka")
            wait_until(lambda: "No worker was seen" in stack.asked("app", "/readyz")[1])
        assert "The queue does not answer." in stack.asked("app", "/readyz")[1]
        assert stack.asked("app", "/healthz") == (200, "ok\n")
        with stack.queue_running(), stack.running("worker", "worker1"):
            wait_until(stack.is_ready)
    for log in tmp_path.glob("*.log"):
        for line in log.read_text(encoding="utf-8").splitlines():
            assert {"time", "level", "logger", "message"} <= json.loads(line).keys()
            assert "Lavrov" not in line


def check_backup(stack: Stack, visitor: Visitor, batch: str, file: Path) -> None:
    """A backup that is made while the server runs on PostgreSQL is restored elsewhere: every export is the same."""
    assert stack.review("backup", str(file)).returncode == 0
    elsewhere = {
        "TARKKA_DATABASE_URL": "",
        "TARKKA_QUEUE_URL": "",
        "TARKKA_INSTANCE": str(file.parent / "other"),
    }
    restored = stack.review("restore", str(file), **elsewhere)
    assert restored.returncode == 0, restored.stderr
    for kind in ("text", "jsonl", "tmx"):
        exported = [
            stack.review("export", batch.rpartition("/")[2], "--format", kind, **more)
            for more in ({}, elsewhere)
        ]
        assert exported[0].returncode == 0, exported[0].stderr
        assert exported[0].stdout == exported[1].stdout
        assert exported[0].stdout
