"""Search and replace over a system's texts: every change is shown first, the chosen ones are one step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from review.errors import BadInput
from review.formats.guard import Limits, check_characters, check_size
from review.model import Status
from review.store import texts
from review.store.engine import Engine
from review.store.operations import Operation
from review.store.records import Batch, System
from review.store.texts import StandingText
from review.work import steps
from review.work.access import find_batch, find_system
from review.work.importing import Queue
from review.work.patterns import Finder, Wanted
from review.work.steps import Made, TextChange

SHOWN = 3000  # changes on one page, and in one step
# Where to look. Only the translation as it stands can be changed.
PLACES = {
    "text": "the translation as it stands",
    "correction": "the translation where it was corrected",
    "source": "the source (to look only)",
    "hypothesis": "the machine’s text (to look only)",
}
_CHANGED = ("text", "correction")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, where, and from which segment on."""

    wanted: Wanted
    place: str = "text"
    confirmed: bool = False  # whether to look at segments that were confirmed as right, too
    first: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found by looking only, cut where the findings begin and end."""

    number: int
    runs: Sequence[tuple[str, bool]]  # text, whether it was found


@dataclass(frozen=True, slots=True)
class ReplacePage:
    """The search of one system's texts: what would be changed, or else what was found."""

    batch: Batch
    system: System
    search: Search
    changes: Sequence[TextChange] = ()
    hits: Sequence[Hit] = ()
    more_from: int | None = None  # where the next page begins
    done: Operation | None = None
    trouble: str = ""

    @property
    def looks_only(self) -> bool:
        return self.search.place not in _CHANGED


def page(
    engine: Engine,
    batch_id: int,
    position: int,
    search: Search,
    asked: bool,
    step: int | None,
    limits: Limits,
) -> ReplacePage:
    """The page, with what was found where anything was asked; what cannot be looked for is told on it."""
    batch = find_batch(engine, batch_id)
    system = find_system(batch, position)
    done = steps.shown_step(engine, batch.id, step)
    if not asked:
        return ReplacePage(batch, system, search, done=done)
    try:
        return _searched(engine, ReplacePage(batch, system, search, done=done), limits)
    except BadInput as trouble:
        return ReplacePage(batch, system, search, done=done, trouble=str(trouble))


def _searched(engine: Engine, empty: ReplacePage, limits: Limits) -> ReplacePage:
    batch, system, search = empty.batch, empty.system, empty.search
    if search.place not in PLACES:
        raise BadInput(f"Texts are looked for in {', '.join(PLACES)}.")
    finder = Finder(search.wanted)
    changes: list[TextChange] = []
    hits: list[Hit] = []
    more_from = None
    for text in texts.iterate_texts(engine, batch.id, system.id, search.first):
        if not _looked_at(text, search):
            continue
        if empty.looks_only:
            shown = (text.source or "") if search.place == "source" else text.hypothesis
            found: TextChange | Hit | None = _hit(finder, text.number, shown)
        else:
            found = _change(finder, text, limits)
        if found is None:
            continue
        if len(changes) + len(hits) == SHOWN:
            more_from = text.number
            break
        if isinstance(found, Hit):
            hits.append(found)
        else:
            changes.append(found)
    return ReplacePage(batch, system, search, changes, hits, more_from, empty.done)


def replace(
    engine: Engine,
    queue: Queue,
    batch_id: int,
    search: Search,
    ticked: Collection[str],
    reviewer_id: int,
    limits: Limits,
) -> Made:
    """Replace in the chosen texts, those that still stand as they were shown; the step.

    `ticked` holds the keys of the changes that were shown.
    """
    batch = find_batch(engine, batch_id)
    finder = Finder(search.wanted)
    ids = {int(key.partition(":")[0]) for key in ticked}
    standing = texts.list_texts(engine, batch, ids)
    found = [_change(finder, text, limits) for text in standing if _looked_at(text, search)]
    chosen = steps.chosen_of([change for change in found if change], ticked)
    title = f"“{search.wanted.find}” → “{search.wanted.put}”"
    return steps.make(engine, queue, batch.id, title, chosen, len(ticked), reviewer_id, "replaced")


def _looked_at(text: StandingText, search: Search) -> bool:
    if search.place == "correction" and text.text == text.hypothesis:
        return False
    return search.place not in _CHANGED or search.confirmed or text.status is not Status.CONFIRMED


def _change(finder: Finder, text: StandingText, limits: Limits) -> TextChange | None:
    new = finder.replaced(text.text)
    if new == text.text:
        return None
    check_size(new, f"Segment {text.number}", limits)
    check_characters(new, f"The new text of segment {text.number}")
    return TextChange(text, new)


def _hit(finder: Finder, number: int, text: str) -> Hit | None:
    spans = finder.spans(text)
    if not spans:
        return None
    runs: list[tuple[str, bool]] = []
    past = 0
    for start, end in spans:
        runs += [(text[past:start], False), (text[start:end], True)]
        past = end
    return Hit(number, [run for run in [*runs, (text[past:], False)] if run[0]])
