"""Writes a batch out: in the format it came in, as TSV, as JSONL with everything, as HTML paragraphs."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import BinaryIO

from review.errors import BadInput
from review.formats import JSONL, LINES, TEXT_FORMATS, TSV
from review.store import batches, segments
from review.store.engine import Engine
from review.store.records import Batch, ReviewedSegment, System
from review.work.annotating import categories_of
from review.work.mark_exports import export_marks, export_scores
from review.work.segment_records import everything_about

_PLAIN = {"encoding": "utf-8", "bom": False, "end": "\n", "ends": {}}


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A way to export; `drops` is told before the export is made."""

    id: str
    title: str
    suffix: str
    mimetype: str
    drops: str


EXPORT_FORMATS = (
    ExportFormat(
        "text", "Corrected text, as it was imported", ".txt", "text/plain", "everything but the text"
    ),
    ExportFormat("tsv", TSV.title, ".tsv", "text/tab-separated-values", TSV.drops),
    ExportFormat("jsonl", JSONL.title, ".jsonl", "application/jsonl", "nothing that is stored"),
    ExportFormat(
        "mqm-tsv",
        "Marked errors: TSV in the columns of WMT’s MQM data",
        ".mqm.tsv",
        "text/tab-separated-values",
        "everything but marks and the texts they stand in",
    ),
    ExportFormat(
        "esa-tsv",
        "ESA scores: TSV in the same columns",
        ".esa.tsv",
        "text/tab-separated-values",
        "everything but scores and the texts they are of",
    ),
    ExportFormat("html", "HTML paragraphs", ".html", "text/html", "everything but the text"),
)


def find_format(format_id: str) -> ExportFormat:
    """The format of that id; BadInput lists those that there are."""
    for one in EXPORT_FORMATS:
        if one.id == format_id:
            return one
    raise BadInput(f"There is no format “{format_id}”; there are {', '.join(f.id for f in EXPORT_FORMATS)}.")


def export(
    engine: Engine, batch: Batch, system: System, format_id: str, out: BinaryIO, categories: str = ""
) -> None:
    """Write one system's texts to `out`, or what was marked in them.

    `categories` is the table of the kinds of error, if it is not the one that comes with Tarkka.
    """
    every = segments.iterate_segments(engine, batch.id, system.id)
    match find_format(format_id).id:
        case "text":
            _write_text(engine, batch, system, [s.text for s in every], out)
        case "tsv":
            TSV.write(_header(batch), (_row(batch, system, s) for s in every), out)
        case "jsonl":
            JSONL.write(everything_about(engine, system, every), out)
        case "mqm-tsv":
            export_marks(engine, batch, system, categories_of(categories), out)
        case "esa-tsv":
            export_scores(engine, batch, system, out)
        case "html":
            out.writelines(paragraph.encode("utf-8") + b"\n" for paragraph in _paragraphs(every))


def _write_text(engine: Engine, batch: Batch, system: System, texts: list[str], out: BinaryIO) -> None:
    text_format = TEXT_FORMATS.get(batch.format, LINES)
    skeleton = batches.get_skeleton(engine, system.id) if batch.format in TEXT_FORMATS else _PLAIN
    text_format.write(texts, skeleton, out)


def _paragraphs(every: Iterator[ReviewedSegment]) -> Iterator[str]:
    for segment in every:
        if segment.text.strip():
            yield "<p>" + escape(segment.text.strip(), quote=False).replace("\n", "<br>") + "</p>"


def _header(batch: Batch) -> list[str]:
    references = [
        f"reference {n}" if batch.references > 1 else "reference" for n in range(1, batch.references + 1)
    ]
    return ["segment", "document", "system", "status", "source", "hypothesis", "correction", *references]


def _row(batch: Batch, system: System, s: ReviewedSegment) -> list[str]:
    references = [*s.references, *[""] * batch.references][: batch.references]
    number, document = str(s.number), s.document or ""
    return [number, document, system.name, s.status, s.source or "", s.hypothesis, s.text, *references]
