"""A Dask cluster of real processes, started as somebody would start it by hand."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT
from tests.running import wait_until

DASK = Path(sys.executable).parent / "dask"


class DaskCluster:
    """A scheduler and its workers, whose logs and scratch files go into a folder."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder, self.settings = folder, settings
        told = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0",
            "--scheduler-file", str(told), cwd=folder,
        )  # fmt: skip
        wait_until(lambda: told.exists() and told.read_text().endswith("}"))
        found = json.loads(told.read_text())
        self.address: str = found["address"]
        self._counts = f"http://127.0.0.1:{found['services']['dashboard']}/json/counts.json"

    def add_worker(self, cwd: Path | None = None, tarkka: Path | None = ROOT) -> subprocess.Popen[bytes]:
        """One more worker with one thread, with a Tarkka or none; it is there when this returns."""
        before = self.count("workers")
        process = self._start(
            "worker", self.address, "--nthreads", "1", "--no-dashboard", "--local-directory", str(self.folder),
            cwd=cwd or self.folder, tarkka=tarkka,
        )  # fmt: skip
        wait_until(lambda: self.count("workers") > before)
        return process

    def count(self, what: str) -> int:
        """How many workers, tasks, processing tasks … the scheduler has."""
        with urllib.request.urlopen(self._counts) as answer:
            counts: dict[str, int] = json.loads(answer.read())
        return counts[what]

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a worker, and the nanny that would start it again, as a machine that loses power does."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Kill all that is left."""
        for process in self.processes:
            self.kill(process)

    def _start(self, *command: str, cwd: Path, tarkka: Path | None = None) -> subprocess.Popen[bytes]:
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        environ |= self.settings | ({"PYTHONPATH": str(tarkka)} if tarkka else {})
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [DASK, *command], cwd=cwd, env=environ, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        return process


@contextmanager
def dask_cluster(folder: Path, **settings: str) -> Iterator[DaskCluster]:
    """A cluster without workers yet, with settings of Dask's; nothing of it is left at the end."""
    folder.mkdir()
    cluster = DaskCluster(folder, settings)
    try:
        yield cluster
    finally:
        cluster.stop()
