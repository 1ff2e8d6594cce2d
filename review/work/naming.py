"""The names of a batch: what stands where, one form put everywhere, decisions kept for later batches."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from review.checks.names.groups import NameGroup, group_names
from review.diff import Change, word_diff
from review.errors import BadInput
from review.model import Segment, Status
from review.store import names, operations, segments
from review.store.engine import Engine
from review.store.names import NameEntry
from review.store.operations import Operation
from review.store.records import Batch, ReviewedSegment, System
from review.store.texts import StandingText
from review.work import steps
from review.work.access import Place, find_batch, find_system
from review.work.importing import Queue
from review.work.steps import TextChange

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NamesPage:
    """The names of one system's texts as they stand, and what the reviewers' list says."""

    batch: Batch
    system: System
    groups: Sequence[NameGroup]
    listed: Sequence[NameEntry]
    done: Operation | None


@dataclass(frozen=True, slots=True)
class NameChange:
    """What "correct everywhere" would do to one segment; reviewed ones are shown and left alone."""

    segment: ReviewedSegment
    text: str
    diff: Sequence[Change]

    @property
    def left_alone(self) -> bool:
        return self.segment.status is not Status.UNREVIEWED


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """All that "correct everywhere" would change."""

    batch: Batch
    system: System
    variant: str
    right: str
    changes: Sequence[NameChange]


def names_page(engine: Engine, batch_id: int, position: int, operation: int | None = None) -> NamesPage:
    """The names page of one system; with a step just made, so that it can be taken back."""
    batch = find_batch(engine, batch_id)
    system = find_system(batch, position)
    every = segments.iterate_segments(engine, batch.id, system.id)
    pairs = (
        (
            Segment(s.number, s.text),
            [f.flag for f in s.flags if f.state == "open" and f.flag.check.startswith("name-")],
        )
        for s in every
    )
    return NamesPage(
        batch=batch,
        system=system,
        groups=group_names(pairs),
        listed=names.list_names(engine, batch.project_id),
        done=operations.get_operation(engine, batch.id, operation) if operation else None,
    )


def preview(engine: Engine, batch_id: int, position: int, variant: str, right: str) -> ChangePreview:
    """What putting `right` for `variant` everywhere would change, segment by segment."""
    batch = find_batch(engine, batch_id)
    system = find_system(batch, position)
    variant, right = _name(variant), _name(right)
    changes = [
        NameChange(segment, text, word_diff(segment.text, text))
        for segment in segments.iterate_segments(engine, batch.id, system.id)
        if variant in segment.text and (text := replaced(segment, variant, right)) != segment.text
    ]
    return ChangePreview(batch, system, variant, right, changes)


def replaced(segment: ReviewedSegment, variant: str, right: str) -> str:
    """The segment's text with the name put in, in the form that each place needs.

    A flag on the place knows that form ("Navalny’s"); elsewhere the name itself is put in.
    """
    suggested = {
        f.flag.start: next((s for s in f.flag.suggestions if re.sub(r"['’]s?$", "", s) == right), right)
        for f in segment.flags
        if f.flag.text == variant
    }
    pattern = rf"(?<!\w){re.escape(variant)}(?![\w-])"
    return re.sub(pattern, lambda m: suggested.get(m.start(), right), segment.text)


def correct_everywhere(
    engine: Engine,
    queue: Queue,
    batch_id: int,
    position: int,
    variant: str,
    right: str,
    numbers: Collection[int],
    reviewer_id: int,
) -> int:
    """Put a name's right form into the chosen segments as one step; the step's id.

    What a person has corrected is left alone. The decision goes into the name list.
    """
    found = preview(engine, batch_id, position, variant, right)
    chosen = [c for c in found.changes if c.segment.number in numbers and not c.left_alone]
    if not chosen:
        raise BadInput(f"No segment was chosen in which “{variant}” could be replaced.")
    system_id = found.system.id
    changes = [TextChange(_standing(system_id, c.segment), c.text) for c in chosen]
    title = f"“{found.variant}” → “{found.right}”"
    names.append_names(
        engine, found.batch.project_id, [NameEntry(found.variant, found.right, "page")], reviewer_id
    )
    return steps.make(engine, queue, batch_id, title, changes, len(changes), reviewer_id, "name").step


@dataclass(frozen=True, slots=True)
class LearnedName:
    """A name that the list has just learned, and how many unreviewed segments still have its variant."""

    variant: str
    right: str
    elsewhere: int


def learned_name(engine: Engine, place: Place, variant: str) -> LearnedName | None:
    """A name of the list, offered for the rest of the batch; None where there is nothing to offer."""
    entry = (
        next(
            (e for e in names.list_names(engine, place.batch.project_id) if e.variant == variant and e.right),
            None,
        )
        if variant
        else None
    )
    if entry is None or entry.right is None:
        return None
    found = preview(engine, place.batch.id, place.system.position + 1, variant, entry.right)
    return LearnedName(variant, entry.right, sum(not change.left_alone for change in found.changes))


def undo(engine: Engine, queue: Queue, batch_id: int, step: int, reviewer_id: int) -> int:
    """Take a step back where nobody has changed its segments since; how many were taken back.

    The texts come back as new versions; the name list forgets the decision.
    """
    operation = steps.find_step(engine, batch_id, step)
    if not operation.undone and (variant := re.match(r"“(.+?)” → ", operation.title)):
        batch = find_batch(engine, batch_id)
        names.withdraw_name(engine, batch.project_id, variant.group(1))
    return steps.undo(engine, queue, batch_id, step, reviewer_id)


def keep(engine: Engine, queue: Queue, batch_id: int, variant: str, reviewer_id: int) -> None:
    """Note that a name is right as it is: its flags go, here and in later batches."""
    batch = find_batch(engine, batch_id)
    names.append_names(engine, batch.project_id, [NameEntry(_name(variant), None, "page")], reviewer_id)
    queue.flag_batch(batch.id)


def forget(engine: Engine, queue: Queue, batch_id: int, variant: str) -> None:
    """Take an entry off the name list."""
    batch = find_batch(engine, batch_id)
    names.withdraw_name(engine, batch.project_id, variant)
    queue.flag_batch(batch.id)


def _standing(system_id: int, segment: ReviewedSegment) -> StandingText:
    return StandingText(
        segment.hypothesis_id,
        system_id,
        segment.number,
        segment.source,
        segment.hypothesis,
        segment.text,
        segment.version,
        segment.status,
    )


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME:
        raise BadInput(f"A name has 1 to {_LONGEST_NAME} characters.")
    return name
