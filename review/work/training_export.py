"""What reviewers made of the machine's text, as data to train on: JSONL with one reviewed segment a line."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from review.formats import JSONL
from review.model import Status
from review.store import annotations, corrections, texts
from review.store.annotations import Annotation
from review.store.records import ReviewedSegment, StoredFlag
from review.work.export_formats import Exported, ExportFormat
from review.work.segment_records import flag_record, mark_record

_AT_ONCE = 500


def training_format() -> ExportFormat:
    """Corrections with what led to them."""
    return ExportFormat(
        "training",
        "Corrections as training data: JSONL of the reviewed segments",
        ".training.jsonl",
        "application/jsonl",
        "segments that nobody reviewed, comments and the versions between",
        _write,
    )


def _write(exported: Exported, out: BinaryIO) -> None:
    JSONL.write(_records(exported), out)


def _records(exported: Exported) -> Iterator[dict[str, Any]]:
    engine, system = exported.engine, exported.system
    made = corrections.newest_makers(engine, system.id)
    marks: dict[int, list[Annotation]] = defaultdict(list)
    for mark in annotations.list_system_annotations(engine, system.id):
        marks[mark.number].append(mark)
    reviewed = (s for s in exported.segments() if s.status is not Status.UNREVIEWED)
    while some := list(islice(reviewed, _AT_ONCE)):
        # The flags of the machine's own text, each with what a reviewer made of it.
        flags = texts.list_flags(engine, {s.hypothesis_id: 0 for s in some})
        for s in some:
            reviewer, made_at = made.get(s.hypothesis_id, ("", None))
            record = _record(s, flags.get(s.hypothesis_id, []), marks[s.number])
            time = made_at.isoformat() if made_at else None
            yield {"system": system.name, **record, "reviewer": reviewer, "time": time}


def _record(s: ReviewedSegment, flags: list[StoredFlag], marks: list[Annotation]) -> dict[str, Any]:
    return {
        "segment": s.number,
        "document": s.document,
        "source": s.source,
        "references": list(s.references),
        "hypothesis": s.hypothesis,
        "correction": s.text,
        "status": s.status.value,
        "flags": [flag_record(flag) for flag in flags],
        "marks": [mark_record(mark) for mark in marks],
    }
