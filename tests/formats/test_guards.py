"""What strangers may not bring in: XML that reaches out or grows, archives that are bombs."""

import io
import zipfile

import pytest

from review.errors import BadInput
from review.formats.xml_guard import parse_xml
from review.formats.zip_guard import open_zip

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>"""
OUTSIDE = b"""<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>"""


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (LAUGHS, "line 1: it declares a document type"),
        (OUTSIDE, "it declares a document type"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx/>', "line 2: it declares"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "it declares"),
        (b"<a>" * 100_000, "depth"),
        (b"<a>\n<b></a>", "line 2: this XML cannot be read"),
        (b"", "cannot be read"),
        (b"<a>\x00</a>", "line 1: this XML cannot be read"),
    ],
)
@pytest.mark.fault(12)
def test_hostile_xml_is_refused_with_its_place(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        parse_xml(data, "file.xlf")


def test_plain_xml_is_read() -> None:
    assert parse_xml(b"<a><b>x &amp; y</b></a>", "a.xml").findtext("b") == "x & y"


def packed(*members: tuple[zipfile.ZipInfo | str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            archive.writestr(member, data)
    return out


def link() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("word/link")
    member.external_attr = 0o120777 << 16
    return member


@pytest.mark.parametrize(
    ("archive", "sentence"),
    [
        (packed(("../evil", b"x")), "points outside"),
        (packed(("/etc/passwd", b"x")), "points outside"),
        (packed(("a\\..\\b", b"x")), "points outside"),
        (packed((link(), b"/etc/passwd")), "points outside"),
        (packed(("word/document.xml", bytes(50_000_000))), "far more than a document"),
        (packed(*((str(n), b"") for n in range(10_001))), "more than 10,000 parts"),
        (io.BytesIO(b"%PDF-1.7 not a document"), "no zipped document"),
        (io.BytesIO(b"PK\x03\x04 cut off"), "no zipped document"),
    ],
)
@pytest.mark.fault(13)
def test_hostile_archives_are_refused_before_they_are_unpacked(archive: io.BytesIO, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        open_zip(archive, "file.docx")


def test_plain_archives_are_opened() -> None:
    assert open_zip(packed(("a", b"x")), "a.docx").read("a") == b"x"
