"""Writes a batch out: in the format it came in, as TSV, as JSONL with everything, as HTML paragraphs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape
from typing import Any, BinaryIO

from review.errors import BadInput
from review.formats import JSONL, LINES, TEXT_FORMATS, TSV
from review.store import annotations, assessments, batches, corrections, decisions, segments
from review.store.annotations import Annotation
from review.store.assessments import Assessment
from review.store.engine import Engine
from review.store.records import Batch, Correction, ReviewedSegment, StoredFlag, System
from review.work.annotating import categories_of
from review.work.mark_exports import export_marks, export_scores

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
            JSONL.write(_records(engine, system, every), out)
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


def _records(engine: Engine, system: System, every: Iterator[ReviewedSegment]) -> Iterator[dict[str, Any]]:
    """Each segment with all that people made of it."""
    marks: dict[int, list[Annotation]] = defaultdict(list)
    for mark in annotations.list_system_annotations(engine, system.id, withdrawn=True):
        marks[mark.number].append(mark)
    scores: dict[int, list[Assessment]] = defaultdict(list)
    for score in assessments.list_system_assessments(engine, system.id):
        scores[score.number].append(score)
    for s in every:
        record = _record(engine, system, s)
        record["annotations"] = [_mark_record(mark) for mark in marks[s.number]]
        record["scores"] = [_score_record(score) for score in scores[s.number]]
        yield record


def _record(engine: Engine, system: System, s: ReviewedSegment) -> dict[str, Any]:
    versions = corrections.list_corrections(engine, s.hypothesis_id)
    made = decisions.list_decisions(engine, s.hypothesis_id)
    return {
        "segment": s.number,
        "document": s.document,
        "source": s.source,
        "references": list(s.references),
        "hypotheses": {system.name: s.hypothesis},
        "correction": s.text if s.version else None,
        "status": s.status.value,
        "version": s.version,
        "flags": [_flag_record(f) for f in s.flags],
        "decisions": [d.as_record() for d in made],
        "history": [_version_record(v) for v in versions[1:]],
    }


def _flag_record(stored: StoredFlag) -> dict[str, Any]:
    flag = stored.flag
    return {
        "start": flag.start,
        "end": flag.end,
        "text": flag.text,
        "check": flag.check,
        "category": flag.category,
        "severity": flag.severity.value,
        "message": flag.message,
        "suggestions": list(flag.suggestions),
        "confidence": flag.confidence,
        "state": stored.state,
    }


def _version_record(version: Correction) -> dict[str, Any]:
    return {
        "version": version.version,
        "text": version.text,
        "reviewer": version.reviewer,
        "time": version.made_at.isoformat() if version.made_at else None,
        "based_on": version.based_on,
        "origin": version.origin,
        "seconds": version.seconds,
        "reference_in_view": version.reference_in_view,
    }


def _mark_record(one: Annotation) -> dict[str, Any]:
    return {
        "id": one.id,
        **asdict(one.mark),
        "reviewer": one.reviewer,
        "time": one.made_at.isoformat(),
        "replaces": one.replaces,
        "withdrawn": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
    }


def _score_record(one: Assessment) -> dict[str, Any]:
    return {
        "version": one.version,
        "score": one.score,
        "reviewer": one.reviewer,
        "time": one.made_at.isoformat(),
    }
