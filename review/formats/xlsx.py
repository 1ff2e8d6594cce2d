"""Rows of the first sheet of an XLSX file; values only."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO
from zipfile import BadZipFile

from review.errors import BadInput
from review.formats.xml_guard import refuse_dtd
from review.formats.zip_guard import open_zip

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A character that XML cannot hold stands so in a cell.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def is_sheet(start: bytes) -> bool:
    """Whether a file that begins so is a zipped document with sheets in it."""
    return start.startswith(b"PK\x03\x04") and b"xl/" in start


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a workbook's first sheet, read again whenever they are walked through."""

    stream: BinaryIO
    name: str
    word: str = "row"

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        try:
            self._check()
        except _DAMAGED:
            raise self._damaged() from None
        width, empty = 0, 0
        for number, values in enumerate(self._values(), start=1):
            cells = [_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                empty += 1
                continue
            if width:
                # Empty rows between others are segments without text; those around a table are none.
                yield from ((n, [""] * width) for n in range(number - empty, number))
            width, empty = width or len(cells), 0
            yield number, cells + [""] * (width - len(cells))

    def _check(self) -> None:
        """BadInput where what is in the file is not harmless."""
        with open_zip(self.stream, self.name) as archive:
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        refuse_dtd(stream, f"{self.name}, part “{part[:80]}”")

    def _values(self) -> Iterator[Sequence[Any]]:
        from openpyxl import load_workbook  # type: ignore[import-untyped, unused-ignore]  # heavy

        try:
            workbook = load_workbook(self.stream, read_only=True, data_only=True)
            sheets = workbook.worksheets
            if not sheets:
                raise BadInput(f"{self.name}: there is no sheet in it.")
            sheets[0].reset_dimensions()  # what the file says of its size may be wrong
            yield from sheets[0].iter_rows(values_only=True)
        except BadInput:
            raise
        except _DAMAGED:
            raise self._damaged() from None

    def _damaged(self) -> BadInput:
        advice = "open it in a spreadsheet program and save it again as XLSX"
        return BadInput(f"{self.name}: this sheet is damaged; {advice}.")


# What the library raises for files that are not as they should be; there is no common base.
_DAMAGED = (
    BadZipFile,
    zlib.error,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    SyntaxError,
    EOFError,
    NotImplementedError,
)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value)
        case bool():
            return str(value).upper()
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)
