"""Dismisses flags: one, a text's in a batch, a text's always, all of a check; each step has one undo."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from review.checks import all_checks
from review.errors import BadInput, NotFound
from review.model import View
from review.store import decisions, dismissing, operations, segments
from review.store.decisions import NewDecision
from review.store.dismissing import Standing
from review.store.engine import Engine
from review.store.records import Batch, ReviewedSegment, StoredFlag, System
from review.work.access import Place, find_batch, find_flag, find_place, find_system

SCOPES = ("once", "batch", "always")


@dataclass(frozen=True, slots=True)
class Dismissible:
    """An open flag with the segment it stands in."""

    segment: ReviewedSegment
    stored: StoredFlag


@dataclass(frozen=True, slots=True)
class DismissPreview:
    """All open flags of a check in one system's texts."""

    batch: Batch
    system: System
    check: str
    flags: Sequence[Dismissible]


def dismiss(engine: Engine, place: Place, flag_id: int, scope: str, reviewer_id: int) -> int | None:
    """Dismiss a flag, here or wherever its check flags its text; the step's id, or None if it was already."""
    if scope not in SCOPES:
        raise BadInput(f"A flag is dismissed {', '.join(SCOPES)}, not {scope[:20]!r}.")
    stored = find_flag(place, flag_id)
    if stored.state != "open":
        return None
    batch_id, flag = place.batch.id, stored.flag
    what = f"“{flag.text}” ({_title(flag.check)})"
    if scope == "once":
        step = dismissing.dismiss_flags(engine, batch_id, what, reviewer_id, [stored.id])
        if step is None:
            _still_there(engine, place, flag_id)
        return step
    standing = Standing(flag.check, flag.text, everywhere=scope == "always")
    title = f"{what} {'always' if standing.everywhere else 'everywhere in this batch'}"
    return dismissing.dismiss_standing(engine, batch_id, title, reviewer_id, standing)[0]


def reopen(engine: Engine, place: Place, flag_id: int, reviewer_id: int) -> None:
    """Open a dismissed flag again, this one only."""
    stored = find_flag(place, flag_id)
    decision = NewDecision(stored.id, "reopened")
    if not decisions.append_decision(engine, place.segment.hypothesis_id, decision, reviewer_id):
        _still_there(engine, place, flag_id)


def _still_there(engine: Engine, place: Place, flag_id: int) -> None:
    """NotFound where a flag went away after the place was found: then nothing was decided about it."""
    number, position = place.segment.number, place.system.position + 1
    find_flag(find_place(engine, place.batch.id, position, number), flag_id)


def preview(engine: Engine, batch_id: int, position: int, check: str, confidence: float) -> DismissPreview:
    """What “dismiss all” would dismiss: the check's open flags that the reviewer sees."""
    batch = find_batch(engine, batch_id)
    system = find_system(batch, position)
    view = View(confidence)
    found = [
        Dismissible(segment, stored)
        for segment in segments.iterate_segments(engine, batch.id, system.id)
        for stored in segment.open_flags
        if stored.flag.check == check and view.shows(stored.flag)
    ]
    return DismissPreview(batch, system, check, found)


def dismiss_chosen(
    engine: Engine, batch_id: int, check: str, flag_ids: Collection[int], reviewer_id: int
) -> int:
    """Dismiss the chosen flags of a check as one step; the step's id."""
    batch = find_batch(engine, batch_id)
    if not flag_ids:
        raise BadInput("No flag was chosen.")
    title = f"“{_title(check)}”"
    step = dismissing.dismiss_flags(engine, batch.id, title, reviewer_id, flag_ids)
    if step is None:
        raise BadInput("None of the chosen flags stands open any more: reload the page.")
    return step


def undo(engine: Engine, batch_id: int, step: int, reviewer_id: int) -> int:
    """Take a step back; how many flags are open again. A second time changes nothing."""
    operation = operations.get_operation(engine, find_batch(engine, batch_id).id, step)
    if operation is None or operation.segments:
        raise NotFound(f"This batch has no dismissal {step}.")
    if operation.undone:
        return 0
    title = f"undo {operation.title}"
    return dismissing.undo_dismissing(engine, batch_id, step, title, reviewer_id)


def _title(check: str) -> str:
    return next((one.title for one in all_checks() if one.id == check), check)
