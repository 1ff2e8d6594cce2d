"""Tables out: a header and a row a segment, as TSV, as CSV for spreadsheets, as XLSX."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from review.formats.lists import inert
from review.formats.xlsx_out import write_sheet

Row = Sequence[str]
_LINES_AT_ONCE = 1000


class Tsv:
    """Cells stay exact: one with a tab, a quote or a line break is quoted as spreadsheets quote it."""

    id = "tsv"
    title = "TSV: one row a segment, source, hypothesis, correction"
    drops = "flags, decisions and history"

    def write(self, rows: Iterable[Row], stream: BinaryIO) -> None:
        """The rows, the header among them."""
        _write(rows, "\t", lambda cell: cell, stream)


class Csv:
    """In UTF-8 with a BOM, as spreadsheets want it. A cell that they would run as a formula, since it begins with
    =, +, -, @ or a tab, has an apostrophe before it; it is left out again where such a file is imported."""

    id = "csv"
    title = "CSV for spreadsheets: the same columns"
    drops = "flags, decisions and history"

    def write(self, rows: Iterable[Row], stream: BinaryIO) -> None:
        """The rows, the header among them."""
        stream.write(b"\xef\xbb\xbf")
        _write(rows, ",", inert, stream)


class Xlsx:
    """Texts stay exact; a character that XML cannot hold stands in a cell as _x0001_, as spreadsheets write it."""

    id = "xlsx"
    title = "XLSX: the same columns"
    drops = "flags, decisions and history"

    def write(self, rows: Iterable[Row], stream: BinaryIO) -> None:
        """The rows, the header among them; BadInput names a text that is too long for a cell."""
        write_sheet(rows, stream)


def _write(rows: Iterable[Row], delimiter: str, made: Callable[[str], str], stream: BinaryIO) -> None:
    special = re.compile(f'[{delimiter}"\n\r]')

    def cell(text: str) -> str:
        told = made(text)
        return '"' + told.replace('"', '""') + '"' if special.search(told) else told

    some: list[str] = []
    for row in rows:
        some.append(delimiter.join(map(cell, row)) + "\n")
        if len(some) == _LINES_AT_ONCE:
            stream.write("".join(some).encode())
            some.clear()
    stream.write("".join(some).encode())
