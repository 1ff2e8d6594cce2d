"""Whether a batch has scores: what programs wait for."""

from typing import Literal

from review.store.engine import Engine
from review.store.records import Batch
from review.work.scoring import ScoreTable, score_table

ScoreState = Literal["no-reference", "missing", "coming", "there"]


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
