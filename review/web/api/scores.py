"""Scores of a batch before and after review, as its page shows them."""

from typing import Annotated

from flask import url_for
from pydantic import Field

from review.errors import BadInput
from review.store.records import Batch
from review.web.api.operations import Noun, Reply
from review.web.api.shapes import Count, Id, Told
from review.web.desk import desk
from review.work import scoring
from review.work.access import find_batch
from review.work.batch_states import ScoreState, state_of
from review.work.scoring import Score

noun = Noun("scores", __name__, "/batches/<int:batch_id>/scores")


class OneScore(Told):
    """A metric’s value, and how it was computed."""

    name: str
    value: float
    signature: str


class SystemScores(Told):
    """A system’s scores; `corrected` is null where nothing is reviewed."""

    number: Id
    name: str
    machine: Annotated[list[OneScore], Field(description="Of the machine’s texts")]
    corrected: Annotated[list[OneScore] | None, Field(description="Of the texts as they stand")]
    hter: Annotated[float | None, Field(description="Per cent, over what is reviewed")]
    reviewed: Count


class Scores(Told):
    """Scores by system; the lists are empty until `state` is there."""

    state: ScoreState
    systems: list[SystemScores]


@noun.get(answers={200: Scores})
def show(batch_id: int) -> Scores:
    """The scores of a batch, as its texts stand."""
    return _told(find_batch(desk().engine, batch_id))


@noun.post(answers={202: Scores})
def ask(batch_id: int) -> Reply:
    """Have scores computed, in the background; small batches have them without being asked."""
    batch = find_batch(desk().engine, batch_id)
    if not batch.references:
        raise BadInput(f"Batch {batch_id} has no reference to score against.")
    scoring.ask_scores(desk().engine, desk().queue, batch_id)
    return Reply(_told(batch), 202, url_for("api.scores.show", batch_id=batch_id))


def _told(batch: Batch) -> Scores:
    table = scoring.score_table(desk().engine, batch, desk().settings.comet_model)
    rows = (table.rows if table else None) or {}
    systems = []
    for system in batch.systems:
        effort, corrected = scoring.effort(system), rows.get(f"{system.name}+corrected")
        systems.append(
            SystemScores(
                number=system.position + 1,
                name=system.name,
                machine=_scores(rows.get(system.name, [])),
                corrected=None if corrected is None else _scores(corrected),
                hter=effort.hter,
                reviewed=effort.segments,
            )
        )
    return Scores(state=state_of(table), systems=systems)


def _scores(row: list[Score]) -> list[OneScore]:
    return [OneScore(name=one.name, value=one.value, signature=one.signature) for one in row]
