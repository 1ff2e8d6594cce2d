"""Jobs: planned in chunks, listed, stopped and taken up again. `chunks` says how one is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, delete, exists, func, insert, select, update

from review.store.clock import now_there
from review.store.engine import reading, writing
from review.store.schema import batch
from review.store.schema_work import chunk, job

RUNNING, DONE, FAILED, CANCELLED = "running", "done", "failed", "cancelled"
STOPPED = (FAILED, CANCELLED)
WAITING, TAKEN = "waiting", "taken"
_FLAGS = "flags"
# What a batch says of its flags, for each state of their job.
_FLAGGING = {RUNNING: "running", DONE: "done", FAILED: "failed", CANCELLED: "cancelled"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring segments of a system, first and last included; without a system, the batch as a whole."""

    system_id: int | None
    first: int = 1
    last: int = 0

    @property
    def size(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Job:
    """A job of a batch: how many of its texts are done, how many of its chunks failed, and why the first did."""

    id: int
    batch_id: int
    kind: str
    lane: str
    state: str
    total: int
    done: int
    asked_at: datetime
    failed: int = 0
    trouble: str = ""

    @property
    def running(self) -> bool:
        return self.state == RUNNING

    @property
    def stopped(self) -> bool:
        """Whether some of it is left that nobody does."""
        return self.state in STOPPED


def plan_job(engine: Engine, batch_id: int, kind: str, lane: str, stretches: Sequence[Stretch]) -> Job:
    """A new job in the place of the batch's last one of the kind; whoever still does chunks of that one is too late.

    One that nobody has begun yet is as good as new, and stays.
    """
    with writing(engine) as connection:
        of_kind = and_(job.c.batch_id == batch_id, job.c.kind == kind)
        # First the job, then its batch, as whoever stores results does; the batch keeps two from planning at once.
        for row in (select(job.c.id).where(of_kind), select(batch.c.id).where(batch.c.id == batch_id)):
            connection.execute(row.with_for_update())
        before = connection.execute(_JOBS.where(of_kind)).one_or_none()
        if before is not None and before.state == RUNNING and not _is_begun(connection, before.id):
            return Job(**before._mapping)
        connection.execute(delete(job).where(of_kind))
        job_id = _insert_job(connection, batch_id, kind, lane, stretches)
        _tell_batch(connection, batch_id, kind, RUNNING, flagged=0, failures=[])
        settle_job(connection, job_id)  # where there is nothing to do
        return Job(**connection.execute(_JOBS.where(job.c.id == job_id)).one()._mapping)


def _insert_job(
    connection: Connection, batch_id: int, kind: str, lane: str, stretches: Sequence[Stretch]
) -> int:
    now = now_there(connection)
    values = {"batch_id": batch_id, "kind": kind, "lane": lane, "asked_at": now, "touched_at": now}
    about = {"state": RUNNING, "total": sum(s.size for s in stretches)}
    job_id = int(connection.execute(insert(job).values(**values, **about).returning(job.c.id)).scalar_one())
    rows = [
        {
            "job_id": job_id,
            "system_id": s.system_id,
            "first": s.first,
            "last": s.last,
            "reached": s.first - 1,
            "state": WAITING,
        }
        for s in stretches
    ]
    if rows:
        connection.execute(insert(chunk), rows)
    return job_id


def cancel_job(engine: Engine, job_id: int) -> bool:
    """Have no more chunks of a job done, and nothing stored of those that are; False where it has ended."""
    with writing(engine) as connection:
        return _set_state(connection, job_id, (RUNNING,), CANCELLED)


def take_up_job(engine: Engine, job_id: int) -> bool:
    """Have what is not done of a cancelled or failed job done; False where it is neither."""
    with writing(engine) as connection:
        if not _set_state(connection, job_id, (CANCELLED, FAILED), RUNNING):
            return False
        undone = and_(chunk.c.job_id == job_id, chunk.c.state != DONE)
        again = {"state": WAITING, "attempts": 0, "trouble": "", "worker": None, "held_until": None}
        connection.execute(update(chunk).where(undone).values(**again))
        return True


def _set_state(connection: Connection, job_id: int, before: Sequence[str], state: str) -> bool:
    """Change the state of a job that is in one of those."""
    query = select(job.c.batch_id, job.c.kind, job.c.state).where(job.c.id == job_id).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None or row.state not in before:
        return False
    values = {"state": state, "touched_at": now_there(connection)}
    connection.execute(update(job).where(job.c.id == job_id).values(**values))
    _tell_batch(connection, row.batch_id, row.kind, state)
    return True


def settle_job(connection: Connection, job_id: int) -> bool:
    """End within a transaction a running job whose chunks have all come to an end; whether it did."""
    open_chunks = and_(chunk.c.job_id == job_id, chunk.c.state.in_((WAITING, TAKEN)))
    if connection.scalar(select(exists().where(open_chunks))):
        return False
    failed = connection.scalar(select(exists().where(chunk.c.job_id == job_id, chunk.c.state == FAILED)))
    return _set_state(connection, job_id, (RUNNING,), FAILED if failed else DONE)


def drop_job(engine: Engine, batch_id: int, kind: str) -> None:
    """Forget the batch's last job of a kind, so that it is planned anew."""
    with writing(engine) as connection:
        connection.execute(delete(job).where(job.c.batch_id == batch_id, job.c.kind == kind))


def _tell_batch(connection: Connection, batch_id: int, kind: str, state: str, **more: Any) -> None:
    """Say of a batch how its flags are; lists of batches show that."""
    if kind == _FLAGS:
        values = {"flagging": _FLAGGING[state], **more}
        connection.execute(update(batch).where(batch.c.id == batch_id).values(**values))


def _is_begun(connection: Connection, job_id: int) -> bool:
    return bool(connection.scalar(select(exists().where(chunk.c.job_id == job_id, chunk.c.state != WAITING))))


_FAILED_CHUNKS = (
    select(func.count()).where(chunk.c.job_id == job.c.id, chunk.c.state == FAILED).scalar_subquery()
)
_FIRST_TROUBLE = (
    select(chunk.c.trouble)
    .where(chunk.c.job_id == job.c.id, chunk.c.state == FAILED)
    .order_by(chunk.c.id)
    .limit(1)
    .scalar_subquery()
)
_JOBS = select(
    *(job.c[name] for name in ("id", "batch_id", "kind", "lane", "state", "total", "done", "asked_at")),
    _FAILED_CHUNKS.label("failed"),
    func.coalesce(_FIRST_TROUBLE, "").label("trouble"),
)


def get_job(engine: Engine, job_id: int) -> Job | None:
    """One job."""
    with reading(engine) as connection:
        row = connection.execute(_JOBS.where(job.c.id == job_id)).one_or_none()
    return None if row is None else Job(**row._mapping)


_STATE = select(job.c.state).where(job.c.batch_id == bindparam("batch"), job.c.kind == bindparam("kind"))


def get_state(engine: Engine, batch_id: int, kind: str) -> str | None:
    """The state of a batch's last job of a kind, if there was one."""
    with reading(engine) as connection:
        return connection.scalar(_STATE, {"batch": batch_id, "kind": kind})


def list_jobs(engine: Engine, batch_id: int | None = None, state: str | None = None) -> list[Job]:
    """The last job of each kind, of one batch or all; the newest first."""
    query = _JOBS.order_by(job.c.id.desc())
    if batch_id is not None:
        query = query.where(job.c.batch_id == batch_id)
    if state is not None:
        query = query.where(job.c.state == state)
    with reading(engine) as connection:
        return [Job(**row._mapping) for row in connection.execute(query)]


def list_stalled(engine: Engine, after: timedelta) -> list[Job]:
    """Running jobs that no worker has touched for so long; noted as touched, so that one worker hands them over."""
    with writing(engine) as connection:
        now = now_there(connection)
        stalled = and_(job.c.state == RUNNING, job.c.touched_at < now - after)
        ids = list(connection.scalars(select(job.c.id).where(stalled).with_for_update(skip_locked=True)))
        if not ids:
            return []
        connection.execute(update(job).where(job.c.id.in_(ids)).values(touched_at=now))
        return [Job(**row._mapping) for row in connection.execute(_JOBS.where(job.c.id.in_(ids)))]
