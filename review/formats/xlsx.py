"""Rows of the first sheet of an XLSX file, and a sheet written again; values only."""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO
from zipfile import BadZipFile

from review.errors import BadInput
from review.formats.xml_guard import refuse_dtd
from review.formats.zip_guard import open_zip

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters that a cell holds
# Characters that XML cannot hold stand as _x0001_ in a cell, and so what looks like that is escaped too.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


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


def write_sheet(title: str, rows: Iterable[Sequence[str]], stream: BinaryIO) -> None:
    """A workbook with one sheet of texts; BadInput names a cell that is too long."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"

    def cell(text: str, row: int) -> Any:
        told = _TO_ESCAPE.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
        if len(told) > LONGEST:
            raise BadInput(
                f"Row {row}: its text is longer than a cell of XLSX holds; export it as TSV or JSONL."
            )
        made = WriteOnlyCell(sheet, value=told)
        made.data_type = "s"  # a text, also where it begins with "="
        return made

    for number, row in enumerate(rows, start=1):
        sheet.append([cell(text, number) for text in row])
    workbook.save(stream)
