"""Tells of jobs as they begin and end: in the log, and in the figures of the process that does them."""

import logging
import time
from typing import Any

from huey import Huey
from huey import signals as s

from review import logs, meters

log = logging.getLogger(__name__)

_OUTCOMES = {s.SIGNAL_COMPLETE: "done", s.SIGNAL_ERROR: "failed", s.SIGNAL_INTERRUPTED: "interrupted"}
_begun: dict[str, tuple[float, logs.Facts]] = {}  # by the task's id


def tell_of(lane: Huey) -> None:
    """Have every job of a lane told of."""
    lane.signal(s.SIGNAL_EXECUTING)(_begin)
    lane.signal(*_OUTCOMES)(_end)


def _begin(_signal: str, task: Any) -> None:
    facts: dict[str, object] = {"job": task.name}
    if task.args and isinstance(task.args[0], int):
        facts["batch"] = task.args[0]
    _begun[task.id] = time.perf_counter(), logs.enter(**facts)


def _end(signal: str, task: Any, _error: object = None) -> None:
    begun, before = _begun.pop(task.id)
    seconds, outcome = time.perf_counter() - begun, _OUTCOMES[signal]
    meters.JOBS.labels(task.name, outcome).observe(seconds)
    log.info("job %s %s", task.name, outcome, extra=logs.facts(seconds=round(seconds, 3)))
    logs.leave(before)
