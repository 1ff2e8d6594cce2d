"""What can be told of an instance from outside without telling anything of its texts: is it ready, how busy is it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from review.errors import Busy
from review.store import pulse
from review.store.engine import Engine
from review.work.importing import Queue

LATE = 30.0  # seconds: a worker that lives shows itself every few


@dataclass(frozen=True, slots=True)
class Observed:
    """Figures of this moment; None where the part that knows them does not answer."""

    waiting: Mapping[str, int] | None  # jobs by lane
    worker_age: float | None  # seconds since a worker was seen
    unflagged: int | None  # batches
    connections: Mapping[str, int]  # of this process to the database, by state


def troubles(engine: Engine, queue: Queue) -> list[str]:
    """What keeps this instance from working, a sentence for each part; empty: it is ready."""
    return [*_of_database(engine), *_of_queue(queue)]


def _of_database(engine: Engine) -> list[str]:
    try:
        if pulse.is_current(engine):
            return []
    except Busy:
        return ["The database does not answer."]
    return ["The database's tables are of another version of Tarkka than this server."]


def _of_queue(queue: Queue) -> list[str]:
    try:
        age = queue.state().worker_age
    except Busy:
        return ["The queue does not answer."]
    if age is None:
        return ["No worker was ever seen: start one."]
    return [f"No worker was seen for {age:.0f} seconds: start one."] if age > LATE else []


def observe(engine: Engine, queue: Queue) -> Observed:
    """The figures; nothing here reads a table that grows with the texts."""
    waiting = worker_age = unflagged = None
    with suppress(Busy):  # told by their absence
        state = queue.state()
        waiting, worker_age = state.waiting, state.worker_age
    with suppress(Busy):
        unflagged = pulse.count_unflagged(engine)
    return Observed(waiting, worker_age, unflagged, pulse.connections(engine))
