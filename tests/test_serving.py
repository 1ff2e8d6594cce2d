"""Server and worker: what was left unfinished is taken up again, and they end together."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from review.jobs.queue import JobQueue
from review.store.engine import open_store
from review.work.chunked import PROMPT
from review.work.flag_jobs import FLAGS
from review.work.job_kinds import KINDS
from review.work.scoring import SCORES
from tests.conftest import DEMO, ROOT
from tests.databases import environ_at, settings_at
from tests.doing import add_lines
from tests.running import children

pytestmark = pytest.mark.slow

PATIENCE = 20.0  # seconds


def start(instance: Path, *args: str) -> subprocess.Popen[str]:
    environ = {**os.environ, **environ_at(instance)}
    command = [sys.executable, "-m", "review", *args]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)


def wait_for(seen: Any) -> Any:
    """What `seen` gives once it gives something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := seen():
            return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_a_batch_imported_without_a_server_is_flagged_when_one_starts(tmp_path: Path) -> None:
    with start(tmp_path, "import", "--hypothesis", str(DEMO / "sys.north.en"), "--json") as importing:
        assert importing.stdout
        assert json.loads(importing.stdout.read())["batch"] == 1
    (tmp_path / "queue.db").unlink()  # the queue is gone, as after a lost disk
    with start(tmp_path, "serve", "--port", "0") as server:
        assert server.stdout
        told = re.search(r"http://\S+", server.stdout.readline())
        assert told
        address = told.group() + "/batches/1/progress"

        def done() -> bool:
            with urlopen(address) as answer:
                return bool(json.load(answer)["state"] == "done")

        wait_for(done)
        server.terminate()


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        environ = {**os.environ, **environ_at(tmp_path)}
        command = [sys.executable, "-m", "review", "serve", "--port", port]
        run = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert f"Port {port} of 127.0.0.1" in run.stderr


def test_a_killed_server_leaves_no_worker_behind(tmp_path: Path) -> None:
    with start(tmp_path, "serve", "--port", "0") as server:
        assert server.stdout
        server.stdout.readline()
        [worker] = wait_for(lambda: children(server.pid))
        server.send_signal(signal.SIGKILL)
        wait_for(lambda: not is_running(worker))


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_told_to_end_while_it_begins_ends_well(tmp_path: Path, told: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    worker = start(tmp_path, "worker", "--metrics-port", str(port))
    try:
        wait_for(lambda: is_healthy(port))  # it answers before it takes its first job
        worker.send_signal(told)
        assert worker.wait(PATIENCE) == 0
    finally:
        worker.kill()
        worker.communicate()


def is_healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            return bool(answer.status == 200)
    except URLError:
        return False


def test_a_long_scoring_does_not_hold_back_the_flags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flagged, scored = Event(), Event()
    settings = settings_at(tmp_path)
    engine = open_store(settings)
    lines = ["A line."]
    batch = add_lines(engine, lines, lines)
    monkeypatch.setitem(KINDS, "scores", replace(SCORES, run=lambda *_: scored.wait(PATIENCE)))
    monkeypatch.setitem(KINDS, "flags", replace(FLAGS, run=lambda *_: flagged.set()))
    queue = JobQueue(settings, engine)
    queue.score_batch(batch)
    queue.flag_batch(batch)
    consumer = queue.lanes.consumer(PROMPT)
    consumer.start()
    try:
        assert flagged.wait(PATIENCE / 2)
    finally:
        scored.set()
        consumer.stop(graceful=True)
