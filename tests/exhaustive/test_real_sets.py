"""All real translations there are: files come back byte for byte, every check runs, spans hold their text."""

import io
from pathlib import Path

import pytest

from review.checks.run import Checker, flag_document
from review.formats import LINES
from review.formats.guard import Limits
from review.model import Context, Document, Segment
from tests.conftest import shared

pytestmark = pytest.mark.exhaustive

YEARS = ("newstest2015", "newstest2016", "newstest2017", "newstest2018")


def lines(file: Path) -> list[str]:
    with file.open("rb") as stream:
        return LINES.read(stream, file.name, Limits())[0]


@pytest.mark.parametrize("year", YEARS)
def test_every_file_comes_back_byte_for_byte(year: str) -> None:
    files = [f for f in shared(f"data/fi-en/{year}").iterdir() if f.suffix != ".tsv"]
    assert files
    for file in files:
        data = file.read_bytes()
        out = io.BytesIO()
        LINES.write(*LINES.read(io.BytesIO(data), file.name, Limits()), out)
        assert out.getvalue() == data, file.name


@pytest.mark.parametrize("year", YEARS)
def test_every_system_is_checked_without_a_failure(year: str) -> None:
    folder = shared(f"data/fi-en/{year}")
    sources, references = lines(folder / "source.fi"), lines(folder / "reference.en")
    for system in sorted(folder.glob("sys.*.en")):
        texts = lines(system)
        segments = [
            Segment(n, text, source, (reference,))
            for n, (text, source, reference) in enumerate(
                zip(texts, sources, references, strict=True), start=1
            )
        ]
        checker = Checker(Context("fi", "en"))
        for flags, text in zip(flag_document(Document(segments, bounded=False), checker), texts, strict=True):
            for flag in flags:
                assert text[flag.start : flag.end] == flag.text
        assert not checker.failures, system.name
