"""Scores of a batch: its hypotheses and its corrected texts against the references, and HTER."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from statistics import fmean

from review.errors import MissingPart
from review.metrics import comet
from review.metrics.effort import hter
from review.settings import Settings
from review.store import scores, segments, statistics
from review.store.chunks import Held
from review.store.engine import Engine
from review.store.jobs import Stretch
from review.store.records import Batch, System
from review.store.scores import StoredScores
from review.work import measuring
from review.work.access import find_batch
from review.work.chunked import Kind, lane_by_size
from review.work.importing import Queue

_SHOWN = ("bleu", "chrf", "ter")
_COMET = "COMET"


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's name as sacreBLEU prints it, its value, and how it was computed."""

    name: str
    value: float
    signature: str


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
    """Scores by row ("north", "north+corrected"), as the texts stand.

    `rows` is None where they have still to be asked for, unless they are `coming` by themselves. COMET's are
    `stale` where corrections were made since, `incomplete` where they are wanted and not there, and `trouble`
    says why.
    """

    rows: dict[str, list[Score]] | None
    computed_at: datetime | None = None  # COMET's
    stale: bool = False
    trouble: str = ""
    incomplete: bool = False
    coming: bool = False

    @property
    def edition(self) -> str:
        """Names these scores, so that a page which waits for others knows them when they come."""
        if self.rows is None:
            return "none"
        return self.computed_at.isoformat() if self.computed_at else "measured"


@dataclass(frozen=True, slots=True)
class LiveScores:
    """A system's scores, the machine's and those of the text as it stands, and what review has cost."""

    machine: Sequence[Score]
    standing: Sequence[Score]
    effort: Effort


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
    rows = _live_rows(engine, batch)
    kept = scores.get_scores(engine, batch.id)
    table = ScoreTable(rows, kept.computed_at if kept else None, coming=batch.total <= measuring.SMALL)
    if rows is None or not checkpoint:
        return table
    found = _kept_comet(kept)
    for name, row in rows.items():
        row += [found[name]] if name in found else []
    return replace(
        table,
        stale=bool(found) and kept is not None and kept.corrections != _corrections_made(batch),
        trouble=kept.table[0].get("trouble", "") if kept and kept.table else "",
        incomplete=not found,
    )


def _live_rows(engine: Engine, batch: Batch) -> dict[str, list[Score]] | None:
    """Scores from the sums, which follow every correction; None where not all systems were measured."""
    sums = statistics.list_sums(engine, [system.id for system in batch.systems])
    rows: dict[str, list[Score]] = {}
    for system in batch.systems:
        of_this = sums.get(system.id)
        if of_this is None or not measuring.is_complete(batch, of_this):
            return None
        rows[system.name] = live_scores(of_this.machine, batch.references)
        if system.reviewed:
            rows[f"{system.name}+corrected"] = live_scores(of_this.standing, batch.references)
    return rows


def system_scores(engine: Engine, batch: Batch, system: System) -> LiveScores | None:
    """The scores of one system, where it was measured."""
    sums = statistics.get_sums(engine, system.id) if batch.references else None
    if sums is None or not measuring.is_complete(batch, sums):
        return None
    machine, standing = (live_scores(part, batch.references) for part in (sums.machine, sums.standing))
    return LiveScores(machine, standing, effort(system))


def live_scores(sums: bytes, references: int) -> list[Score]:
    """What packed sums come to by the metrics that are always shown."""
    return [
        Score(metric.name, metric.score(part[0]), metric.signature(references))
        for metric, part in measuring.unpacked(sums)
        if metric.id in _SHOWN
    ]


def _kept_comet(kept: StoredScores | None) -> dict[str, Score]:
    """The COMET scores that are kept, by row."""
    return {
        entry["name"]: Score(**score)
        for entry in (kept.table if kept else ())
        for score in entry["scores"]
        if score["name"] == _COMET
    }


def score_edition(engine: Engine, batch: Batch) -> str:
    """The edition of the scores that there are of a batch."""
    kept = scores.get_scores(engine, batch.id)
    return ScoreTable(_live_rows(engine, batch), kept.computed_at if kept else None).edition


def ask_scores(engine: Engine, queue: Queue, batch_id: int) -> str:
    """Have a batch's scores computed; the edition that they will replace."""
    batch = find_batch(engine, batch_id)
    before = score_edition(engine, batch)
    queue.score_batch(batch.id)
    return before


def _plan(engine: Engine, settings: Settings, batch: Batch) -> list[Stretch]:
    """What is to be measured; with a checkpoint, COMET's scores of the whole batch are a chunk of their own."""
    whole = [Stretch(None)] if settings.comet_model and batch.references else []
    return [*measuring.plan(engine, batch), *whole]


def _run(engine: Engine, settings: Settings, held: Held) -> None:
    if held.stretch.system_id is None:
        _keep_comet(engine, held.batch_id, settings.comet_model)
    else:
        measuring.measure_chunk(engine, held)


def _keep_comet(engine: Engine, batch_id: int, checkpoint: str) -> None:
    """Compute and keep a batch's COMET scores with a checkpoint."""
    batch = find_batch(engine, batch_id)
    made = _corrections_made(batch)
    found, trouble = _comet(Path(checkpoint), _texts(engine, batch))
    table = [
        {
            "name": name,
            "scores": [{"name": s.name, "value": s.value, "signature": s.signature} for s in row],
            "trouble": trouble,
        }
        for name, row in found.items()
    ]
    scores.put_scores(engine, batch_id, made, table)


SCORES = Kind("scores", "Scores", lane_by_size, _plan, _run)


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


def _comet(checkpoint: Path, texts: dict[str, list[_Texts]]) -> tuple[dict[str, list[Score]], str]:
    """Each row's COMET score, the mean over its segments; none and a sentence where there cannot be any."""
    none: dict[str, list[Score]] = {name: [] for name in texts}
    every = list(dict.fromkeys(text for row in texts.values() for text in row))  # most are in two rows
    sources = [text.source for text in every if text.source is not None]
    if len(sources) < len(every):
        return none, "COMET scores need a source for every segment, and this batch has none for some."
    try:
        found = comet.segment_scores(
            checkpoint, sources, [t.text for t in every], [t.references[0] for t in every]
        )
    except MissingPart as missing:
        return none, str(missing)
    known = dict(zip(every, found, strict=True))
    signature = comet.signature(checkpoint)
    means = {name: 100 * fmean(known[text] for text in row) for name, row in texts.items()}
    return {name: [Score(_COMET, mean, signature)] for name, mean in means.items()}, ""
