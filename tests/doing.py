"""Does jobs here and now, without a queue."""

from pathlib import Path

from review.jobs.hands import WorkerHands
from review.model import SegmentTexts
from review.settings import Settings
from review.store.adding import NewBatch, add_batch
from review.store.engine import Engine
from review.store.jobs import Job, list_jobs
from review.work import chunked
from review.work.chunked import Kind
from review.work.flag_jobs import FLAGS
from review.work.sessions import ensure_reviewers

_SETTINGS = Settings(instance=Path("instance"), model="none")


def do_job(engine: Engine, batch_id: int, kind: Kind, settings: Settings = _SETTINGS) -> None:
    """Plan a job and do all its chunks."""
    hands, job = WorkerHands(), chunked.begin(engine, settings, kind, batch_id)
    while held := chunked.take(engine, job.id, hands):
        chunked.do(engine, settings, kind, held, hands)


def flag_batch(engine: Engine, batch_id: int) -> None:
    """Compute the instant flags of a batch."""
    do_job(engine, batch_id, FLAGS)


def add_lines(engine: Engine, texts: list[str], references: list[str] | None = None) -> int:
    """A batch of one system, without documents; its id."""
    sure = [(text,) for text in references] if references else [()] * len(texts)
    new = NewBatch(
        name="Lines",
        source_lang="",
        target_lang="en",
        format="lines",
        bounded=False,
        systems=("one",),
        skeletons=({},),
        segments=[SegmentTexts((t,), None, r) for t, r in zip(texts, sure, strict=True)],
        created_by=ensure_reviewers(engine, ("Aino",))["Aino"],
    )
    return add_batch(engine, new)


def find_job(engine: Engine, batch_id: int, kind: str) -> Job | None:
    """The last job of a kind that a batch had."""
    return next((one for one in list_jobs(engine, batch_id) if one.kind == kind), None)
