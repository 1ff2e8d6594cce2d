"""Blind studies: several people review the same segments, each in a copy that nobody else sees until the end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from review.errors import BadInput, NotFound
from review.store import blindness, reviewers, studies
from review.store.blindness import StudyCopy
from review.store.engine import Engine
from review.store.records import Batch
from review.store.studies import NewStudy, Study
from review.text import visible
from review.work.access import find_batch, find_system
from review.work.importing import Queue

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """What a form asks for: a study of segments `first` to `last` of one system, by these reviewers."""

    position: int
    title: str
    first: int
    last: int
    reviewers: Collection[str]
    token: str


@dataclass(frozen=True, slots=True)
class StudiesPage:
    """The studies of a batch."""

    batch: Batch
    studies: Sequence[Study]


def copy_for(engine: Engine, batch_id: int, name: str) -> StudyCopy | None:
    """The study that a batch is a copy for, if any; NotFound where it is open and somebody else's."""
    copy = blindness.find_copy(engine, batch_id)
    if copy and not copy.closed and copy.reviewer != name:
        raise NotFound(f"There is no batch {batch_id}.")
    return copy


def keep_closed(copy: StudyCopy) -> None:
    """BadInput where a copy's study is closed: what was measured stays as it was."""
    if copy.closed:
        raise BadInput(
            f"The study “{copy.title}” is closed, and its copies stay as they were. "
            "Correct the text in the batch that the study is about."
        )


def studies_page(engine: Engine, batch_id: int) -> StudiesPage:
    """All studies of a batch."""
    return StudiesPage(find_batch(engine, batch_id), studies.list_studies(engine, batch_id))


def find_study(engine: Engine, batch_id: int, study_id: int) -> Study:
    """A study of a batch, or NotFound."""
    study = studies.get_study(engine, batch_id, study_id)
    if study is None:
        raise NotFound(f"This batch has no study {study_id}.")
    return study


def start(
    engine: Engine, queue: Queue, batch_id: int, plan: Plan, names: Collection[str], reviewer_id: int
) -> int:
    """Start a study among the reviewers that there are; its id."""
    batch = find_batch(engine, batch_id)
    system = find_system(batch, plan.position)
    if blindness.find_copy(engine, batch_id):
        raise BadInput("This batch is itself a copy in a study; start a study from the batch it was made of.")
    chosen = sorted(set(plan.reviewers) & set(names), key=str.casefold)
    if len(chosen) < 2:
        raise BadInput("A study needs at least two reviewers: tick two or more names.")
    if not 1 <= plan.first <= plan.last <= batch.segments:
        raise BadInput(
            f"The batch has segments 1 to {batch.segments:,}; a study cannot be about {plan.first:,} to {plan.last:,}."
        )
    title = visible(plan.title).strip()[:_LONGEST_TITLE] or f"Blind study of {batch.name}"[:_LONGEST_TITLE]
    new = NewStudy(
        batch_id=batch_id,
        system_id=system.id,
        title=title,
        first=plan.first,
        last=plan.last,
        reviewers=[_copy_name(engine, title, name) for name in chosen],
        made_by=reviewer_id,
        token=plan.token,
    )
    study_id = studies.add_study(engine, new)
    for copy in find_study(engine, batch_id, study_id).copies:
        queue.flag_batch(copy.batch_id)
    return study_id


def close(engine: Engine, batch_id: int, study_id: int, name: str) -> None:
    """Close a study, so that everybody sees everything; only who started it may."""
    study = find_study(engine, batch_id, study_id)
    if study.maker != name:
        raise BadInput(f"Only {study.maker}, who started this study, can close it.")
    studies.close_study(engine, study.id)


def find_closed(engine: Engine, batch_id: int, study_id: int) -> Study:
    """A closed study; NotFound where there is none, or where it is still open."""
    study = find_study(engine, batch_id, study_id)
    if study.closed_at is None:
        raise NotFound("This study is still open; what the reviewers did is shown when it is closed.")
    return study


def _copy_name(engine: Engine, title: str, name: str) -> tuple[int, str]:
    reviewer = reviewers.find_reviewer(engine, name)
    if reviewer is None:
        raise NotFound(f"There is no reviewer “{name}”.")
    return reviewer.id, f"{title}: {name}"
