"""What a worker process has in hand, and the thread that says that it lives."""

import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Lock, Thread

from review.errors import TarkkaError
from review.store import chunks
from review.store.chunks import Held
from review.store.engine import Engine

log = logging.getLogger(__name__)

HOST = socket.gethostname()
_BEATS_EVERY = 5.0  # seconds
STALLED_AFTER = timedelta(seconds=60)


class WorkerHands:
    """The chunks that this process does now, whatever thread of it."""

    def __init__(self) -> None:
        self.name = f"{HOST}:{os.getpid()}"
        self._active: set[int] = set()
        self._lock = Lock()

    @property
    def active(self) -> frozenset[int]:
        with self._lock:
            return frozenset(self._active)

    def take(self, take: Callable[[frozenset[int]], Held | None]) -> Held | None:
        """Take a chunk; one thread at a time, so that none takes what another has just taken."""
        with self._lock:
            held = take(frozenset(self._active))
            if held is not None:
                self._active.add(held.chunk_id)
            return held

    def put_down(self, held: Held) -> None:
        """No longer do a chunk."""
        with self._lock:
            self._active.discard(held.chunk_id)


class Heartbeat:
    """Tells the database every few seconds that this worker still does its chunks; `look` is called with each beat."""

    def __init__(self, engine: Engine, hands: WorkerHands, look: Callable[[], None]) -> None:
        self._engine, self._hands, self._look = engine, hands, look
        self._ending = Event()
        self._thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def _beat(self) -> None:
        while True:
            try:
                if active := self._hands.active:
                    chunks.extend_holds(self._engine, self._hands.name, active)
                self._look()
            except TarkkaError as error:
                # Away, or gone just now: the next beat comes soon, and holds outlast many.
                log.warning("%s", error)
            if self._ending.wait(_BEATS_EVERY):
                return


def is_dead(name: str) -> bool:
    """Whether a worker was a process of this machine that is no more."""
    host, _, process = name.rpartition(":")
    if host != HOST:
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
