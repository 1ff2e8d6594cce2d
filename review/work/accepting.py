"""Accepts all flags of a kind: each first suggestion is shown as it would go in, the chosen ones are one step."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from review.checks import all_checks
from review.errors import BadInput
from review.formats.guard import Limits, check_size
from review.model import Status, View
from review.store import texts
from review.store.decisions import NewDecision
from review.store.engine import Engine
from review.store.operations import Operation
from review.store.records import Batch, StoredFlag, System
from review.store.texts import StandingText
from review.work import steps
from review.work.access import find_batch, find_system
from review.work.importing import Queue
from review.work.steps import Made, TextChange

SHOWN = 3000  # flags on one page, and in one step


@dataclass(frozen=True, slots=True)
class Kind:
    """Flags that are accepted together: of a check, or only those on one text; from how sure on."""

    check: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Acceptable:
    """A flag with a suggestion, in the text it stands in."""

    before: StandingText
    stored: StoredFlag

    @property
    def suggestion(self) -> str:
        return self.stored.flag.suggestions[0]

    @property
    def ticked(self) -> bool:
        """Whether it is chosen unless the reviewer says otherwise: not where the text was confirmed as right."""
        return self.before.status is not Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class AcceptPage:
    """All open flags of a kind in one system's texts, those that suggest something."""

    batch: Batch
    system: System
    kind: Kind
    flags: Sequence[Acceptable]
    without: int  # open flags of the kind that suggest nothing
    more: bool
    done: Operation | None


def page(engine: Engine, batch_id: int, position: int, kind: Kind, step: int | None = None) -> AcceptPage:
    """What "accept all" would accept, or what it just has."""
    batch = find_batch(engine, batch_id)
    system = find_system(batch, position)
    found = texts.list_open_flags(engine, system.id, kind.check, kind.text, View(kind.confidence), SHOWN + 1)
    standing = {text.hypothesis_id: text for text in texts.list_texts(engine, batch, {id for id, _ in found})}
    flags = [Acceptable(standing[id], f) for id, f in found[:SHOWN] if f.flag.suggestions]
    without = sum(not f.flag.suggestions for _, f in found)
    done = steps.shown_step(engine, batch.id, step)
    return AcceptPage(batch, system, kind, flags, without, len(found) > SHOWN, done)


def accept(
    engine: Engine,
    queue: Queue,
    batch_id: int,
    position: int,
    kind: Kind,
    flag_ids: Collection[int],
    reviewer_id: int,
    limits: Limits,
) -> Made:
    """Put in the chosen flags' first suggestions as one step; `changed` and `left_out` count flags.

    A flag whose text has changed since is no longer open there and is left out; so is one that lies over
    another that went in.
    """
    if not flag_ids:
        raise BadInput("No flag was chosen; tick at least one.")
    shown = page(engine, batch_id, position, kind)
    chosen: dict[StandingText, list[StoredFlag]] = defaultdict(list)
    for one in shown.flags:
        if one.stored.id in flag_ids:
            chosen[one.before].append(one.stored)
    changes = [_with_suggestions(text, flags) for text, flags in chosen.items()]
    if not changes:
        raise BadInput("All the chosen flags are gone: their texts have changed since they were shown.")
    for change in changes:
        check_size(change.text, f"Segment {change.before.number}", limits)
    of = f" on “{kind.text}”" if kind.text else ""
    title = f"accepted “{_title(kind.check)}”{of}"
    made = steps.make(engine, queue, batch_id, title, changes, len(changes), reviewer_id, "accepted")
    taken = sum(len(change.decisions) for change in changes)
    return Made(made.step, taken, len(flag_ids) - taken)


def _with_suggestions(before: StandingText, flags: Sequence[StoredFlag]) -> TextChange:
    """The text with each flag's first suggestion, where flags do not lie over one another."""
    text, decisions = before.text, []
    begin = len(text) + 1
    for stored in sorted(flags, key=lambda f: (f.flag.start, f.flag.end), reverse=True):
        flag = stored.flag
        if flag.end > begin or before.text[flag.start : flag.end] != flag.text:
            continue
        begin = flag.start
        text = text[: flag.start] + flag.suggestions[0] + text[flag.end :]
        decisions.append(NewDecision(stored.id, "accepted", flag.suggestions[0]))
    return TextChange(before, text, decisions)


def _title(check: str) -> str:
    return next(one.title for one in all_checks() if one.id == check)
