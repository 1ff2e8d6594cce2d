"""Writes a batch out, in any of the formats that are listed here."""

from html import escape
from typing import BinaryIO

from review.codes import without_codes
from review.errors import BadInput
from review.formats import DOCUMENT_FORMATS, JSONL
from review.formats.tmx.writing import TMX_DROPS, write_tmx
from review.formats.wmt import SetSegment, write_wmt_xml
from review.store.engine import Engine, snapshot
from review.store.records import Batch, System
from review.work.access import find_batch, find_system
from review.work.as_imported import as_imported
from review.work.change_sheet import write_changes
from review.work.export_formats import REFUSED_CONTROLS, Exported, ExportFormat
from review.work.mark_exports import CORRECTED, export_marks, export_scores
from review.work.report_sheet import SHOWN, write_report
from review.work.segment_records import everything_about
from review.work.table_exports import table_formats
from review.work.training_export import training_format
from review.work.word_exports import WORD, WORD_CHANGES


def _write_jsonl(exported: Exported, out: BinaryIO) -> None:
    JSONL.write(everything_about(exported.engine, exported.system, exported.segments()), out)


def _write_tmx(exported: Exported, out: BinaryIO) -> None:
    write_tmx(exported.reviewed(), exported.batch.source_lang, exported.batch.target_lang, out)


def _write_marks(exported: Exported, out: BinaryIO) -> None:
    export_marks(exported.engine, exported.batch, exported.system, exported.kinds, out)


def _write_scores(exported: Exported, out: BinaryIO) -> None:
    export_scores(exported.engine, exported.batch, exported.system, out)


def _write_html(exported: Exported, out: BinaryIO) -> None:
    coded = exported.batch.format in DOCUMENT_FORMATS  # elsewhere ⟦1⟧ is what somebody wrote
    for written in exported.texts():
        text = without_codes(written)[0] if coded else written
        if text.strip():
            paragraph = escape(text.strip(), quote=False).replace("\n", "<br>")
            out.write(f"<p>{paragraph}</p>\n".encode())


def _write_set(exported: Exported, out: BinaryIO) -> None:
    batch, systems = exported.batch, exported.batch.systems
    every = zip(*(exported.segments(system) for system in systems), strict=True)
    segments = (
        SetSegment(
            row[0].number,
            row[0].document or batch.name,
            row[0].source,
            row[0].references,
            {s.name: r.hypothesis for s, r in zip(systems, row, strict=True)}
            | {s.name + CORRECTED: r.text for s, r in zip(systems, row, strict=True) if s.reviewed},
        )
        for row in every
    )
    write_wmt_xml(segments, batch.name, (batch.source_lang, batch.target_lang), out)


_TSV = "text/tab-separated-values"
EXPORT_FORMATS = (
    as_imported(),
    *table_formats(),
    ExportFormat("jsonl", JSONL.title, ".jsonl", "application/jsonl", "nothing that is stored", _write_jsonl),
    training_format(),
    ExportFormat(
        "tmx",
        "TMX: source and corrected text as a translation memory",
        ".tmx",
        "application/x-tmx+xml",
        TMX_DROPS,
        _write_tmx,
        REFUSED_CONTROLS,
    ),
    ExportFormat(
        "mqm-tsv",
        "Marked errors: TSV in the columns of WMT’s MQM data",
        ".mqm.tsv",
        _TSV,
        "everything but marks and the texts they stand in",
        _write_marks,
    ),
    ExportFormat(
        "esa-tsv",
        "ESA scores: TSV in the same columns",
        ".esa.tsv",
        _TSV,
        "everything but scores and the texts they are of",
        _write_scores,
    ),
    ExportFormat(
        "wmt-xml",
        "WMT test set: XML with source, references, all systems and corrected ones",
        ".xml",
        "application/xml",
        "flags, decisions, marks and history",
        _write_set,
        whole=True,
    ),
    WORD,
    WORD_CHANGES,
    ExportFormat(
        "html-changes",
        "Tracked changes as one HTML file: with sources, flags’ reasons, reviewers and times",
        ".changes.html",
        "text/html",
        "marked errors, scores and the history of each segment",
        write_changes,
    ),
    ExportFormat(
        "report",
        "Report to print: scores, progress, flags by kind, the worst segments, corrections",
        ".report.html",
        "text/html",
        f"segments that nobody changed, and corrections after the first {SHOWN}",
        write_report,
    ),
    ExportFormat(
        "html", "HTML paragraphs", ".html", "text/html", "everything but the text; inline codes", _write_html
    ),
)


def formats_for(batch: Batch) -> list[ExportFormat]:
    """The formats that a batch can be exported in, first the one it came in."""
    return [
        as_imported(batch.format),
        *(f for f in EXPORT_FORMATS[1:] if f is not WORD or batch.format != f.id),
    ]


def find_format(format_id: str, batch: Batch) -> ExportFormat:
    """The format of that id as it is for a batch; BadInput lists those that there are."""
    for one in formats_for(batch):
        if one.id == format_id:
            return one
    if format_id == batch.format:
        return as_imported(batch.format)
    raise BadInput(f"There is no format “{format_id}”; there are {', '.join(f.id for f in EXPORT_FORMATS)}.")


def export(
    engine: Engine, batch: Batch, system: System, chosen: ExportFormat, out: BinaryIO, categories: str = ""
) -> None:
    """Write one system of a batch to `out`, all of it as of one moment.

    `categories` is the table of the kinds of error, if it is not the one that comes with Tarkka.
    """
    with snapshot(engine):
        found = find_batch(engine, batch.id)  # the first look at the database: it is as of now
        chosen.write(Exported(engine, found, find_system(found, system.position + 1), categories), out)
