"""A segment as a record that holds all that people made of it, for JSONL."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from review.store import annotations, assessments, comments, corrections, decisions, verdicts
from review.store.annotations import Annotation
from review.store.assessments import Assessment
from review.store.comments import Comment
from review.store.engine import Engine
from review.store.records import Correction, ReviewedSegment, StoredFlag, System
from review.store.verdicts import Verdict


def everything_about(
    engine: Engine, system: System, every: Iterator[ReviewedSegment]
) -> Iterator[dict[str, Any]]:
    """Each segment with all that people made of it."""
    marks: dict[int, list[Annotation]] = defaultdict(list)
    for mark in annotations.list_system_annotations(engine, system.id, withdrawn=True):
        marks[mark.number].append(mark)
    scores: dict[int, list[Assessment]] = defaultdict(list)
    for score in assessments.list_system_assessments(engine, system.id):
        scores[score.number].append(score)
    said, judged = comments.comments_of(engine, system.id), verdicts.verdicts_of(engine, system.id)
    for s in every:
        record = _record(engine, system, s)
        record |= _talk(said.get(s.hypothesis_id, ()), judged.get(s.hypothesis_id, ()))
        record["annotations"] = [mark_record(mark) for mark in marks[s.number]]
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
        "notes": list(s.notes),
        "hypotheses": {system.name: s.hypothesis},
        "correction": s.text if s.version else None,
        "status": s.status.value,
        "version": s.version,
        "flags": [flag_record(f) for f in s.flags],
        "decisions": [d.as_record() for d in made],
        "history": [_version_record(v) for v in versions[1:]],
    }


def _talk(said: Sequence[Comment], judged: Sequence[Verdict]) -> dict[str, Any]:
    """What people said of a segment, and what second reviewers made of it."""
    return {
        "comments": [
            {"text": c.text, "version": c.version, "reviewer": c.reviewer, "time": c.made_at.isoformat()}
            for c in said
        ],
        "verdicts": [
            {
                "verdict": v.kind,
                "comment": v.comment,
                "version": v.version,
                "reviewer": v.reviewer,
                "time": v.made_at.isoformat(),
            }
            for v in judged
        ],
    }


def flag_record(stored: StoredFlag) -> dict[str, Any]:
    """A flag with what a reviewer made of it."""
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


def mark_record(one: Annotation) -> dict[str, Any]:
    """An error that a person marked."""
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
