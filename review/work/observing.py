"""What can be told of an instance from outside without telling anything of its texts: is it ready, how busy is it."""

from collections.abc import Iterator
from contextlib import suppress
from hmac import compare_digest

from review.errors import Busy
from review.meters import Reading
from review.settings import Settings
from review.store import health
from review.store.engine import Engine
from review.work.importing import Queue

LATE = 30.0  # seconds: a worker that lives shows itself every few


def may_read(settings: Settings, authorization: str) -> bool:
    """Whether a request with this header may read figures: all on one's own machine, else those with the token."""
    if not settings.accounts:
        return True
    scheme, _, given = authorization.partition(" ")
    token = settings.metrics_token
    return scheme.lower() == "bearer" and bool(token) and compare_digest(given.encode(), token.encode())


def troubles(engine: Engine, queue: Queue) -> list[str]:
    """What keeps this instance from working, a sentence for each part; empty: it is ready."""
    return [*_of_database(engine), *_of_queue(queue)]


def _of_database(engine: Engine) -> list[str]:
    try:
        if health.is_current(engine):
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


def figures(engine: Engine, queue: Queue) -> Iterator[Reading]:
    """The figures of this moment; those of a part that does not answer are missing.

    Nothing here reads a table that grows with the texts.
    """
    up = dict.fromkeys(("database", "queue"), 0.0)
    with suppress(Busy):
        unflagged = health.count_unflagged(engine)
        up["database"] = 1
        yield Reading("tarkka_batches_unflagged", "Batches that wait for their flags.", {"": unflagged})
    with suppress(Busy):
        state = queue.state()
        up["queue"] = 1
        yield Reading("tarkka_jobs_waiting", "Jobs that wait in the queue.", state.waiting, "lane")
        if state.worker_age is not None:
            age = {"": state.worker_age}
            yield Reading("tarkka_worker_seen_seconds", "Seconds since any worker was seen.", age)
    yield Reading("tarkka_up", "1 where it answers this server, else 0.", up, "part")
    held = health.connections(engine)
    yield Reading("tarkka_database_connections", "This server's connections to the database.", held, "state")
