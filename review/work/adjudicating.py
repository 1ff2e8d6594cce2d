"""Where the reviewers of a closed study differ, and which of their texts goes into the batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.diff import Change, word_diff
from review.errors import BadInput, NotFound
from review.formats.guard import Limits
from review.store import operations
from review.store.engine import Engine
from review.store.judgements import Judgement, list_judgements
from review.store.operations import Operation
from review.store.records import Batch
from review.store.studies import Study
from review.work import correcting
from review.work.access import Place, find_batch, find_place
from review.work.agreed import agreed_changes
from review.work.agreement import Measured, Row, study_rows, table_of
from review.work.correcting import Draft
from review.work.importing import Queue
from review.work.studies import find_closed, find_study

ORIGIN = "adjudicated"
PAGE = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """A segment whose reviewers left different texts; `number` counts in the batch that the study is about."""

    number: int
    hypothesis: str
    made: Mapping[str, Judgement]
    settled: bool

    @property
    def texts(self) -> dict[str, str]:
        """Each reviewer's text, of those who reviewed it."""
        return {name: j.text for name, j in self.made.items() if j.reviewed}

    @property
    def edits(self) -> dict[str, Sequence[Change]]:
        """How each reviewer changed the machine's text."""
        return {name: word_diff(self.hypothesis, text) for name, text in self.texts.items()}

    @property
    def between(self) -> Sequence[Change]:
        """How the second reviewer's text differs from the first one's, where there are two."""
        texts = list(self.texts.values())
        return word_diff(*texts) if len(texts) == 2 else ()


@dataclass(frozen=True, slots=True)
class StudyPage:
    """A study as somebody may see it: closed, with agreement and the segments that differ."""

    batch: Batch
    study: Study
    position: int  # of the system, from 1
    table: Sequence[Measured] = ()
    differences: Sequence[Difference] = ()
    differing: int = 0
    unsettled: int = 0
    agreed: int = 0
    to_take: int = 0  # of those agreed on, what the batch does not have yet
    more_from: int | None = None
    done: Operation | None = None  # a step that was made just now


@dataclass(frozen=True, slots=True)
class AdjudicationPage:
    """One segment that differs, beside the text that the batch has now."""

    study: Study
    place: Place
    difference: Difference
    previous: int | None
    next: int | None
    left: int


def study_page(
    engine: Engine, batch_id: int, study_id: int, first: int = 1, step: int | None = None
) -> StudyPage:
    """The page of a study; what reviewers did only when it is closed."""
    batch, study = find_batch(engine, batch_id), find_study(engine, batch_id, study_id)
    position = _position(engine, study)
    if study.closed_at is None:
        return StudyPage(batch, study, position)
    rows = study_rows(engine, study)
    every = _differences(engine, study, rows)
    some = [d for d in every if d.number >= first]
    compared = sum(sum(j.reviewed for j in row.values()) > 1 for row in rows)
    return StudyPage(
        batch=batch,
        study=study,
        position=position,
        table=table_of(engine, study),
        differences=some[:PAGE],
        differing=len(every),
        unsettled=sum(not d.settled for d in every),
        agreed=compared - len(every),
        to_take=len(agreed_changes(engine, study, rows)),
        more_from=some[PAGE].number if len(some) > PAGE else None,
        done=operations.get_operation(engine, batch_id, step) if step else None,
    )


def adjudication_page(engine: Engine, batch_id: int, study_id: int, number: int) -> AdjudicationPage:
    """A segment on which the reviewers of a closed study differ."""
    study = find_closed(engine, batch_id, study_id)
    every = _differences(engine, study, study_rows(engine, study))
    numbers = [d.number for d in every]
    if number not in numbers:
        raise NotFound(f"The reviewers of this study do not differ on segment {number}.")
    at = numbers.index(number)
    return AdjudicationPage(
        study=study,
        place=find_place(engine, batch_id, _position(engine, study), number),
        difference=every[at],
        previous=numbers[at - 1] if at else None,
        next=numbers[at + 1] if at + 1 < len(numbers) else None,
        left=sum(not d.settled for d in every),
    )


def adjudicate(
    engine: Engine,
    queue: Queue,
    page: AdjudicationPage,
    choice: str,
    draft: Draft,
    reviewer_id: int,
    limits: Limits,
) -> int | None:
    """Put a reviewer's text, or the draft's where none is chosen, into the batch; the next unsettled segment."""
    texts = page.difference.texts
    if choice and choice not in texts:
        raise BadInput(f"“{choice[:40]}” left no text on this segment.")
    made = Draft(texts[choice] if choice else draft.text, draft.version, draft.token, draft.seconds)
    correcting.save(engine, queue, page.place, made, reviewer_id, limits, origin=ORIGIN)
    study = page.study
    every = _differences(engine, study, study_rows(engine, study))
    later = [d.number for d in every if not d.settled and d.number != page.difference.number]
    return next((n for n in later if n > page.difference.number), next(iter(later), None))


def _differences(engine: Engine, study: Study, rows: Sequence[Row]) -> list[Difference]:
    now = list_judgements(engine, study.system_id, study.first, study.last)
    found = []
    for row, batch_has in zip(rows, now, strict=True):
        texts = {j.text for j in row.values() if j.reviewed}
        if len(texts) > 1:
            settled = batch_has.reviewed and (batch_has.origin == ORIGIN or batch_has.text in texts)
            found.append(Difference(batch_has.number, batch_has.hypothesis, row, settled))
    return found


def _position(engine: Engine, study: Study) -> int:
    batch = find_batch(engine, study.batch_id)
    return next(s.position for s in batch.systems if s.id == study.system_id) + 1
