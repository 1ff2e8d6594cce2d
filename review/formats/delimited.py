"""Rows of CSV and TSV: cells between delimiters, perhaps quoted."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from review.errors import BadInput, WrongEncoding
from review.formats.columns import known_columns
from review.formats.guard import begins, check_characters, wrong_encoding
from review.formats.lists import plain

DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
_SUFFIXES = (".csv", ".tsv", ".tab")
_LOOKED_AT = 50  # rows


@dataclass(frozen=True, slots=True)
class Delimited:
    """The rows of a file, read again whenever they are walked through; each with the line it begins on."""

    stream: BinaryIO
    name: str
    delimiter: str
    encoding: str
    quoted: bool = True
    word: str = "line"

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        quoting: Any = csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE
        reader = csv.reader(_lines(self), delimiter=self.delimiter, strict=True, quoting=quoting)
        line = 1
        try:
            for row in reader:
                if row:
                    cells = [c.replace("\0", "\r") if "\0" in c else c for c in row]
                    yield line, cells if self.delimiter == "\t" else list(map(plain, cells))
                line = reader.line_num + 1
        except csv.Error as error:
            raise BadInput(f"{self.name}, line {line}: {_why(error)}") from None

    def unquoted(self) -> "Delimited | None":
        """The same rows with quotes as characters like others, where no cell looks quoted: not all TSV quotes."""
        if not self.quoted or self.delimiter != "\t" or any(map(_QUOTED.search, _lines(self))):
            return None
        return replace(self, quoted=False)


# A cell between quotes, as they are in files that quote.
_QUOTED = re.compile(r'(?:^|\t)"[^\t]*"(?:\t|\r?\n?$)')
_LONE_RETURN = re.compile("\r(?!\n)")


def _lines(rows: Delimited) -> Iterator[str]:
    """The lines, a \\r inside one as a NUL, since the reader takes it for an end; BadInput names a bad one."""
    begin, _ = begins(rows.stream)
    rows.stream.seek(begin)
    try:
        text = io.TextIOWrapper(rows.stream, encoding=rows.encoding, newline="\n")
    except LookupError:
        raise BadInput(f"“{rows.encoding}” is no encoding known here; try windows-1252 or utf-8.") from None
    try:
        for number, line in enumerate(iter(text.readline, ""), start=1):
            if "\0" in line:
                check_characters(line, rows.name, number)
            yield _LONE_RETURN.sub("\0", line) if "\r" in line else line
    except UnicodeError:
        raise wrong_encoding(rows.stream, begin, rows.name, rows.encoding) from None
    finally:
        if not rows.stream.closed:
            text.detach()  # else the stream would be closed with it


def _why(error: csv.Error) -> str:
    said = str(error)
    if "field larger" in said:
        return f"a cell holds more than {csv.field_size_limit():,} characters, or its quote is not closed."
    if "unexpected end" in said:
        return "a quote is opened here and never closed."
    return f"this is no table of cells ({said})."


def open_delimited(
    stream: BinaryIO, name: str, encoding: str | None = None, delimiter: str = ""
) -> Delimited | None:
    """The rows of a file by how it begins; None where it is no table and no delimiter is given.

    A table has a header that is known here, or (with tabs, or a name that says so) as many cells in each row.
    """
    _, marked = begins(stream)
    chosen = marked or encoding or "utf-8"
    if delimiter:
        return Delimited(stream, name, delimiter, chosen)
    for one in DELIMITERS:
        for quoted in (True, False) if one == "\t" else (True,):
            rows = Delimited(stream, name, one, chosen, quoted)
            some = _first_rows(rows)
            if some is not None and _is_table(some, one, name):
                return rows
    return None


def likely_delimited(stream: BinaryIO, name: str, encoding: str | None = None) -> Delimited:
    """The rows of a file that is said to be a table, with the delimiter that makes most of its first rows."""
    chosen = begins(stream)[1] or encoding or "utf-8"
    every = [Delimited(stream, name, one, chosen) for one in DELIMITERS]
    return max(every, key=lambda rows: _evenness(_first_rows(rows) or []))


def _evenness(rows: Sequence[Sequence[str]]) -> tuple[bool, int]:
    widths = {len(row) for row in rows}
    return len(widths) == 1 and max(widths) > 1, max(widths, default=0)


def _first_rows(rows: Delimited) -> list[list[str]] | None:
    """The first rows; None where they cannot be read so."""
    some: list[list[str]] = []
    try:
        for _, row in rows:
            some.append(row)
            if len(some) == _LOOKED_AT:
                break
    except WrongEncoding:
        if rows.encoding != "utf-8":
            raise
        return _first_rows(Delimited(rows.stream, rows.name, rows.delimiter, "latin-1", rows.quoted))
    except BadInput:
        return some if some and known_columns(some[0]) and rows.delimiter != "\t" else None
    return some


def _is_table(rows: Sequence[Sequence[str]], delimiter: str, name: str) -> bool:
    if not rows or len(rows[0]) < 2:
        return False
    even = all(len(row) == len(rows[0]) for row in rows)
    known = known_columns(rows[0])
    roles = [column.role for column in known or () if column.role]
    if len(roles) > 1 or (known and even and len(rows) > 1):
        return True
    said = name.lower().endswith(_SUFFIXES)
    return even and len(rows) > 1 and (delimiter == "\t" or said)
