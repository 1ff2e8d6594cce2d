"""Work divided among processes gives what one process gives, to the last bit."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.work.parts import divided
from tests.conftest import DEMO, ROOT
from tests.running import wait_until
from tests.test_cli import run


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20), st.integers(1, 8))
def test_ranges_cover_everything_once(sizes: list[int], parts: int) -> None:
    ranges = divided(sizes, parts)
    assert [n for first, end in ranges for n in range(first, end)] == list(range(len(sizes)))
    assert len(ranges) <= parts


@pytest.mark.slow
def test_flags_of_documents(tmp_path: Path) -> None:
    lines = (DEMO / "sys.north.en").read_text(encoding="utf-8").splitlines()
    documents = tmp_path / "documents.txt"
    documents.write_text("".join(f"{n // 5}\n" for n in range(len(lines))), encoding="utf-8")
    files = ["--hypothesis", DEMO / "sys.north.en", "--source", DEMO / "source.fi", "--documents", documents]
    one, three = (run("flag", *files, "--format", "jsonl", "--jobs", jobs) for jobs in ("1", "3"))
    assert one.stdout.count("\n") > 10
    assert (three.stdout, three.stderr, three.returncode) == (one.stdout, one.stderr, 1)


@pytest.mark.slow
def test_scores(tmp_path: Path) -> None:
    for name in ("reference.en", "sys.north.en", "sys.south.en"):
        (tmp_path / name).write_bytes((DEMO / name).read_bytes() * 30)
    systems = [f"--system={tmp_path / f'sys.{name}.en'}" for name in ("north", "south")]
    files = ["--reference", tmp_path / "reference.en", *systems]
    metrics = [f"--metric={name}" for name in ("bleu", "chrf", "chrf++", "ter")]
    one, three = (
        run("score", *files, *metrics, "--bootstrap", "200", "--json", "--jobs", jobs) for jobs in ("1", "3")
    )
    assert json.loads(three.stdout) == json.loads(one.stdout)
    assert one.returncode == 0


@pytest.mark.slow
def test_what_is_wrong_is_told_as_by_one_process(tmp_path: Path) -> None:
    short = tmp_path / "short.en"
    short.write_text("One.\n", encoding="utf-8")
    told = run("score", "--reference", DEMO / "reference.en", "--system", short, "--jobs", "2")
    assert told.returncode == 2
    assert "has 24 lines" in told.stderr


@pytest.mark.slow
def test_a_killed_process_is_told(tmp_path: Path) -> None:
    lines = (DEMO / "sys.north.en").read_text(encoding="utf-8").splitlines() * 200
    text, documents = tmp_path / "text.en", tmp_path / "documents.txt"
    text.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    documents.write_text("".join(f"{n // 5}\n" for n in range(len(lines))), encoding="utf-8")
    options = ["--hypothesis", str(text), "--documents", str(documents), "--jobs", "2"]
    command = [sys.executable, "-m", "review", "flag", *options]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    wait_until(lambda: bool(_workers_of(process.pid)))
    os.kill(_workers_of(process.pid)[0], signal.SIGKILL)
    out, told = process.communicate(timeout=60)
    assert (out, process.returncode) == ("", 2)
    assert told == "tarkka: One of the processes was killed, perhaps for want of memory: try fewer --jobs.\n"


def _workers_of(parent: int) -> list[int]:
    """The processes of its pool."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()
    return [pid for pid in map(int, children) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
