"""Jobs on a real Redis server: handed over by one process, done by whichever worker comes."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
import redis

from review.errors import BadInput
from review.jobs.hands import Heartbeat, WorkerHands
from review.jobs.queue import JobQueue
from review.store.chunks import Held
from review.store.engine import open_store
from review.work.chunked import PROMPT
from review.work.flag_jobs import FLAGS
from review.work.job_kinds import KINDS
from tests.databases import settings_at
from tests.doing import add_lines
from tests.test_serving import wait_for

pytestmark = pytest.mark.slow
PATIENCE = 20.0  # seconds


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a server of its own listens."""
    if shutil.which("redis-server") is None:
        if os.environ.get("CI"):
            pytest.fail("there is no redis-server, and in CI there must be one")
        pytest.skip("there is no redis-server here")
    socket = tmp_path / "redis.sock"
    command = [
        "redis-server",
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--save",
        "",
        "--dir",
        str(tmp_path),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        wait_for(socket.exists)
        yield f"unix://{socket}"
        server.terminate()


def test_another_process_takes_the_jobs(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    finished = Event()

    def flag(_engine: object, _settings: object, held: Held) -> None:
        done.append(held.batch_id)
        if len(done) == 2:
            finished.set()

    monkeypatch.setitem(KINDS, "flags", replace(FLAGS, run=flag))
    monkeypatch.setattr(JobQueue, "deepen_batch", lambda *_: None)
    settings = settings_at(tmp_path / "instance", queue_url=address)
    engine = open_store(settings)
    batches = [add_lines(engine, ["A line."]) for _ in range(2)]
    here, there = JobQueue(settings, engine), JobQueue(settings, engine)
    for batch in batches:
        here.flag_batch(batch)
    consumer = there.lanes.consumer(PROMPT)
    consumer.start()
    try:
        assert finished.wait(PATIENCE)
    finally:
        consumer.stop(graceful=True)
        for queue in (here, there):
            for lane in queue.lanes.by_name.values():
                lane.storage.conn.close()
        engine.dispose()
    assert sorted(done) == batches
    assert not (settings.instance / "queue.db").exists()
    with redis.Redis.from_url(address) as server:
        assert server.dbsize() <= 1, "no outcome piles up"


def test_an_address_of_nothing_is_told(tmp_path: Path) -> None:
    settings = settings_at(tmp_path, queue_url="amqp://host")
    with pytest.raises(BadInput, match="no address of a queue"):
        JobQueue(settings, open_store(settings))


def test_a_worker_outlives_a_queue_that_is_away(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_at(tmp_path / "instance", queue_url=address)
    engine = open_store(settings)
    queue = JobQueue(settings, engine)
    batch = add_lines(engine, ["A line."])
    for name in ("llen", "zcard"):  # what is asked of it to tell how much waits
        monkeypatch.setattr(redis.Redis, name, _away)
    queue.resume()
    looks: list[str] = []

    def look() -> None:
        try:
            queue._take_up_stalled()
        finally:
            looks.append("looked")

    monkeypatch.setattr("review.jobs.hands._BEATS_EVERY", 0.01)
    with Heartbeat(engine, WorkerHands(), look):
        wait_for(lambda: len(looks) > 2)
    monkeypatch.undo()
    assert queue.state().waiting[PROMPT] == 1, f"the flags of batch {batch} were handed over all the same"
    engine.dispose()


def _away(*_: object) -> None:
    raise redis.ConnectionError("nobody is there")
