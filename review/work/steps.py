"""Steps over a batch: what would change is shown, the chosen changes are made at once, one undo takes them back.

Replacing, accepting all flags of a kind, propagating and correcting a name everywhere are steps.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from secrets import token_hex

from review.diff import Change, move_span, word_diff
from review.errors import BadInput, NotFound
from review.metrics.effort import edits
from review.model import Flag, Status
from review.store import operations, texts
from review.store.corrections import NewCorrection
from review.store.decisions import NewDecision
from review.store.engine import Engine
from review.store.operations import Operation, Undoable
from review.store.records import Batch, StoredFlag
from review.store.texts import StandingText
from review.work.access import find_batch
from review.work.importing import Queue


@dataclass(frozen=True)
class TextChange:
    """What a step would make of one text; `decisions` are on its flags, by their id."""

    before: StandingText
    text: str
    decisions: Sequence[NewDecision] = field(default=())

    @cached_property
    def diff(self) -> Sequence[Change]:
        return word_diff(self.before.text, self.text)

    @property
    def key(self) -> str:
        """Names the text and its version: a box that was ticked for it means this version and no other."""
        return f"{self.before.hypothesis_id}:{self.before.version}"


@dataclass(frozen=True, slots=True)
class Made:
    """A step that was made: how many texts it changed, and how many it left out as they had changed."""

    step: int
    changed: int
    left_out: int


def chosen_of(changes: Sequence[TextChange], ticked: Collection[str]) -> list[TextChange]:
    """The changes whose boxes were ticked; BadInput where none is left."""
    chosen = [change for change in changes if change.key in ticked]
    if not ticked:
        raise BadInput("No segment was chosen; tick at least one.")
    if not chosen:
        raise BadInput("All the chosen segments have changed since they were shown; look at them again.")
    return chosen


def make(
    engine: Engine,
    queue: Queue,
    batch_id: int,
    title: str,
    changes: Sequence[TextChange],
    asked: int,
    reviewer_id: int,
    origin: str,
    status: Status | None = None,
) -> Made:
    """Make the changes as one step; `asked` is how many were chosen when they were shown.

    A text that waits for review still does, unless the step gives another `status`; one that was confirmed
    counts as edited.
    """
    stored = texts.list_flags(engine, {c.before.hypothesis_id: c.before.version for c in changes})
    new = [
        _new_version(
            c.before.hypothesis_id,
            c.before.hypothesis,
            c.before.version,
            c.text,
            status or _status_after(c.before.status),
            reviewer_id,
            origin,
            carried(stored.get(c.before.hypothesis_id, ()), c.before.text, c.text),
        )
        for c in changes
    ]
    decisions = {c.before.hypothesis_id: c.decisions for c in changes if c.decisions}
    step, made = operations.append_operation(engine, batch_id, title, reviewer_id, new, decisions)
    queue.flag_batch(batch_id)
    queue.deepen_batch(batch_id)
    return Made(step, made, asked - made)


@dataclass(frozen=True, slots=True)
class StepPage:
    """A step with the batch it was made in."""

    batch: Batch
    step: Operation


def step_page(engine: Engine, batch_id: int, step: int) -> StepPage:
    """A step as it is shown once it was made."""
    return StepPage(find_batch(engine, batch_id), find_step(engine, batch_id, step))


def shown_step(engine: Engine, batch_id: int, step: int | None) -> Operation | None:
    """The step that a page's address says was just made, if the batch has it and it changed texts."""
    found = operations.get_operation(engine, batch_id, step) if step else None
    return found if found and found.segments else None


def find_step(engine: Engine, batch_id: int, step: int) -> Operation:
    """A step of a batch that changed texts, or NotFound."""
    operation = operations.get_operation(engine, find_batch(engine, batch_id).id, step)
    if operation is None or not (operation.segments or operation.undone):
        raise NotFound(f"This batch has no step {step} that changed texts.")
    return operation


def undo(engine: Engine, queue: Queue, batch_id: int, step: int, reviewer_id: int) -> int:
    """Take a step back in the texts that nobody has changed since; how many. A second time changes nothing.

    The texts come back as new versions, with their status and their flags.
    """
    operation = find_step(engine, batch_id, step)
    if operation.undone:
        return 0
    standing = operations.list_undoable(engine, step)
    flags = texts.list_flags(engine, {one.hypothesis_id: one.version_before for one in standing})
    taken = operations.list_decided(engine, step)
    new = [_version_before(one, flags.get(one.hypothesis_id, ()), taken, reviewer_id) for one in standing]
    reopened = {
        one.hypothesis_id: [
            NewDecision(f.id, "reopened") for f in flags.get(one.hypothesis_id, ()) if f.id in taken
        ]
        for one in standing
    }
    title = f"undo {operation.title}"
    _, made = operations.append_operation(engine, batch_id, title, reviewer_id, new, reopened)
    operations.mark_undone(engine, step)
    queue.flag_batch(batch_id)
    queue.deepen_batch(batch_id)
    return made


def _version_before(
    one: Undoable, flags: Sequence[StoredFlag], taken: Mapping[int, str], reviewer_id: int
) -> NewCorrection:
    states = [(f.flag, "open" if f.id in taken else f.state) for f in flags]
    return _new_version(
        one.hypothesis_id,
        one.hypothesis,
        one.version,
        one.text_before,
        one.status_before,
        reviewer_id,
        "undone",
        states,
    )


def carried(flags: Sequence[StoredFlag], old: str, new: str) -> list[tuple[Flag, str]]:
    """The flags whose words still stand in the new text, where they stand now, each with its state."""
    found = []
    for stored in flags:
        span = move_span(old, new, stored.flag.start, stored.flag.end)
        if span is not None:
            found.append((replace(stored.flag, start=span[0], end=span[1]), stored.state))
    return found


def _status_after(status: Status) -> Status:
    return Status.UNREVIEWED if status is Status.UNREVIEWED else Status.EDITED


def _new_version(
    hypothesis_id: int,
    hypothesis: str,
    based_on: int,
    text: str,
    status: Status,
    reviewer_id: int,
    origin: str,
    flags: Sequence[tuple[Flag, str]],
) -> NewCorrection:
    return NewCorrection(
        hypothesis_id=hypothesis_id,
        based_on=based_on,
        text=text,
        status=Status.CONFIRMED if status is Status.EDITED and text == hypothesis else status,
        reviewer_id=reviewer_id,
        origin=origin,
        seconds=None,
        reference_in_view=False,
        effort=edits(hypothesis, text),
        token=token_hex(16),
        flags=flags,
    )
