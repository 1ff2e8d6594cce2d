"""Stores what was read as a batch, seen by nobody before it is whole, and has its flags computed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from secrets import token_hex
from typing import Any, Protocol

from review.codes import without_codes
from review.errors import BadInput
from review.store import batches
from review.store.adding import NewBatch, Original, add_batch
from review.store.arriving import discard_arriving
from review.store.engine import Engine
from review.store.jobs import Job
from review.text import visible
from review.work.annotating import categories_of
from review.work.intake import Given, Intake, Marks
from review.work.languages import guess_language
from review.work.mark_imports import import_file
from review.work.paste import guess_title

_SAMPLE = 40  # segments that a guess looks at
_LONGEST_NAME = 300  # characters


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many jobs wait in each lane, and for how many seconds no worker was seen; None: never."""

    waiting: Mapping[str, int]
    worker_age: float | None


class Queue(Protocol):
    """Where jobs are handed to; `jobs` implements it."""

    def state(self) -> QueueState:
        """How it stands; Busy where it cannot be reached."""

    def flag_batch(self, batch_id: int) -> None:
        """Have a batch's flags computed."""

    def deepen_batch(self, batch_id: int) -> None:
        """Have what the deep checks have not seen of a batch shown to them."""

    def check_saved(self, batch_id: int) -> None:
        """Have texts that were saved unchecked shown to the instant checks, and then to the deep ones."""

    def import_upload(self, token: str) -> None:
        """Have the files imported that are kept under a token."""

    def discard(self, arrival: str) -> None:
        """Have what is there of a batch removed that arrives or leaves."""

    def score_batch(self, batch_id: int) -> None:
        """Have a batch's scores computed."""

    def advance(self, job: Job) -> None:
        """Have the chunks of a job done that wait."""

    def compare_batch(self, batch_id: int, choice: Mapping[str, Any]) -> None:
        """Have systems of a batch compared, as a choice says."""


@contextmanager
def all_or_nothing(engine: Engine) -> Iterator[str]:
    """A name for an import that somebody waits for: where it breaks off, nothing of it stays."""
    arrival = token_hex(16)
    try:
        yield arrival
    except BaseException:  # an interrupt too
        discard_arriving(engine, arrival)
        raise


def import_batch(
    engine: Engine,
    queue: Queue,
    intake: Intake,
    *,
    arrival: str,
    reviewer_id: int,
    name: str = "",
    source_lang: str = "",
    target_lang: str = "",
    token: str | None = None,
    categories: str = "",
    project_id: int | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> int:
    """Store a batch, in a project or the default one; its id. Name and languages are guessed where neither they nor the file name them.

    `categories` is the table of the kinds of error that marks in the file are of, if it is one of a team's own.
    `progress` is told how many segments are stored so far. What it raises breaks the import off, which goes on behind
    what is stored when it is begun again under its `arrival`.
    """
    parsed = intake.parsed
    sample = list(islice(parsed.segments, _SAMPLE))
    sources = without_codes("\n".join(s.source for s in sample if s.source))[0]
    hypotheses = without_codes("\n".join(s.hypotheses[0] for s in sample))[0]
    known = source_lang or parsed.source_lang
    new = NewBatch(
        name=visible(name).strip() or guess_title(visible(hypotheses)),
        source_lang=known or (guess_language(sources) if sources else ""),
        target_lang=target_lang or parsed.target_lang or guess_language(hypotheses, if_short="en"),
        format=intake.format_id,
        bounded=intake.bounded,
        systems=tuple(visible(system)[:_LONGEST_NAME] or "system" for system in parsed.systems),
        skeletons=parsed.skeletons,
        segments=parsed.segments,
        created_by=reviewer_id,
        token=token,
        project_id=project_id,
        arrival=arrival,
        original=None if intake.original is None else Original(visible(intake.name), intake.original),
    )
    batch_id = add_batch(engine, new, progress)
    if intake.marks is not None:
        _add_marks(engine, batch_id, intake.name, intake.marks, reviewer_id, categories)
    queue.flag_batch(batch_id)
    return batch_id


def _add_marks(
    engine: Engine, batch_id: int, name: str, marks: Marks, reviewer_id: int, categories: str
) -> None:
    """Add the marks that a batch's own file holds; a file with a wrong one leaves no batch behind."""
    file, kinds = Given(name, BytesIO(marks.content)), categories_of(categories)
    try:
        # Whoever imports them has made none of them: each is told with its rater's name.
        import_file(engine, batch_id, file, kinds, (reviewer_id, ""), marks.numbers)
    except BadInput:
        discard_arriving(engine, batches.withdraw_batch(engine, batch_id))
        raise
