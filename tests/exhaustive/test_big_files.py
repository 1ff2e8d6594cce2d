"""A million segments in and out: all of them, in bounded memory."""

import filecmp
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.exhaustive

SEGMENTS = 1_000_000
MEGABYTES = 300


def source(n: int) -> str:
    return f"Lähdesegmentti {n}, jossa on kymmenkunta sanaa ja luku {n % 977}, kuten uutisissa tavallista on."


def hypothesis(n: int) -> str:
    return f"Segment {n} of the source, with some ten words and a number, {n % 977}, as is usual in the news."


def write(path: Path, lines: Iterator[str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return path


# A process begins with the memory of the one that starts it: so a small one stands between it and these tests.
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def run(instance: Path, *args: str | Path) -> int:
    """Run a command; the megabytes that it took at most."""
    environ = {
        **os.environ,
        "TARKKA_INSTANCE": str(instance),
        "TARKKA_MODEL": "none",
        "PYTHONPATH": str(ROOT),
    }
    environ.pop("TARKKA_DATABASE_URL", None)
    command = [sys.executable, "-c", MEASURE, sys.executable, "-m", "review", *map(str, args)]
    told = subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    return int(told.stdout) // 1024


def counts(instance: Path) -> tuple[int, ...]:
    """Rows of the batch, segment and hypothesis tables, and open indexes on the last."""
    with sqlite3.connect(instance / "tarkka.db") as database:
        tables = [
            database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("batch", "segment", "hypothesis")
        ]
        [indexes] = database.execute("SELECT count(*) FROM pragma_index_list('hypothesis')").fetchone()
    database.close()
    return (*tables, indexes)


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    run(tmp_path / "instance", "list")
    return tmp_path / "instance"


def test_line_aligned(instance: Path, tmp_path: Path) -> None:
    files = [
        write(tmp_path / name, map(text, range(SEGMENTS)))
        for name, text in (("mt.en", hypothesis), ("s.fi", source))
    ]
    indexes = counts(instance)[3]
    assert run(instance, "import", "--hypothesis", files[0], "--source", files[1]) < MEGABYTES
    assert counts(instance) == (1, SEGMENTS, SEGMENTS, indexes)
    assert run(instance, "export", "1", "--format", "text", "-o", tmp_path / "out") < MEGABYTES
    assert filecmp.cmp(tmp_path / "out", files[0], shallow=False)


@pytest.mark.parametrize("kind", ["tsv", "jsonl"])
def test_tables_and_jsonl(instance: Path, tmp_path: Path, kind: str) -> None:
    pairs = ((source(n), hypothesis(n)) for n in range(SEGMENTS))
    if kind == "tsv":
        lines = ("\t".join(pair) for pair in pairs)
        file = write(tmp_path / "set", chain(["source\thypothesis"], lines))
    else:
        file = write(tmp_path / "set", (json.dumps({"source": s, "hypothesis": h}) for s, h in pairs))
    assert run(instance, "import", file) < MEGABYTES
    assert counts(instance)[:3] == (1, SEGMENTS, SEGMENTS)
