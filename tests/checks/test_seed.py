"""The article that the tool was conceived on: what must be flagged in it, and what must not."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT, shared

MUST = {
    (18, 44, 52): ("Lavrovin", "Lavrov"),
    (15, 222, 231): ("Navalnyin", "Navalny’s"),
    (16, 0, 9): ("Borrellin", "Borrell’s"),
    (9, 155, 158): (" ‘s", "’s"),
    (9, 224, 227): ("’ s", "’s"),
    (21, 125, 128): (", ”", ",” "),
}
MUST_NOT = ("Lavrov", "Borrell", "Moscow", "Politico", "Helsingin Sanomat", "Helsingin", "Sanomat")


@pytest.fixture(scope="module")
def flags() -> list[dict[str, object]]:
    command = [
        sys.executable,
        "-m",
        "review",
        "flag",
        str(shared("data/seed/article.en.txt")),
        "--format",
        "jsonl",
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 1, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize("span", MUST)
def test_flags_what_is_garbled_at_its_place(
    flags: list[dict[str, object]], span: tuple[int, int, int]
) -> None:
    text, right = MUST[span]
    here = [f for f in flags if (f["segment"], f["start"], f["end"]) == span]
    assert [(f["text"], f["suggestions"][0]) for f in here] == [(text, right)]  # type: ignore[index]


NAMES = {
    (13, "Terrasin"): {"Terras"},
    (15, "Navalnyin"): {"Navalny’s"},
    (16, "Borrellin"): {"Borrell’s"},
    (18, "Lavrovin"): {"Lavrov"},
    (25, "Marija"): {"Maria", "Mariya"},
    (25, "Navalnyi"): {"Navalny"},
    (25, "Zaharova"): {"Zakharova"},
}


def test_every_garbled_name_is_found_and_no_other(flags: list[dict[str, object]]) -> None:
    names = [f for f in flags if str(f["check"]).startswith("name-") and f["text"] != "Jabarov"]
    assert {(f["segment"], f["text"]) for f in names} == set(NAMES)
    assert [f for f in names if f["suggestions"][0] not in NAMES[f["segment"], f["text"]]] == []  # type: ignore[index]
    assert [f["text"] for f in names].count("Zaharova") == 2


def test_leaves_right_names_alone(flags: list[dict[str, object]]) -> None:
    assert [f for f in flags if f["text"] in MUST_NOT] == []
