"""Scores of a batch: its hypotheses and its corrected texts against the references, and HTER."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import Any

from review.errors import MissingPart
from review.metrics import comet
from review.metrics.corpus import Score, corpus_scores
from review.metrics.effort import hter
from review.store import scores, segments
from review.store.engine import Engine
from review.store.records import Batch, System
from review.work.access import find_batch
from review.work.importing import Queue

# Up to so many hypotheses the scores are computed while the page is asked for; above, or with COMET, in a job.
_AT_ONCE = 120
_COMET = "COMET"


@dataclass(frozen=True, slots=True)
class _Texts:
    """A segment as it is scored: the machine's text or the corrected one."""

    source: str | None
    text: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """HTER over the reviewed segments of a system, in per cent; None where none is reviewed."""

    hter: float | None
    edits: float
    segments: int


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Scores by row ("north", "north+corrected"); `stale` where corrections were made since.

    `rows` is None where they have still to be asked for; `trouble` says why COMET is not among them, and
    `incomplete` that it is wanted there.
    """

    rows: dict[str, list[Score]] | None
    computed_at: datetime | None = None
    stale: bool = False
    trouble: str = ""
    incomplete: bool = False

    @property
    def edition(self) -> str:
        """Names these scores, so that a page which waits for newer ones knows them when they come."""
        return self.computed_at.isoformat() if self.computed_at else "none"


def effort(system: System) -> Effort:
    """What review of a system has cost so far."""
    reviewed = system.reviewed
    return Effort(hter(system.edits, system.words) if reviewed else None, system.edits, reviewed)


def score_table(engine: Engine, batch: Batch, checkpoint: str = "") -> ScoreTable | None:
    """The scores of a batch, or None where it has no reference to score against.

    With the checkpoint of a COMET model, its scores are wanted too.
    """
    if not batch.references:
        return None
    made = _corrections_made(batch)
    if batch.total <= _AT_ONCE and not checkpoint:
        return ScoreTable(_computed(engine, batch.id, made))
    kept = scores.get_scores(engine, batch.id)
    if kept is None:
        return ScoreTable(None)
    rows = {entry["name"]: [Score(**score) for score in entry["scores"]] for entry in kept.table}
    scored = any(score.name == _COMET for row in rows.values() for score in row)
    return ScoreTable(
        rows,
        kept.computed_at,
        stale=kept.corrections != made,
        trouble=kept.table[0].get("trouble", "") if checkpoint else "",
        incomplete=bool(checkpoint) and not scored,
    )


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


def compute_scores(engine: Engine, batch_id: int, checkpoint: str = "") -> None:
    """Compute and keep a batch's scores, COMET's too with its checkpoint: the job behind "compute scores"."""
    batch = find_batch(engine, batch_id)
    made = _corrections_made(batch)
    texts = _texts(engine, batch)
    rows = _compute(texts, batch.references)
    trouble = _add_comet(Path(checkpoint), texts, rows) if checkpoint else ""
    table: list[dict[str, Any]] = [
        {
            "name": name,
            "scores": [{"name": s.name, "value": s.value, "signature": s.signature} for s in row],
            "trouble": trouble,
        }
        for name, row in rows.items()
    ]
    scores.put_scores(engine, batch_id, made, table)


@lru_cache(maxsize=64)
def _computed(engine: Engine, batch_id: int, corrections_made: int) -> dict[str, list[Score]]:
    """Small batches' scores, kept until somebody corrects again (which changes the key)."""
    batch = find_batch(engine, batch_id)
    return _compute(_texts(engine, batch), batch.references)


def _corrections_made(batch: Batch) -> int:
    return sum(system.edition for system in batch.systems)


def _texts(engine: Engine, batch: Batch) -> dict[str, list[_Texts]]:
    """What is scored, by row of the table."""
    rows: dict[str, list[_Texts]] = {}
    for system in batch.systems:
        scored = [
            s
            for s in segments.iterate_segments(engine, batch.id, system.id)
            if len(s.references) == batch.references
        ]
        rows[system.name] = [_Texts(s.source, s.hypothesis, tuple(s.references)) for s in scored]
        if system.reviewed:
            rows[f"{system.name}+corrected"] = [_Texts(s.source, s.text, tuple(s.references)) for s in scored]
    return rows


def _compute(texts: dict[str, list[_Texts]], references: int) -> dict[str, list[Score]]:
    return {
        name: corpus_scores(
            [t.text for t in row], [[t.references[n] for t in row] for n in range(references)]
        )
        for name, row in texts.items()
    }


def _add_comet(checkpoint: Path, texts: dict[str, list[_Texts]], rows: dict[str, list[Score]]) -> str:
    """Add each row's COMET score, the mean over its segments, or say why there is none; the others stand."""
    every = list(dict.fromkeys(text for row in texts.values() for text in row))  # most are in two rows
    sources = [text.source for text in every if text.source is not None]
    if len(sources) < len(every):
        return "COMET scores need a source for every segment, and this batch has none for some."
    try:
        found = comet.segment_scores(
            checkpoint, sources, [t.text for t in every], [t.references[0] for t in every]
        )
    except MissingPart as missing:
        return str(missing)
    known = dict(zip(every, found, strict=True))
    for name, row in texts.items():
        mean = 100 * fmean(known[text] for text in row)
        rows[name].append(Score(_COMET, mean, comet.signature(checkpoint)))
    return ""
