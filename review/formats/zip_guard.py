"""Looks at zipped files (XLSX, DOCX) before anything in them is unpacked."""

import stat
import zlib
from lzma import LZMAError
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from review.errors import BadInput

_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_MOST_MEMBERS = 10_000
_MOST_LISTED = 1 << 23  # bytes of the list of members, whatever number of them it claims
_MOST_BYTES = 1 << 29  # of everything unpacked
_HARMLESS = 1 << 20  # bytes: a member this small may shrink as much as it likes
_MOST_SHRUNK = 250  # times; the text of documents shrinks 5 to 30 times


def open_zip(stream: BinaryIO, name: str) -> ZipFile:
    """The archive, once its list of members is harmless; BadInput says what is wrong with it."""
    _check_count(stream, name)
    try:
        archive = ZipFile(stream)
    except (BadZipFile, ValueError, NotImplementedError):
        raise BadInput(f"{name}: it is damaged or no zipped document; save it again and retry.") from None
    total = 0
    for member in archive.infolist():
        place = f"{name}, part “{member.filename[:80]}”"
        parts = member.filename.replace("\\", "/").split("/")
        if parts[0] == "" or ".." in parts or ":" in parts[0] or stat.S_ISLNK(member.external_attr >> 16):
            raise BadInput(f"{place}: it points outside the file, which no document needs; refused.")
        if member.flag_bits & 1:
            raise BadInput(f"{place}: it is encrypted; remove the password and save it again.")
        total += member.file_size
        shrunk = member.file_size > _HARMLESS and member.file_size > _MOST_SHRUNK * member.compress_size
        if shrunk or total > _MOST_BYTES:
            raise BadInput(f"{place}: it would unpack to far more than a document holds; refused.")
    return archive


def read_member(archive: ZipFile, member: ZipInfo, place: str) -> bytes:
    """A member of an archive that `open_zip` gave, unpacked; BadInput where it is damaged."""
    try:
        return archive.read(member)
    except (BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, NotImplementedError):
        raise BadInput(f"{place}: it is damaged; save the document again and retry.") from None


def _check_count(stream: BinaryIO, name: str) -> None:
    """BadInput for too many members, before their list is read."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise BadInput(f"{name}: it is damaged or no zipped document; save it again and retry.")
    count, listed = (int.from_bytes(tail[at + a : at + b], "little") for a, b in ((10, 12), (12, 16)))
    if count > _MOST_MEMBERS or listed > _MOST_LISTED:
        raise BadInput(f"{name}: it has more than {_MOST_MEMBERS:,} parts, which no document has; refused.")
