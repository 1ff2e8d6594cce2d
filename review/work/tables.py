"""Tables that are handed in: found by their content, their columns by a header or as a person says."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from review.errors import BadInput, WrongEncoding
from review.formats.columns import Column, checked, likely_columns
from review.formats.delimited import Delimited, likely_delimited, open_delimited
from review.formats.encodings import likely_encodings
from review.formats.guard import Limits, begins
from review.formats.tables import Head, Rows, head_of, read_table
from review.formats.xlsx import Sheet, is_sheet
from review.work.intake import Given, Intake, bounded, not_empty

_SHOWN = 8  # rows
XLSX, CSV, TSV = "xlsx", "csv", "tsv"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is to be read: what is "" is found out."""

    delimiter: str = ""
    encoding: str = ""
    header: bool | None = None
    columns: Sequence[Column] = ()


@dataclass(frozen=True, slots=True)
class TablePage:
    """A table's first rows, and how they are read; a sheet has no delimiter and no encoding."""

    name: str
    reading: Reading
    encodings: Sequence[str]
    first: Sequence[str]
    rows: Sequence[Sequence[str]]
    sheet: bool


def find_rows(given: Given, encoding: str | None = None) -> Rows | None:
    """The rows of a file that is a table by its content."""
    if is_sheet(given.start()):
        return Sheet(given.stream, given.name)
    return open_delimited(given.stream, given.name, encoding)


def forced_rows(given: Given, delimiter: str = "", encoding: str | None = None) -> Rows:
    """The rows of a file that somebody says is a table."""
    if is_sheet(given.start()):
        return Sheet(given.stream, given.name)
    if delimiter:
        return Delimited(given.stream, given.name, delimiter, begins(given.stream)[1] or encoding or "utf-8")
    return find_rows(given, encoding) or likely_delimited(given.stream, given.name, encoding)


def read_rows(given: Given, rows: Rows, head: Head, limits: Limits) -> Intake:
    """A table as an import."""
    parsed = read_table(rows, head, given.label, limits)
    kind = XLSX if not isinstance(rows, Delimited) else TSV if rows.delimiter == "\t" else CSV
    return not_empty(Intake(given.name, parsed, kind, bounded(parsed)))


def read_told(
    given: Given, rows: Rows | None, told: str, limits: Limits, encoding: str | None = None
) -> Intake:
    """A table whose columns are told as "source=1,hypothesis=2", or by its header."""
    found = rows or forced_rows(given, encoding=encoding)
    return read_rows(given, found, head_of(found, told), limits)


@contextmanager
def _choosing() -> Iterator[None]:
    """A wrong encoding is told to somebody who is just choosing one."""
    try:
        yield
    except WrongEncoding as error:
        raise BadInput(f"{error} Go back and choose another encoding.") from None


@_choosing()
def read_as(given: Given, reading: Reading, limits: Limits) -> Intake:
    """A table whose columns a person has chosen."""
    rows = forced_rows(given, reading.delimiter, reading.encoding or None)
    first = next(iter(rows), (0, []))[1]
    columns = [*reading.columns, *[Column("")] * (len(first) - len(reading.columns))][: len(first)]
    return read_rows(given, rows, Head(checked(columns), bool(reading.header), first), limits)


@_choosing()
def table_page(given: Given, reading: Reading) -> TablePage:
    """A table as a person is asked about it: what its columns are, as far as its header says so."""
    sheet = is_sheet(given.start())
    encodings = [] if sheet else likely_encodings(given.stream)
    chosen = reading.encoding or next(iter(encodings), "utf-8")
    rows = forced_rows(given, reading.delimiter, chosen)
    some = [cells for _, cells in islice(rows, _SHOWN + 1)]
    if not some:
        raise BadInput(f"{given.name}: nothing to import, there is no row in it.")
    likely = likely_columns(some[0])
    header = any(one.role for one in likely) if reading.header is None else reading.header
    shown = Reading(
        rows.delimiter if isinstance(rows, Delimited) else "",
        chosen,
        header,
        _suggested(likely, some) if header else likely,
    )
    return TablePage(given.name, shown, encodings, some[0], some[1 if header else 0 :], sheet)


def _suggested(likely: Sequence[Column], rows: Sequence[Sequence[str]]) -> Sequence[Column]:
    """The columns, those without a role as systems' texts where there are none beside a source or reference."""
    roles = [column.role for column in likely]
    if "hypothesis" in roles or not {"source", "reference"} & set(roles):
        return likely
    return [
        column if column.role or not rows[0][at].strip() else Column("hypothesis", rows[0][at].strip())
        for at, column in enumerate(likely)
    ]
