"""Workers and the server are killed again and again: every chunk is done, none twice, with the flags of one worker."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from review.settings import Settings
from review.store import jobs
from review.store.batches import get_batch
from review.store.choosing import list_tally
from review.store.copying import count_rows
from review.store.engine import Engine, open_store, reading
from review.store.jobs import Job
from review.store.schema_work import chunk
from review.store.statistics import get_sums
from review.work.access import find_batch
from review.work.flag_jobs import FLAGS
from review.work.scoring import SCORES
from tests.conftest import ROOT
from tests.databases import environ_at, settings_at
from tests.doing import add_lines, do_job, find_job
from tests.running import Server, Visitor, children, serving, wait_until

pytestmark = [pytest.mark.exhaustive, pytest.mark.fault(24)]
CHECKED, DEEPLY = 16_000, 1_000  # segments of the two batches
KILLS = 6
IMPORTED = 400_000
LINES = [
    f"The the news number {n} is by Lavrovin ." if n % 7 == 0 else f"This is the line with number {n}."
    for n in range(1, CHECKED + 1)
]
REFERENCES = [f"That is a line, number {n}." for n in range(1, CHECKED + 1)]


class Instance:
    """An instance with a server and its worker, and two workers more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {**os.environ, **environ_at(folder), "TARKKA_MODEL": "none"}
        self.server: Server = serving(folder)
        self.workers = [self._worker() for _ in range(2)]
        address = environ_at(folder).get("TARKKA_DATABASE_URL", "")
        self.engine = open_store(Settings(instance=folder, database_url=address))

    def _worker(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-m", "review", "worker"], cwd=ROOT, env=self.environ)

    def bring(self, name: str, count: int) -> int:
        """Import some of the lines by command; the batch's id."""
        given = []
        for kind, lines in (("hypothesis", LINES), ("reference", REFERENCES)):
            file = self.folder / f"{name}.{kind}"
            file.write_text("".join(f"{line}\n" for line in lines[:count]), encoding="utf-8")
            given += [f"--{kind}", str(file)]
        command = [sys.executable, "-m", "review", "import", *given, "--name", name]
        told = subprocess.run(command, cwd=ROOT, env=self.environ, check=True, capture_output=True, text=True)
        return int(told.stdout.split()[2])

    def kill(self, chance: random.Random) -> None:
        """Kill one of the workers, or the server with its own, and start another in its place."""
        which = chance.randrange(3)
        if which == 2:
            self.server.stop(kill=True)
            self.server.start()
            return
        self.workers[which].send_signal(signal.SIGKILL)
        self.workers[which].wait()
        self.workers[which] = self._worker()
        # As the server does for its own worker, and a sweep would within a minute.
        self.server.stop()
        self.server.start()

    def stop(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.server.stop()
        self.engine.dispose()

    def job(self, batch: int, kind: str) -> Job | None:
        return find_job(self.engine, batch, kind)

    def is_done(self, batch: int, kind: str) -> bool:
        found = self.job(batch, kind)
        return found is not None and found.state == jobs.DONE


def attempts(engine: Engine) -> list[int]:
    with reading(engine) as connection:
        return list(connection.scalars(select(chunk.c.attempts)))


def test_every_chunk_is_done_and_none_twice(tmp_path: Path) -> None:
    instance, chance = Instance(tmp_path / "killed"), random.Random(1)
    try:
        large, deep = instance.bring("large", CHECKED), instance.bring("deep", DEEPLY)
        Visitor(instance.server.address).post(f"/batches/{large}/scores")
        for kill in range(1, KILLS + 1):
            part = kill * CHECKED // (KILLS + 2)

            def is_there(part: int = part) -> bool:
                found = instance.job(large, "flags")
                return found is not None and (found.done >= part or found.state == jobs.DONE)

            wait_until(is_there)
            instance.kill(chance)
        wait_until(lambda: instance.is_done(large, "flags") and instance.is_done(large, "scores"))
        wait_until(lambda: instance.is_done(deep, "deep"))
        _compare(instance, tmp_path / "alone", large, deep)
    finally:
        instance.stop()


def test_an_import_goes_on_behind_what_is_stored(tmp_path: Path) -> None:
    text = "".join(f"This is the line with number {n}, and others follow it.\n" for n in range(IMPORTED))
    server = serving(tmp_path / "instance")
    try:
        visitor = Visitor(server.address)
        visitor.get("/")
        address = visitor.upload("/import/files", "translation", text, layout="lines").location
        assert "/import/waiting/" in address

        def done() -> int:
            answer = visitor.get(f"{address}/progress")
            return int(json.loads(answer.text)["done"]) if answer.status == 200 else 0

        for part in (1, 3, 5):
            wait_until(lambda part=part: done() > IMPORTED * part // 8)  # type: ignore[misc]
            for pid in children(server.process.pid):
                os.kill(pid, signal.SIGKILL)
            if part == 3:
                server.stop(kill=True)
                server.start()
        wait_until(lambda: "/batches/" in visitor.get(address).location)
        batch = visitor.get(address).location.rpartition("/")[2]
    finally:
        server.stop()
    command = [sys.executable, "-m", "review", "export", batch, "--format", "text"]
    told = subprocess.run(command, cwd=ROOT, env=server.settings, check=True, capture_output=True)
    assert told.stdout.decode() == text
    url = environ_at(tmp_path / "instance").get("TARKKA_DATABASE_URL", "")
    engine = open_store(Settings(instance=tmp_path / "instance", database_url=url))
    counts = count_rows(engine)
    engine.dispose()
    assert {counts[name] for name in ("segment", "hypothesis", "fingerprint")} == {IMPORTED}
    assert counts["batch"] == 1


def _compare(instance: Instance, alone: Path, large: int, deep: int) -> None:
    for batch, kind in ((large, "flags"), (large, "scores"), (deep, "flags"), (deep, "deep")):
        job = instance.job(batch, kind)
        assert job
        assert (job.done, job.failed) == (job.total, 0), "a piece done twice would count twice"
    again = sum(count - 1 for count in attempts(instance.engine))
    assert again <= KILLS * 4, "only what a killed worker held was taken again"
    found = find_batch(instance.engine, deep)
    assert found.systems[0].seen == DEEPLY
    engine = open_store(settings_at(alone, model="none"))
    one = add_lines(engine, LINES, REFERENCES)
    for kind in (FLAGS, SCORES):
        do_job(engine, one, kind)
    here, there = get_batch(instance.engine, large), get_batch(engine, one)
    assert here
    assert there
    assert here.flagged == there.flagged == CHECKED
    instant = set(list_tally(engine, there.systems[0].id))
    assert instant <= set(list_tally(instance.engine, here.systems[0].id))
    assert get_sums(instance.engine, here.systems[0].id) == get_sums(engine, there.systems[0].id)
    engine.dispose()
