"""A PostgreSQL server of a test's own, that may be stopped and started."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def binaries() -> Path:
    """Where PostgreSQL's programs are; without them the test is left out, and on the PostgreSQL run it fails."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name))
    if not found and (named := shutil.which("initdb")):
        found = [Path(named).resolve().parent]
    if not found:
        if os.environ.get("TARKKA_TEST_DATABASE_URL"):
            pytest.fail("PostgreSQL's programs are not where they were looked for")
        pytest.skip("there is no PostgreSQL here")
    return found[-1]


class OwnServer:
    """A server in a folder of its own, reached by a socket there."""

    def __init__(self, *options: str) -> None:
        self.options = options
        self.binaries = binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="tarkka-outage-", dir="/tmp"))
        self.address = f"postgresql://tarkka@/postgres?host={self.folder}"

    def __enter__(self) -> "OwnServer":
        if not os.getuid():  # it refuses to run as root
            shutil.chown(self.folder, pwd.getpwnam("postgres").pw_name)
        self._run("initdb", "-U", "tarkka", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._run("pg_ctl", "-m", "immediate", "-s", "stop")
        shutil.rmtree(self.folder)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} {' '.join(self.options)}"
        self._run("pg_ctl", "-s", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Inside it is not there."""
        self._run("pg_ctl", "-m", "fast", "-s", "-w", "stop")
        yield
        self.start()

    def _run(self, program: str, *options: str) -> None:
        command = [str(self.binaries / program), "-D", str(self.folder / "data"), *options]
        if not os.getuid():
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
