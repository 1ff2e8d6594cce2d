"""Signs of life: workers leave theirs in the queue, so that whoever looks at it knows that somebody takes jobs."""

import time
from collections.abc import Mapping
from contextlib import suppress
from threading import Event, Thread

from huey import Huey
from huey.constants import EmptyData

from review.errors import Busy
from review.work.importing import QueueState

_EVERY = 5.0  # seconds
_SEEN = "worker-seen"


class Pulse:
    """The signs of life in a queue's lanes; `troubles` are what a queue raises that is away."""

    def __init__(self, lanes: Mapping[str, Huey], troubles: tuple[type[Exception], ...]) -> None:
        self._lanes = lanes
        self._troubles = troubles
        self._first = next(iter(lanes.values()))

    def begin(self) -> None:
        """Show from now on that this process takes jobs."""
        Thread(target=self._show, daemon=True).start()

    def state(self) -> QueueState:
        """How many jobs wait, those included that are tried again later; Busy where the queue is away."""
        try:
            waiting = {
                name: lane.pending_count() + lane.scheduled_count() for name, lane in self._lanes.items()
            }
            seen = self._first.storage.peek_data(_SEEN)
        except self._troubles:
            raise Busy("The queue does not answer.") from None
        if self._first.immediate:  # whoever asks is the worker
            return QueueState(waiting, 0.0)
        return QueueState(waiting, None if seen is EmptyData else max(0.0, time.time() - float(bytes(seen))))

    def _show(self) -> None:
        pause = Event()
        while True:
            with suppress(*self._troubles):  # a queue that is away will be back
                self._first.storage.put_data(_SEEN, str(time.time()).encode())
            pause.wait(_EVERY)
