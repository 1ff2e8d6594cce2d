"""Tells of jobs as they begin and end: in the log, and in the figures of the process that does them."""

import logging
import time
from typing import Any

from huey import Huey
from huey import signals as s

from review import logs, meters

log = logging.getLogger(__name__)

_OUTCOMES = {s.SIGNAL_COMPLETE: "done", s.SIGNAL_ERROR: "failed", s.SIGNAL_INTERRUPTED: "interrupted"}
_OF_A_BATCH = {"check_saved", "measure_batch", "compare_batch", "deepen_batch"}
_begun: dict[str, tuple[float, logs.Facts]] = {}  # by the task's id


def tell_of(lane: Huey) -> None:
    """Have every job of a lane told of."""
    lane.signal(s.SIGNAL_EXECUTING)(_begin)
    lane.signal(*_OUTCOMES)(_end)


def _begin(_signal: str, task: Any) -> None:
    before = logs.enter(job=task.name)
    if task.name == "begin_job":
        logs.enter(batch=task.args[1])
    elif task.name in _OF_A_BATCH:
        logs.enter(batch=task.args[0])
    _begun[task.id] = time.perf_counter(), before


def _end(signal: str, task: Any, _error: object = None) -> None:
    if task.id not in _begun:  # told already: it was interrupted, and came to an end all the same
        return
    begun, before = _begun.pop(task.id)
    seconds, outcome = time.perf_counter() - begun, _OUTCOMES[signal]
    # What it turned out to be, where the task is the next chunk of any; that it was interrupted another thread tells.
    job = logs.now().get("job", task.name)
    meters.JOBS.labels(job, outcome).observe(seconds)
    log.info("job %s %s", job, outcome, extra=logs.facts(seconds=round(seconds, 3)))
    logs.leave(before)
