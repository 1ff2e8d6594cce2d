"""Scores of a batch: its hypotheses and its corrected texts against the references, and HTER."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from review.metrics.corpus import Score, corpus_scores
from review.metrics.effort import hter
from review.store import corrections, scores, segments
from review.store.engine import Engine
from review.store.records import Batch, System
from review.work.access import find_batch
from review.work.importing import Queue

# Up to so many hypotheses the scores are computed while the page is asked for; above, in a job.
_AT_ONCE = 120


@dataclass(frozen=True, slots=True)
class Effort:
    """HTER over the reviewed segments of a system, in per cent; None where none is reviewed."""

    hter: float | None
    edits: float
    segments: int


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Scores by row ("north", "north+corrected"); `stale` where corrections were made since.

    `rows` is None where they have still to be asked for.
    """

    rows: dict[str, list[Score]] | None
    computed_at: datetime | None = None
    stale: bool = False

    @property
    def edition(self) -> str:
        """Names these scores, so that a page which waits for newer ones knows them when they come."""
        return self.computed_at.isoformat() if self.computed_at else "none"


def effort(engine: Engine, system: System) -> Effort:
    """What review of a system has cost so far."""
    edits, length, reviewed, _ = corrections.sum_edits(engine, system.id)
    return Effort(hter(edits, length) if reviewed else None, edits, reviewed)


def score_table(engine: Engine, batch: Batch) -> ScoreTable | None:
    """The scores of a batch, or None where it has no reference to score against."""
    if not batch.references:
        return None
    made = _corrections_made(engine, batch)
    if batch.total <= _AT_ONCE:
        return ScoreTable(_computed(engine, batch.id, made))
    kept = scores.get_scores(engine, batch.id)
    if kept is None:
        return ScoreTable(None)
    rows = {entry["name"]: [Score(**score) for score in entry["scores"]] for entry in kept.table}
    return ScoreTable(rows, kept.computed_at, kept.corrections != made)


def score_edition(engine: Engine, batch: Batch) -> str:
    """The edition of the scores that are kept for a batch."""
    kept = scores.get_scores(engine, batch.id)
    return ScoreTable(None, kept.computed_at if kept else None).edition


def ask_scores(engine: Engine, queue: Queue, batch_id: int) -> str:
    """Have a batch's scores computed; the edition that they will replace."""
    batch = find_batch(engine, batch_id)
    before = score_edition(engine, batch)
    queue.score_batch(batch.id)
    return before


def compute_scores(engine: Engine, batch_id: int) -> None:
    """Compute and keep a batch's scores: the job behind "compute scores"."""
    batch = find_batch(engine, batch_id)
    made = _corrections_made(engine, batch)
    rows = _compute(engine, batch)
    table: list[dict[str, Any]] = [
        {
            "name": name,
            "scores": [{"name": s.name, "value": s.value, "signature": s.signature} for s in row],
        }
        for name, row in rows.items()
    ]
    scores.put_scores(engine, batch_id, made, table)


@lru_cache(maxsize=64)
def _computed(engine: Engine, batch_id: int, corrections_made: int) -> dict[str, list[Score]]:
    """Small batches' scores, kept until somebody corrects again (which changes the key)."""
    return _compute(engine, find_batch(engine, batch_id))


def _corrections_made(engine: Engine, batch: Batch) -> int:
    return sum(corrections.sum_edits(engine, system.id)[3] for system in batch.systems)


def _compute(engine: Engine, batch: Batch) -> dict[str, list[Score]]:
    rows: dict[str, list[Score]] = {}
    for system in batch.systems:
        texts = [
            (s.hypothesis, s.text, s.references)
            for s in segments.iterate_segments(engine, batch.id, system.id)
            if len(s.references) == batch.references
        ]
        references = [[t[2][n] for t in texts] for n in range(batch.references)]
        rows[system.name] = corpus_scores([t[0] for t in texts], references)
        if system.reviewed:
            rows[f"{system.name}+corrected"] = corpus_scores([t[1] for t in texts], references)
    return rows
