"""The command line keeps its contract: output, exit status, one sentence on stderr."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from review.model import DEFAULT_CONFIDENCE
from tests.conftest import DEMO, ROOT, shared
from tests.databases import environ_at

pytestmark = pytest.mark.slow


def run(
    *args: str | Path, cwd: Path = ROOT, instance: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        **({**environ_at(instance)} if instance else {}),
    }
    command = [sys.executable, "-m", "review", *map(str, args)]
    return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, encoding="utf-8", check=False)


def refused(result: subprocess.CompletedProcess[str], sentence: str) -> bool:
    lines = result.stderr.splitlines()
    assert result.returncode == 2, result.stderr
    assert len(lines) == 1
    assert sentence in lines[0]
    return True


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text("Borrell met Lavrov.\n\nThen Lavrovin said so.\n", encoding="utf-8")
    return file


def test_flag_prints_one_json_object_a_flag(article: Path) -> None:
    result = run("flag", article, "--format", "jsonl")
    assert result.returncode == 1
    [flag] = [json.loads(line) for line in result.stdout.splitlines()]
    assert list(flag) == [
        "segment",
        "start",
        "end",
        "text",
        "check",
        "category",
        "severity",
        "message",
        "suggestions",
        "confidence",
    ]
    assert (flag["segment"], flag["start"], flag["end"], flag["text"]) == (2, 5, 13, "Lavrovin")
    assert (flag["check"], flag["category"], flag["severity"]) == (
        "name-ending",
        "accuracy/mistranslation",
        "major",
    )
    assert flag["suggestions"][0] == "Lavrov"


@pytest.mark.slow
def test_flag_exits_0_where_nothing_is_flagged(article: Path, tmp_path: Path) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text("All is well.\n", encoding="utf-8")
    assert run("flag", clean).returncode == 0
    assert run("flag", article, "--checks", "html-entity").returncode == 0
    assert run("flag", article, "--fail-on", "critical").returncode == 0
    assert run("flag", article, "--min-confidence", "1").stdout == ""


def test_flag_takes_line_aligned_files_with_source(tmp_path: Path) -> None:
    result = run(
        "flag", "--hypothesis", DEMO / "sys.north.en", "--source", DEMO / "source.fi", "--format", "jsonl"
    )
    assert "number-mismatch" in result.stdout
    assert result.returncode == 1


def test_flag_writes_sarif(article: Path) -> None:
    log = json.loads(run("flag", article, "--format", "sarif").stdout)
    [found] = log["runs"][0]["results"]
    assert log["version"] == "2.1.0"
    assert found["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 6,
        "endColumn": 14,
    }


def test_the_default_confidence_is_the_pages(article: Path) -> None:
    result = run("flag", article, "--min-confidence", "default", "--format", "jsonl")
    assert all(json.loads(line)["confidence"] >= DEFAULT_CONFIDENCE for line in result.stdout.splitlines())


@pytest.mark.slow
def test_every_refusal_is_one_line_and_exit_status_2(article: Path, tmp_path: Path) -> None:
    short, latin = tmp_path / "short", tmp_path / "latin"
    short.write_text("one\n")
    latin.write_bytes("one\ncafé\n".encode("latin-1"))
    assert refused(run("flag", tmp_path / "none"), "it cannot be read (No such file")
    assert refused(run("flag"), "Give a FILE")
    assert refused(run("flag", article, "--source", short), "not both")
    assert refused(run("flag", "--hypothesis", article, "--source", short), "article.txt has 3 lines")
    assert refused(
        run("flag", latin), "latin, line 2: these bytes are not utf-8. Name the encoding: --encoding"
    )
    assert refused(run("flag", article, "--checks", "nonsense"), "There is no check “nonsense”")
    assert refused(run("flag", article, "--min-confidence", "high"), "takes a number")
    assert refused(run("serve", "--host", "0.0.0.0", instance=tmp_path), "can be reached from other machines")
    assert refused(run("export", "7", "--format", "text", instance=tmp_path), "There is no batch 7")
    assert run("flag", latin, "--encoding", "latin-1").returncode == 0


@pytest.mark.slow
def test_import_list_and_export(article: Path, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    imported = json.loads(run("import", article, "--name", "Talks", "--json", instance=instance).stdout)
    assert imported == {"batch": 1, "segments": 2}
    listed = json.loads(run("list", "--json", instance=instance).stdout)
    assert (listed["batch"], listed["name"], listed["segments"]) == (1, "Talks", 2)
    out = tmp_path / "out.txt"
    assert run("export", "1", "--format", "text", "-o", out, instance=instance).returncode == 0
    assert out.read_bytes() == article.read_bytes()
    assert refused(run("export", "1", "--format", "pdf", instance=instance), "There is no format “pdf”")
    assert refused(
        run("export", "1", "--format", "text", "--system", "x", instance=instance), "no system “x”"
    )
    nowhere = tmp_path / "no" / "where.txt"
    assert refused(
        run("export", "1", "--format", "text", "-o", nowhere, instance=instance), "cannot be written"
    )


@pytest.mark.slow
def test_import_names_systems_by_file_or_as_told(tmp_path: Path) -> None:
    result = run(
        "import", "--hypothesis", f"alpha={DEMO / 'sys.north.en'}", "--hypothesis", DEMO / "sys.south.en",
        "--source", DEMO / "source.fi", "--reference", DEMO / "reference.en", "--json", instance=tmp_path,
    )  # fmt: skip
    assert json.loads(result.stdout) == {"batch": 1, "segments": 24}
    assert json.loads(run("list", "--json", instance=tmp_path).stdout)["systems"] == ["alpha", "south"]


@pytest.mark.slow
def test_a_refused_import_stores_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert refused(run("import", empty, instance=tmp_path / "i"), "nothing to import")
    assert run("list", "--json", instance=tmp_path / "i").stdout == ""


@pytest.mark.slow
def test_a_set_of_3000_segments_goes_through(tmp_path: Path) -> None:
    folder = shared("data/fi-en/newstest2018")
    files = [
        "--hypothesis",
        folder / "sys.google.en",
        "--source",
        folder / "source.fi",
        "--source-lang",
        "fi",
    ]
    result = run("import", *files, "--reference", folder / "reference.en", "--json", instance=tmp_path)
    assert json.loads(result.stdout) == {"batch": 1, "segments": 3000}
    exported = run("export", "1", "--format", "text", instance=tmp_path).stdout
    assert exported == (folder / "sys.google.en").read_text(encoding="utf-8")


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    environ = {**os.environ, "TARKKA_MAX_UPLOAD": "many", **environ_at(tmp_path)}
    command = [sys.executable, "-m", "review", "list"]
    result = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, encoding="utf-8", check=False
    )
    assert refused(result, "TARKKA_MAX_UPLOAD is set to 'many'")


@pytest.mark.parametrize("command", ["flag", "import", "score"])
def test_every_command_takes_a_table(tmp_path: Path, command: str) -> None:
    file = tmp_path / "set.csv"
    file.write_text("A;B;C\nHe met Lavrov.;He met Lavrovin.;Hän tapasi Lavrovin.\n", encoding="utf-8")
    instance = tmp_path / "instance"
    assert refused(run(command, file, instance=instance), "say so with --columns source=1,hypothesis=2")
    told = run(command, file, "--columns", "reference=A,hypothesis:north=B,source=C", instance=instance)
    assert told.returncode == (1 if command == "flag" else 0), told.stderr
    assert {"flag": "Lavrovin", "import": "batch 1 with 1 segments", "score": "north"}[command] in told.stdout


@pytest.mark.parametrize("command", ["flag", "import", "score"])
def test_every_command_refuses_a_foreign_file(tmp_path: Path, command: str) -> None:
    file = tmp_path / "set.txt"
    file.write_bytes(b"%PDF-1.7 and so on")
    assert refused(run(command, file, instance=tmp_path / "instance"), "set.txt: this seems to be a PDF")


def test_score_takes_parts_of_any_format_with_one_text_a_segment(tmp_path: Path) -> None:
    reference = tmp_path / "reference.txt"
    reference.write_text("Open\nSave\n", encoding="utf-8")
    po = tmp_path / "mt.po"
    entries = [("Avaa", "Open"), ("Tallenna", "Save")]
    text = "".join(f'msgid "{source}"\nmsgstr "{target}"\n\n' for source, target in entries)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    po.write_text(header + text, encoding="utf-8")
    told = run("score", "--reference", reference, "--system", f"po={po}", "--metric", "ter", "--json")
    assert json.loads(told.stdout)["systems"][0]["scores"]["TER"]["score"] == 0, told.stderr
