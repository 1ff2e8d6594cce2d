"""Jobs in chunks: what a kind of job has to say, and how a worker does the next chunk of one."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from review.errors import Busy
from review.settings import Settings
from review.store import chunks, jobs
from review.store.chunks import Held, NoLongerHeld
from review.store.engine import Engine
from review.store.jobs import Job, Stretch
from review.store.records import Batch
from review.work.access import find_batch

log = logging.getLogger(__name__)

# Lanes of the queue. What a person waits for in front of the screen goes first in, first out; large jobs take turns
# chunk by chunk beside it; the deep checks have a lane of their own, however long they take.
PROMPT, BULK, DEEP = "prompt", "bulk", "deep"
_SOON_DONE = 5000  # texts


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: how a batch is divided into chunks, and what is done with one.

    `run` begins after what the chunk has reached, and hands what it stores the chunk too, so that both are stored
    or neither is.
    """

    id: str
    title: str
    lane: Callable[[Batch], str]
    plan: Callable[[Engine, Settings, Batch], Sequence[Stretch]]
    run: Callable[[Engine, Settings, Held], None]


def lane_by_size(batch: Batch) -> str:
    """The lane of a job that is soon done where a batch is small."""
    return PROMPT if batch.total <= _SOON_DONE else BULK


def stretches(batch: Batch, size: int) -> list[Stretch]:
    """All segments of all systems, so many at a time."""
    return [
        Stretch(system.id, first, min(first + size - 1, batch.segments))
        for system in batch.systems
        for first in range(1, batch.segments + 1, size)
    ]


class Hands(Protocol):
    """What a worker process has in hand: its name, and the chunks that it does now."""

    name: str

    def take(self, take: Callable[[frozenset[int]], Held | None]) -> Held | None:
        """Take a chunk, which counts as in hand from then on."""

    def put_down(self, held: Held) -> None:
        """No longer do a chunk."""


def begin(engine: Engine, settings: Settings, kind: Kind, batch_id: int) -> Job:
    """Plan a job of a batch instead of the last one of its kind."""
    batch = find_batch(engine, batch_id)
    return jobs.plan_job(engine, batch_id, kind.id, kind.lane(batch), kind.plan(engine, settings, batch))


def take(engine: Engine, job_id: int, hands: Hands) -> Held | None:
    """The next chunk of a job that waits; None where none does."""
    return hands.take(lambda active: chunks.take_chunk(engine, job_id, hands.name, active))


class Outcome(Enum):
    """What doing a chunk has come to for its job."""

    GOES_ON = "goes on"
    AGAIN = "again"  # the chunk waits for another attempt
    ENDED = "ended"


def do(engine: Engine, settings: Settings, kind: Kind, held: Held, hands: Hands) -> Outcome:
    """Do a chunk.

    Busy goes on to the caller, and the chunk with it; anything else that a chunk raises is its own failure.
    """
    try:
        kind.run(engine, settings, held)
        return Outcome.ENDED if chunks.end_chunk(engine, held) else Outcome.GOES_ON
    except NoLongerHeld:
        log.info("job %d was stopped, or begun anew, or its chunk given to another worker", held.job_id)
        return Outcome.GOES_ON
    except Busy:
        raise
    except Exception as error:  # whatever it is, the other chunks go on
        log.exception("a chunk of job %d (%s) broke off", held.job_id, held.kind)
        return Outcome.ENDED if chunks.fail_chunk(engine, held, type(error).__name__) else Outcome.AGAIN
    finally:
        hands.put_down(held)
