"""Puts jobs into a queue that may be away for a while."""

import logging
import sqlite3
from collections import deque
from threading import RLock
from typing import Any

log = logging.getLogger(__name__)


class Handing:
    """What the queue does not take now goes in with the next job; a start of the server finds the rest.

    So a save never fails because of its queue: what is to be done about it is in the database.
    """

    def __init__(self, *, on_redis: bool) -> None:
        self._waiting: deque[tuple[Any, tuple[Any, ...]]] = deque()
        self._lock = RLock()  # a queue that does jobs at once hands over more meanwhile
        self.troubles: tuple[type[Exception], ...] = (sqlite3.Error, OSError)  # of a queue that is away
        if on_redis:
            from redis.exceptions import RedisError

            self.troubles += (RedisError,)

    def __call__(self, task: Any, *about: Any) -> None:
        """Put a job into the queue."""
        with self._lock:
            self._waiting.append((task, about))
            while self._waiting:
                first, its = self._waiting.popleft()
                try:
                    first(*its)
                except self.troubles as error:
                    self._waiting.appendleft((first, its))
                    kind = type(error).__name__  # what it says may quote what was handed over
                    log.warning("the queue took nothing (%s): %d jobs wait", kind, len(self._waiting))
                    return
