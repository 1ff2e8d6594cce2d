"""How far a batch's checks are and whether it has scores: what programs wait for."""

from dataclasses import dataclass
from typing import Literal, cast

from review.store import jobs
from review.store.engine import Engine
from review.store.records import Batch
from review.work.deepening import deep_progress
from review.work.scoring import ScoreTable, score_table

ScoreState = Literal["no-reference", "missing", "coming", "there"]
CheckState = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Checks:
    """How many texts some checks have seen, and whether they go on."""

    state: CheckState
    done: int
    total: int


def quick_checks(batch: Batch) -> Checks:
    """How far the quick checks of a batch are."""
    done = batch.total if batch.flagging == "done" else min(batch.flagged, batch.total - 1)
    return Checks(cast("CheckState", batch.flagging), done, batch.total)


def deep_checks(engine: Engine, batch: Batch) -> Checks:
    """How far the deep checks of a batch are."""
    found = deep_progress(batch, jobs.list_jobs(engine, batch.id))
    state = found.stopped or "running" if found.done < found.total else "done"
    return Checks(cast("CheckState", state), found.done, found.total)


def state_of(table: ScoreTable | None) -> ScoreState:
    """Whether there are scores, or will be by themselves, or only once they are asked for."""
    if table is None:
        return "no-reference"
    if table.rows is not None:
        return "there"
    return "coming" if table.coming else "missing"


def score_state(engine: Engine, batch: Batch) -> ScoreState:
    """The same of a batch."""
    return state_of(score_table(engine, batch))
