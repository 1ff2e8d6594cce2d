"""Texts that all reviewers of a closed study left alike: put into the batch as one step, with one undo."""

from collections.abc import Sequence
from itertools import takewhile

from review.errors import BadInput
from review.model import Status
from review.store import texts
from review.store.engine import Engine
from review.store.studies import Study
from review.work import steps
from review.work.agreement import Row, study_rows
from review.work.importing import Queue
from review.work.steps import Made, TextChange
from review.work.studies import find_closed


def agreed_changes(engine: Engine, study: Study, rows: Sequence[Row]) -> list[TextChange]:
    """What the batch would gain: texts that two or more left alike and nobody else otherwise.

    A segment of the batch that somebody has reviewed there is left alone.
    """
    every = texts.iterate_texts(engine, study.batch_id, study.system_id, study.first)
    standing = takewhile(lambda text: text.number <= study.last, every)
    found = []
    for before, row in zip(standing, rows, strict=True):
        left = [judgement.text for judgement in row.values() if judgement.reviewed]
        if len(left) > 1 and len(set(left)) == 1 and before.status is Status.UNREVIEWED:
            found.append(TextChange(before, left[0]))
    return found


def take_agreed(
    engine: Engine, queue: Queue, batch_id: int, study_id: int, origin: str, reviewer_id: int
) -> Made:
    """Put the texts that were left alike into the batch, as reviewed; the step."""
    study = find_closed(engine, batch_id, study_id)
    changes = agreed_changes(engine, study, study_rows(engine, study))
    if not changes:
        raise BadInput("No text on which the reviewers agree is left to be put into the batch.")
    title = f"Texts agreed on in “{study.title}”"
    return steps.make(
        engine, queue, batch_id, title, changes, len(changes), reviewer_id, origin, Status.EDITED
    )
