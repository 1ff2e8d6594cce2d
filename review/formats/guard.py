"""Bounds what may come in: encodings, characters no database or browser holds, sizes."""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from review.errors import BadInput, WrongEncoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Offered, with a preview, for bytes that are not UTF-8; the first two differ from the rest in the quotes.
LIKELY_ENCODINGS = ("windows-1252", "iso-8859-15", "windows-1251", "windows-1257", "mac-roman", "cp850")


_SAMPLE = 1 << 16  # bytes that are looked at in one go


@dataclass(frozen=True, slots=True)
class Limits:
    """What an import may hold, in bytes: a segment in UTF-8, a file that is kept whole."""

    segment: int = 100 * 1024
    document: int = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and what its bytes are made from again."""

    text: str
    encoding: str
    bom: bool

    def encode(self, text: str) -> bytes:
        """`text` in the file's own encoding, with its BOM if it had one."""
        return encode(text, self.encoding, self.bom)


def begins(stream: BinaryIO) -> tuple[int, str | None]:
    """Where a file's text begins, after a BOM, and the encoding that this one says."""
    stream.seek(0)
    start = stream.read(4)
    return next(((len(mark), name) for mark, name in _BOMS if start.startswith(mark)), (0, None))


def encode(text: str, encoding: str, bom: bool, line: int = 1) -> bytes:
    """`text` as bytes; BadInput where the encoding lacks one of its characters.

    `line` is the place where `text` begins in the file.
    """
    mark = next(mark for mark, name in _BOMS if name == encoding) if bom else b""
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise BadInput(
            f"The file was {encoding}, which has no “{character}” (line "
            f"{line + text.count(chr(10), 0, error.start)}): export as JSONL, or replace the character."
        ) from None


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of a file: UTF-8, whatever a BOM says, or the encoding given.

    WrongEncoding names the line and what to do; BadInput names a NUL.
    """
    mark, marked = next(((mark, e) for mark, e in _BOMS if data.startswith(mark)), (b"", None))
    chosen = marked or encoding or "utf-8"
    try:
        text = data[len(mark) :].decode(chosen)
    except LookupError:
        raise BadInput(f"“{encoding}” is no encoding known here; try windows-1252 or utf-8.") from None
    except UnicodeError as error:  # not every codec says where
        line = data[: getattr(error, "start", 0)].count(b"\n") + 1
        raise WrongEncoding(
            f"{name}, line {line}: these bytes are not {chosen}.", name=name, data=data
        ) from None
    check_characters(text, name)
    return Decoded(text, chosen, bool(mark))


def wrong_encoding(stream: BinaryIO, begin: int, name: str, encoding: str) -> WrongEncoding:
    """Where the bytes begin that are no text, with what stands around them."""
    stream.seek(begin)
    decoder, line, data = codecs.getincrementaldecoder(encoding)(), 1, b""
    while chunk := stream.read(_SAMPLE):
        data = chunk
        try:
            line += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError as error:
            data = error.object
            line += data[: error.start].count("\n".encode(encoding))
            break
        except UnicodeError:  # some codecs do not tell where
            break
    return WrongEncoding(f"{name}, line {line}: these bytes are not {encoding}.", name=name, data=data)


def check_characters(text: str, name: str, line: int = 1) -> None:
    """BadInput at a NUL or a lone surrogate; `line` is the place where `text` begins in `name`."""
    try:
        text.encode("utf-8")
        at = text.find("\0")
        what = "a NUL character"
    except UnicodeEncodeError as error:
        at = error.start
        what = f"half of a surrogate pair (U+{ord(text[at]):04X})"
    if at >= 0:
        place = line + text.count("\n", 0, at)
        raise BadInput(f"{name}, line {place}: {what} stands there; remove it and try again.")


def check_size(text: str, place: str, limits: Limits) -> None:
    """BadInput for a segment over the limit."""
    if len(text) > limits.segment // 4 and len(text.encode("utf-8")) > limits.segment:
        raise BadInput(
            f"{place}: the segment is longer than {limits.segment // 1024} kB; break it into shorter ones."
        )
