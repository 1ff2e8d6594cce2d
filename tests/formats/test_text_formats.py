"""The two laws of the text formats, on bytes and texts of every nasty kind."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import BadInput, WrongEncoding
from review.formats import ARTICLE, LINES, TEXT_FORMATS
from review.formats.guard import Limits
from review.formats.shape import Skeleton, TextFormat

NASTY = [
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    " ",
    "\t",
    "a",
    "é",
    "e\u0301",
    "\u2028",
    "\u0085",
    "\u202e",
    "😀",
    "\ufeff",
    "\u00a0",
]
TEXT = st.lists(
    st.one_of(
        st.sampled_from(NASTY),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
    ),
    max_size=25,
).map("".join)
ENCODED = st.builds(lambda mark, text: mark + text.encode(), st.sampled_from([b"", b"\xef\xbb\xbf"]), TEXT)


def read(fmt: TextFormat, data: bytes, encoding: str | None = None) -> tuple[list[str], Skeleton]:
    return fmt.read(io.BytesIO(data), "file.txt", Limits(), encoding)


def write(fmt: TextFormat, texts: list[str], skeleton: Skeleton) -> bytes:
    out = io.BytesIO()
    fmt.write(texts, skeleton, out)
    return out.getvalue()


@pytest.mark.parametrize("fmt", TEXT_FORMATS.values(), ids=TEXT_FORMATS)
@given(data=ENCODED)
@pytest.mark.fault(5)
def test_uncorrected_files_come_back_byte_for_byte(fmt: TextFormat, data: bytes) -> None:
    assert write(fmt, *read(fmt, data)) == data


@pytest.mark.parametrize("fmt", TEXT_FORMATS.values(), ids=TEXT_FORMATS)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.fault(8)
def test_files_with_a_bom_come_back_byte_for_byte(fmt: TextFormat, encoding: str) -> None:
    data = "Ensimmäinen.\r\n\r\nToinen.\n".encode(encoding)
    assert write(fmt, *read(fmt, data)) == data


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\n\r"), max_size=12),
        max_size=8,
    )
)
def test_line_aligned_texts_come_back_as_they_were(texts: list[str]) -> None:
    data = "".join(text + "\n" for text in texts).encode()
    assert read(LINES, data)[0] == texts


@pytest.mark.fault(6)
def test_only_a_newline_ends_a_line() -> None:
    texts, _ = read(LINES, "a\u2028b\u0085c\rd\r\ne".encode())
    assert texts == ["a\u2028b\u0085c\rd", "e"]


def test_an_article_is_its_blocks_and_keeps_the_leading_space() -> None:
    texts, skeleton = read(ARTICLE, b" first\nstill first\n\n \n\nsecond")
    assert texts == [" first\nstill first", "second"]
    assert write(ARTICLE, ["FIRST", "second"], skeleton) == b"FIRST\n\n \n\nsecond"


def test_a_correction_gets_the_files_own_line_ends() -> None:
    texts, skeleton = read(ARTICLE, b"one\r\ntwo\r\n\r\nthree\r\n")
    assert texts == ["one\ntwo", "three"]
    assert (
        write(ARTICLE, ["one\ntwo and\nmore", "three"], skeleton)
        == b"one\r\ntwo and\r\nmore\r\n\r\nthree\r\n"
    )


def test_a_line_break_typed_into_a_line_becomes_a_space() -> None:
    _, skeleton = read(LINES, b"one\ntwo\n")
    assert write(LINES, ["one\nmore", "two"], skeleton) == b"one more\ntwo\n"


@pytest.mark.parametrize("fmt", TEXT_FORMATS.values(), ids=TEXT_FORMATS)
@pytest.mark.parametrize(
    ("data", "error", "sentence"),
    [
        (b"fine\nbad \xe4 byte\n", WrongEncoding, "file.txt, line 2: these bytes are not utf-8"),
        (b"fine\nfine\nnul \0\n", BadInput, "file.txt, line 3: a NUL character"),
        (b"x" * 102_401, BadInput, "file.txt, line 1: the segment is longer than 100 kB"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(
    fmt: TextFormat, data: bytes, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        read(fmt, data)


@pytest.mark.fault(8)
def test_another_encoding_is_read_when_it_is_named_and_written_again() -> None:
    data = "käännös\n".encode("latin-1")
    texts, skeleton = read(LINES, data, "latin-1")
    assert texts == ["käännös"]
    assert write(LINES, texts, skeleton) == data
    with pytest.raises(BadInput, match=r"latin-1, which has no “–” \(line 1\)"):
        write(LINES, ["a – b"], skeleton)
    with pytest.raises(BadInput, match="no encoding known here"):
        read(LINES, data, "klingon")
