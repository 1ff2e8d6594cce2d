"""The log: one line or one object each, and no text of a segment in it, whatever fails."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import create_engine

from tests.conftest import ROOT
from tests.databases import environ_at
from tests.planted import MARKER
from tests.running import Visitor, wait_until

pytestmark = pytest.mark.slow

TEXT = f"Then {MARKER} {MARKER} said so.\n\nThen the the talks ended."
_SQLITE = (
    "CREATE TRIGGER refused_{0} BEFORE INSERT ON {0} WHEN NEW.text LIKE '%{1}%' "
    "BEGIN SELECT RAISE(ABORT, 'no {1} here'); END"
)
_POSTGRESQL = "ALTER TABLE {0} ADD CONSTRAINT refused CHECK (text NOT LIKE '%%{1}%%') NOT VALID"


@contextmanager
def running(environ: dict[str, str], log: Path, *command: str) -> Iterator[subprocess.Popen[str]]:
    with log.open("w") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.planted", *command],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=told,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.communicate()


def refuse_the_marker(environ: dict[str, str], table: str) -> None:
    """Have the database refuse what has the marker, and quote it as it does."""
    address = environ.get("TARKKA_DATABASE_URL", "").replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address or f"sqlite:///{environ['TARKKA_INSTANCE']}/tarkka.db")
    statement = _POSTGRESQL if address else _SQLITE
    with engine.begin() as connection:
        connection.exec_driver_sql(statement.format(table, MARKER))
    engine.dispose()


def go_through_all_that_fails(visitor: Visitor, environ: dict[str, str], jobs: Path) -> None:
    answer = visitor.post("/import/paste", text=TEXT)
    batch = answer.location
    segment, json = f"{batch}/segments/1", "application/json"
    wait_until(lambda: "LookupError" in jobs.read_text())  # its job for the scores failed
    visitor.get(f"{batch}/concordance?q={MARKER}")
    visitor.get(f"{batch}?q={MARKER}")
    visitor.get(f"{batch}/replace?find={MARKER}&replace=x&regex=1")
    visitor.get(f"/no/{quote(MARKER)}/here?{MARKER}={MARKER}")
    visitor.get(f"{batch}/export/{MARKER}")
    assert visitor.post(f"{segment}/check", json, text=f"{MARKER} wrote.", system="1").status == 200
    fields = {"system": "1", "version": "0", "token": "once", "then": "stay"}
    assert visitor.post(segment, text=f"Then {MARKER} said so.", **fields).status == 303
    assert visitor.post(segment, text=f"{MARKER}.", **fields | {"token": "other"}).status == 409
    assert visitor.post(f"{segment}/comments", json, comment=f"{MARKER}?").status == 200
    assert visitor.post(f"{segment}/comments/withdraw", json, withdraw="1").status == 500
    for kind in ("text", "tsv", "jsonl", "tmx"):
        assert visitor.get(f"{batch}/export/{kind}").status == 200
    for table in ("comment", "flag"):
        refuse_the_marker(environ, table)
    assert visitor.post(f"{segment}/comments", json, comment=f"{MARKER}!").status == 503
    before = jobs.read_text().count("the database failed")
    visitor.post("/import/paste", text=f"{MARKER} {MARKER} {MARKER} said so.")
    wait_until(lambda: jobs.read_text().count("the database failed") > before)


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_text_of_a_segment_is_in_any_line(tmp_path: Path, form: str) -> None:
    environ = {**os.environ, **environ_at(tmp_path), "TARKKA_MODEL": "none", "TARKKA_LOG": form}
    served, worked = tmp_path / "served.log", tmp_path / "worked.log"
    with (
        running(environ, served, "serve", "--no-worker", "--port", "0") as server,
        running(environ, worked, "worker"),
    ):
        assert server.stdout
        told = re.search(r"http://\S+", server.stdout.readline())
        assert told
        go_through_all_that_fails(Visitor(told.group()), environ, worked)
    for log in (served, worked):
        lines = log.read_text()
        assert MARKER.lower() not in lines.lower()
        assert "ValueError" in lines, "the check that failed is told"
        assert "planted.py" in lines, "and where"
        if form == "json":
            told_by = [json.loads(line) for line in lines.splitlines()]
            assert all({"time", "level", "logger", "message"} <= one.keys() for one in told_by)
    if form == "json":
        check_what_is_told(served, worked)


def check_what_is_told(served: Path, worked: Path) -> None:
    """A request and a job can be followed through the lines about them."""
    requests = [json.loads(line) for line in served.read_text().splitlines()]
    answered = [one for one in requests if one["message"] == "answered"]
    assert {"/batches/<int:batch_id>/concordance", "/import/paste", "none"} <= {
        one["route"] for one in answered
    }
    assert {200, 303, 404, 409, 500, 503} <= {one["status"] for one in answered}
    failed = next(one for one in requests if one["message"].endswith("withdraw failed"))
    assert [one["status"] for one in answered if one["request"] == failed["request"]] == [500]
    jobs = [json.loads(line) for line in worked.read_text().splitlines()]
    done = next(one for one in jobs if one["message"] == "job flags done")
    assert (done["job"], done["batch"]) == ("flags", 1)
    assert done["seconds"] >= 0
