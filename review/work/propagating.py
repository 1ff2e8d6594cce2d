"""Puts a correction into the other segments of a batch whose machine text is the same, and only there.

What a person has reviewed is never touched: the segments that wait for review are offered, one step makes
them edited, with the origin "propagated", and one undo makes them wait again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from review.errors import BadInput
from review.model import Status
from review.store import texts
from review.store.engine import Engine, snapshot
from review.work import steps
from review.work.access import Place, find_place
from review.work.importing import Queue
from review.work.steps import Made, TextChange

_MOST = 3000  # segments of one step


@dataclass(frozen=True, slots=True)
class Offer:
    """A corrected segment, and how many others it could be propagated to."""

    place: Place
    others: int


@dataclass(frozen=True, slots=True)
class PropagationPage:
    """A corrected segment, and what would become of the others whose machine text is the same."""

    place: Place
    changes: Sequence[TextChange]


def offer(engine: Engine, batch_id: int, position: int, number: int | None) -> Offer | None:
    """What a segment that was just saved can be propagated to; None where there is nothing to offer."""
    if number is None:
        return None
    with snapshot(engine):
        place = find_place(engine, batch_id, position, number)
        found = len(_twins(engine, place))
    return Offer(place, found) if found else None


def has_twins(engine: Engine, place: Place) -> bool:
    """Whether a segment's machine text stands in others that wait for review: there may be something to offer."""
    systems = [system.id for system in place.batch.systems]
    found = texts.find_equal(engine, systems, place.segment.hypothesis, Status.UNREVIEWED, 2)
    return any(one != place.segment.hypothesis_id for one in found)


def page(engine: Engine, batch_id: int, position: int, number: int) -> PropagationPage:
    """What would change, segment by segment."""
    place = find_place(engine, batch_id, position, number)
    return PropagationPage(place, _changes(engine, place))


def propagate(
    engine: Engine,
    queue: Queue,
    batch_id: int,
    position: int,
    number: int,
    ticked: Collection[str] | None,
    reviewer_id: int,
) -> Made:
    """Put a segment's correction into the chosen others, or (None) into all; the step."""
    place = find_place(engine, batch_id, position, number)
    changes = _changes(engine, place)
    if ticked is None and not changes:
        raise BadInput("The same machine text stands in no other segment that waits for review.")
    chosen = changes if ticked is None else steps.chosen_of(changes, ticked)
    asked = len(chosen) if ticked is None else len(ticked)
    title = f"segment {number:,} propagated"
    return steps.make(engine, queue, batch_id, title, chosen, asked, reviewer_id, "propagated", Status.EDITED)


def _changes(engine: Engine, place: Place) -> list[TextChange]:
    standing = texts.list_texts(engine, place.batch, _twins(engine, place))
    return [TextChange(text, place.segment.text) for text in standing]


def _twins(engine: Engine, place: Place) -> list[int]:
    """The hypotheses equal to a corrected segment's that wait for review, in all systems of the batch."""
    segment = place.segment
    if segment.status is not Status.EDITED:
        return []
    systems = [system.id for system in place.batch.systems]
    found = texts.find_equal(engine, systems, segment.hypothesis, Status.UNREVIEWED, _MOST + 1)
    return [one for one in found if one != segment.hypothesis_id][:_MOST]
