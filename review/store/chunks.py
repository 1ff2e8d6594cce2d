"""Chunks of jobs: taken by one worker at a time, and brought back piece by piece together with what was found.

Whoever takes a chunk holds it for a minute, and longer while its process says that it lives (`extend_holds`). What a
chunk has reached is stored in the transaction of its results, so a worker that comes after a killed one goes on from
there: nothing is lost, and nothing is counted twice.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, or_, select, update

from review.store.clock import now_there
from review.store.engine import reading, writing
from review.store.jobs import DONE, FAILED, RUNNING, TAKEN, WAITING, Stretch, settle_job
from review.store.schema_work import chunk, job

_HELD = timedelta(seconds=60)
_ATTEMPTS = 3


class NoLongerHeld(Exception):
    """A chunk that its worker has lost: its job was stopped or begun anew, or its process was thought dead."""


@dataclass(frozen=True, slots=True)
class Held:
    """A chunk that a worker holds; `reached` is the last segment whose results are stored."""

    chunk_id: int
    job_id: int
    batch_id: int
    kind: str
    lane: str
    stretch: Stretch
    reached: int
    worker: str
    attempt: int
    more: bool  # whether other chunks of the job wait


def take_chunk(engine: Engine, job_id: int, name: str, active: Collection[int]) -> Held | None:
    """The next chunk of a running job for a worker, which does the `active` ones already; None where none waits."""
    with writing(engine) as connection:
        query = select(job.c.batch_id, job.c.kind, job.c.lane).where(
            job.c.id == job_id, job.c.state == RUNNING
        )
        about = connection.execute(query.with_for_update()).one_or_none()
        if about is None:
            return None
        now = now_there(connection)
        own = and_(chunk.c.worker == name, chunk.c.id.not_in(active))  # given up when the database was away
        free = or_(
            chunk.c.state == WAITING,
            and_(chunk.c.state == TAKEN, or_(chunk.c.held_until < now, own)),
        )
        rows = connection.execute(
            select(chunk).where(chunk.c.job_id == job_id, free).order_by(chunk.c.id).limit(2)
        ).all()
        if not rows:
            return None
        row, attempt = rows[0], rows[0].attempts + 1
        taken = {"state": TAKEN, "worker": name, "held_until": now + _HELD, "attempts": attempt}
        connection.execute(update(chunk).where(chunk.c.id == row.id).values(**taken))
        _touch(connection, job_id)
        stretch = Stretch(row.system_id, row.first, row.last)
        return Held(row.id, job_id, *about, stretch, row.reached, name, attempt, more=len(rows) > 1)


def note_reached(connection: Connection, held: Held, number: int) -> None:
    """Note within a transaction that a chunk's results are stored up to a segment; NoLongerHeld takes all of it back."""
    running = and_(job.c.id == held.job_id, job.c.state == RUNNING)
    if connection.execute(select(job.c.id).where(running).with_for_update()).one_or_none() is None:
        raise NoLongerHeld
    before = connection.scalar(select(chunk.c.reached).where(_still(held)))
    if before is None:
        raise NoLongerHeld
    connection.execute(update(chunk).where(chunk.c.id == held.chunk_id).values(reached=number))
    values = {"done": job.c.done + number - before, "touched_at": now_there(connection)}
    connection.execute(update(job).where(job.c.id == held.job_id).values(**values))


def end_chunk(engine: Engine, held: Held) -> bool:
    """A chunk is done; whether its job has ended with it."""
    return _end(engine, held, state=DONE)


def fail_chunk(engine: Engine, held: Held, trouble: str) -> bool:
    """A chunk broke off: it waits for another attempt, or has failed with the last one; whether its job has ended."""
    return _end(engine, held, state=FAILED if held.attempt >= _ATTEMPTS else WAITING, trouble=trouble)


def _end(engine: Engine, held: Held, state: str, trouble: str = "") -> bool:
    with writing(engine) as connection:
        query = select(job.c.state).where(job.c.id == held.job_id).with_for_update()
        if connection.scalar(query) != RUNNING:
            state, trouble = WAITING, ""  # its job was stopped meanwhile
        reached = connection.scalar(select(chunk.c.reached).where(_still(held)))
        if reached is None:
            return False
        now = held.stretch.last if state == DONE else reached  # what came last needed no work
        ended = {"state": state, "trouble": trouble, "worker": None, "held_until": None, "reached": now}
        connection.execute(update(chunk).where(chunk.c.id == held.chunk_id).values(**ended))
        moved = {"done": job.c.done + now - reached, "touched_at": now_there(connection)}
        connection.execute(update(job).where(job.c.id == held.job_id).values(**moved))
        return settle_job(connection, held.job_id)


def extend_holds(engine: Engine, name: str, active: Collection[int]) -> None:
    """A worker lives, and does these chunks still."""
    own = and_(chunk.c.id.in_(active), chunk.c.worker == name, chunk.c.state == TAKEN)
    with writing(engine) as connection:
        now = now_there(connection)
        connection.execute(update(chunk).where(own).values(held_until=now + _HELD))
        working = job.c.id.in_(select(chunk.c.job_id).where(own))
        connection.execute(update(job).where(working).values(touched_at=now))


def release_chunks(engine: Engine, is_dead: Callable[[str], bool]) -> None:
    """Free the chunks of workers that are known to be no more."""
    query = select(chunk.c.worker).where(chunk.c.state == TAKEN).distinct()
    with reading(engine) as connection:
        names = list(connection.scalars(query))
    dead = [name for name in names if is_dead(name)]
    if dead:
        theirs = and_(chunk.c.worker.in_(dead), chunk.c.state == TAKEN)
        with writing(engine) as connection:
            connection.execute(update(chunk).where(theirs).values(held_until=now_there(connection) - _HELD))


def _still(held: Held) -> Any:
    return and_(
        chunk.c.id == held.chunk_id,
        chunk.c.state == TAKEN,
        chunk.c.worker == held.worker,
        chunk.c.attempts == held.attempt,
    )


def _touch(connection: Connection, job_id: int) -> None:
    connection.execute(update(job).where(job.c.id == job_id).values(touched_at=now_there(connection)))
