"""A folder as one import: which file is what is told by names and by content."""

import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from review.cli import commands
from review.errors import BadInput
from review.formats.guard import Limits
from review.store.engine import open_store
from review.work.access import find_batch
from review.work.folders import read_folder
from review.work.intake import Given, Intake
from tests.databases import environ_at, settings_at

SET = {
    "txt/sources/harbour18-fien-src.fi": "Satama.\nLaiva.\n",
    "txt/references/harbour18-fien-ref.en": "Harbour.\nShip.\n",
    "txt/system-outputs/harbour18.north.77.fi-en": "Harbor.\nShip.\n",
    "txt/system-outputs/harbour18.south.fi-en": "Port.\nBoat.\n",
    "README.txt": "How this came about.\n",
    "scores.tsv": "a\tb\n",
}
SGM = {
    "src.sgm": '<srcset><doc docid="a"><seg id="1">Satama.</seg></doc></srcset>',
    "first.sgm": '<refset trglang="en"><doc docid="a"><seg id="1">Harbour.</seg></doc></refset>',
    "north.sgm": '<tstset trglang="en"><doc docid="a"><seg id="1">Harbor.</seg></doc></tstset>',
}


def read(files: dict[str, str]) -> Intake:
    return read_folder([Given(name, io.BytesIO(text.encode())) for name, text in files.items()], Limits())


def test_plain_files_as_test_sets_are_packed() -> None:
    parsed = read(SET).parsed
    assert parsed.systems == ("north.77", "south")
    first = next(iter(parsed.segments))
    assert (first.source, first.references, first.hypotheses) == (
        "Satama.",
        ("Harbour.",),
        ("Harbor.", "Port."),
    )


def test_sgml_files_say_themselves_what_they_are() -> None:
    intake = read(SGM)
    first = next(iter(intake.parsed.segments))
    assert (first.source, first.references, first.hypotheses) == ("Satama.", ("Harbour.",), ("Harbor.",))
    assert (intake.bounded, first.document) == (True, "a")


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"source.fi": "A.\n"}, "No file here is a translation"),
        (
            {"source.fi": "A\n", "src.txt": "A\n", "x.en": "B\n"},
            "Several files seem to be the source: source.fi, src.txt",
        ),
        ({"source.fi": "A\nB\n", "x.en": "B\n"}, "x.en has 1 line, source.fi has 2"),
    ],
)
def test_what_does_not_fit_is_told(files: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read(files)


def test_the_command_takes_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in SET.items():
        path = tmp_path / "set" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    for name, value in environ_at(tmp_path / "instance").items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(commands, ["import", str(tmp_path / "set"), "--json"])
    assert done.exit_code == 0, done.stderr
    engine = open_store(settings_at(tmp_path / "instance"))
    batch = find_batch(engine, 1)
    engine.dispose()
    assert (batch.segments, batch.references, [s.name for s in batch.systems]) == (
        2,
        1,
        ["north.77", "south"],
    )
