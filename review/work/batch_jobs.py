"""The jobs of a batch as people see them: how far each is, stopping one, and having the rest of it done."""

from review.errors import BadInput, NotFound
from review.store import jobs
from review.store.engine import Engine
from review.store.jobs import Job
from review.work.importing import Queue
from review.work.job_kinds import KINDS


def title_of(job: Job) -> str:
    """What a job is called."""
    return KINDS[job.kind].title


def list_all(engine: Engine, running_only: bool) -> list[Job]:
    """The last job of each kind of all batches, the newest first; or those that run."""
    return jobs.list_jobs(engine, state=jobs.RUNNING if running_only else None)


def list_of(engine: Engine, batch_id: int) -> list[Job]:
    """The last job of each kind that a batch had."""
    return jobs.list_jobs(engine, batch_id)


def stop(engine: Engine, job_id: int, batch_id: int | None = None) -> Job:
    """Stop a job, of one batch where that is named; what it has stored stays."""
    job = _find(engine, job_id, batch_id)
    if not jobs.cancel_job(engine, job_id):
        raise BadInput(
            f"{title_of(job)} of batch {job.batch_id} have come to an end: there is nothing to stop."
        )
    return job


def go_on(engine: Engine, queue: Queue, job_id: int, batch_id: int | None = None) -> Job:
    """Have the rest done of a job that was stopped or has failed."""
    job = _find(engine, job_id, batch_id)
    if not jobs.take_up_job(engine, job_id):
        raise BadInput(f"{title_of(job)} of batch {job.batch_id} were not stopped and have not failed.")
    queue.advance(job)
    return job


def _find(engine: Engine, job_id: int, batch_id: int | None) -> Job:
    job = jobs.get_job(engine, job_id)
    if job is None or batch_id not in (None, job.batch_id):
        raise NotFound(f"There is no job {job_id} any more: it was begun anew, or its batch is gone.")
    return job
