"""Truncated and bit-flipped files: read, or refused in a sentence that names the file; nothing else ever."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.errors import BadInput
from review.formats.docx import Docx
from review.formats.html import Html
from review.formats.po import Po
from review.formats.shape import DocumentFormat
from review.formats.tmx import Tmx
from review.formats.xliff import Xliff
from tests.formats.reading import SAMPLES, corrected, read, write
from tests.formats.test_po import DATA as PO_SAMPLE
from tests.formats.test_tmx import SAMPLE as TMX_SAMPLE

pytestmark = pytest.mark.slow

PAGE = b"""<!DOCTYPE html><html lang="en"><meta charset=utf-8><title>Harbour &amp; news</title>
<!-- c --><p class='a'>The <b>new  quay</b><br> is <a href="x">open<img src=y></a>.</p><ul><li>\xc3\xa4 &lt; b<li>c</ul>"""

FILES: list[tuple[DocumentFormat, bytes]] = [
    *((Xliff(), file.read_bytes()) for file in sorted(SAMPLES.glob("*.xlf"))),
    (Tmx(), TMX_SAMPLE),
    (Tmx(), TMX_SAMPLE.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
    (Docx(), (SAMPLES / "libreoffice.docx").read_bytes()),
    (Html(), PAGE),
    (Html(), PAGE.decode().encode("utf-16")),
    (Po(), PO_SAMPLE),
    (Po(), PO_SAMPLE.replace(b"UTF-8", b"windows-1252")),
]


def goes_through_or_is_refused(fmt: DocumentFormat, data: bytes) -> None:
    """A file that can be read can be written with every segment corrected."""
    fmt.recognises(data[: 1 << 16])
    try:
        parsed = read(fmt, data, "harbour.file")
    except BadInput as refused:
        error = refused
    else:
        error = None
    if error:
        assert "harbour.file" in str(error) or "encoding" in str(error)
        return
    texts = {at: f"x{s.hypotheses[0]}" for at, s in enumerate(parsed.segments)}
    with contextlib.suppress(BadInput):  # a character that the encoding, now another, lacks
        write(fmt, data, corrected(parsed, texts))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FILES), st.floats(0, 1))
def test_truncated(file: tuple[DocumentFormat, bytes], part: float) -> None:
    fmt, data = file
    goes_through_or_is_refused(fmt, data[: int(len(data) * part)])


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), max_size=8),
)
def test_bits_flipped(file: tuple[DocumentFormat, bytes], flips: list[tuple[float, int]]) -> None:
    fmt, data = file
    damaged = bytearray(data)
    for place, bit in flips:
        damaged[int(place * len(data))] ^= 1 << bit
    goes_through_or_is_refused(fmt, bytes(damaged))


DECLARED = [
    "utf-7",
    "shift_jis",
    "hex",
    "utf-16",
    "utf-32",
    "ucs-4",
    "ebcdic-cp-us",
    "idna",
    "x",
    "cp037",
]


@pytest.mark.parametrize("encoding", DECLARED)
@pytest.mark.parametrize("fmt", [Xliff(), Tmx(), Po()], ids=lambda fmt: fmt.id)
def test_declared_in_some_encoding(fmt: DocumentFormat, encoding: str) -> None:
    declared = {data.replace(b"UTF-8", encoding.encode()) for one, data in FILES if one.id == fmt.id}
    for data in declared:
        goes_through_or_is_refused(fmt, data)


BOMB = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
HOSTILE = [
    f'<?xml version="1.0"?><!DOCTYPE xliff [{BOMB}]><xliff version="&a9;"><file>&a9;</file></xliff>'.encode(),
    b'<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]><xliff version="1.2"><file>&x;</file></xliff>',
    b'<!DOCTYPE xliff SYSTEM "http://example.org/x.dtd"><xliff version="1.2"/>',
    b'<xliff version="1.2"><file>' + b"<group>" * 100_000,
    b'<xliff version="1.2"><file><body><trans-unit id="1"><source>' + b'<g id="1">' * 100_000,
    b"\xff\xfe<\0!\0", b"", b"\0" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.fault(12)
def test_hostile_xml_is_refused(data: bytes) -> None:
    for fmt in (Xliff(), Tmx()):
        fmt.recognises(data[: 1 << 16])
        with pytest.raises(BadInput):
            read(fmt, data)
