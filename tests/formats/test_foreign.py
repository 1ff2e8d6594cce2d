"""Files of other kinds are refused with what they seem to be, whatever their name says."""

import io
import zipfile

import pytest

from review.errors import BadInput
from review.formats.guard import Limits
from review.work.aligning import read_single
from review.work.intake import Given
from review.work.reading import read_file


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")
    return out.getvalue()


FOREIGN = [
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
    (b"\n%PDF-1.4", "a PDF"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Word, Excel or PowerPoint file"),
    (b"{\\rtf1\\ansi hello}", "an RTF document"),
    (zipped("readme.txt"), "a compressed archive"),
    (zipped("mimetype", "content.xml"), "an OpenDocument text"),
    (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a PowerPoint presentation"),
    (b"\x1f\x8b\x08\0\0\0\0\0", "a compressed archive"),
    (b"\xef\xbb\xbf<?xml version='1.0'?><unheard-of/>", "XML of a kind that is not known here"),
    (b"SQLite format 3\0", "a database"),
]


@pytest.mark.parametrize(("data", "seems"), FOREIGN)
@pytest.mark.parametrize("read", [read_file, read_single])
def test_a_foreign_file_is_named(read, data: bytes, seems: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(
        BadInput, match=f"report.docx: this seems to be {seems}, which Tarkka does not read; "
    ):
        read(Given("report.docx", io.BytesIO(data)), Limits())


@pytest.mark.parametrize(
    "text", ["PK is short for penalty kick.", "<b>An article in HTML?", "GIF is a format.", "MM"]
)
def test_text_that_only_resembles_one_is_text(text: str) -> None:
    intake = read_file(Given("a.txt", io.BytesIO(text.encode())), Limits())
    assert [s.hypotheses for s in intake.parsed.segments] == [(text,)]
