"""Exports as tables: TSV, CSV and XLSX with the same columns."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Protocol

from review.formats import CSV, TSV, XLSX
from review.formats.xlsx import MIMETYPE
from review.store import segments
from review.work.export_formats import Exported, ExportFormat


class _Writer(Protocol):
    id: str
    title: str
    drops: str

    def write(self, rows: Iterator[Sequence[str]], stream: BinaryIO) -> None: ...


def table_formats() -> list[ExportFormat]:
    """The tables that a system of a batch can be exported as."""
    return [
        _format(TSV, ".tsv", "text/tab-separated-values"),
        _format(CSV, ".csv", "text/csv", formulas="which gets an apostrophe before it"),
        _format(XLSX, ".xlsx", MIMETYPE, long="which no cell holds, so that it would be refused"),
    ]


def _format(one: _Writer, suffix: str, mimetype: str, **losses: str) -> ExportFormat:
    def write(exported: Exported, out: BinaryIO) -> None:
        one.write(_rows(exported), out)

    return ExportFormat(one.id, one.title, suffix, mimetype, one.drops, write, losses)


def _rows(exported: Exported) -> Iterator[Sequence[str]]:
    """The header, and a row for each segment; notes only where there are any."""
    batch, system = exported.batch, exported.system
    noted = segments.has_notes(exported.engine, batch.id)
    several = batch.references > 1
    references = [f"reference {n}" if several else "reference" for n in range(1, batch.references + 1)]
    header = ["segment", "document", "system", "status", "source", "hypothesis", "correction", *references]
    yield [*header, "notes"] if noted else header
    for s in exported.segments():
        beside = [*s.references, *[""] * batch.references][: batch.references]
        place = [str(s.number), s.document or "", system.name, s.status]
        row = [*place, s.source or "", s.hypothesis, s.text, *beside]
        yield [*row, "\n".join(s.notes)] if noted else row
