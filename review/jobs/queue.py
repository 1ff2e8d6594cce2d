"""Jobs handed over to be done outside the request, and the worker that does them."""

import logging
import time
from collections.abc import Mapping
from threading import Event, Thread
from typing import Any

from huey import Huey, MemoryHuey, RedisHuey, crontab
from huey.consumer import Consumer
from huey.exceptions import ConfigurationError

from review.errors import BadInput, MissingPart
from review.jobs.file_queue import LastingFile, open_file
from review.jobs.handing import Handing
from review.jobs.pulse import Pulse
from review.jobs.telling import tell_of
from review.settings import Settings
from review.store.engine import Engine
from review.work import comparing, deepening, flagging, import_jobs, measuring, scoring, staging, uploads
from review.work.importing import QueueState

log = logging.getLogger(__name__)

_IMMEDIATE = "immediate:"
_REDIS = ("redis://", "rediss://", "unix://")
# Flags should stand on screen within two seconds of a paste, so an idle worker looks often.
_LOOKS_EVERY = 0.1  # seconds
_AT_ONCE = 2  # jobs: scoring takes minutes, and a text pasted meanwhile must not wait for it
# A database that is being restarted is away for seconds.
_AGAIN = {"retries": 20, "retry_delay": 3}
_DEEP = "tarkka-deep"  # a lane of its own: however long the deep checks take, they hold nothing back


class JobQueue:
    """huey's queue with this project's jobs; also the `Queue` that the use cases hand work to."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._engine, self._settings = engine, settings
        self.huey = self._open(settings, "tarkka")
        self._hand = Handing(on_redis=settings.queue_url.startswith(_REDIS))
        self.deep = self._open(settings, _DEEP)
        self._pulse = Pulse({"instant": self.huey, "deep": self.deep}, self._hand.troubles)
        for lane in (self.huey, self.deep):
            tell_of(lane)
        storage = self.huey.storage
        self._lost: Event | None = storage.was_lost if isinstance(storage, LastingFile) else None
        self._flag = self.huey.task(name="flag_batch", **_AGAIN)(self._flag_batch)
        self._check = self.huey.task(name="check_saved", **_AGAIN)(self._check_saved)
        self._import = self.huey.task(name="import_upload", **_AGAIN)(self._import_upload)
        self.huey.periodic_task(crontab(minute="0"), name="forget_uploads")(self._forget_uploads)
        self._score = self.huey.task(name="score_batch", **_AGAIN)(self._score_batch)
        self._measure = self.huey.task(name="measure_batch", **_AGAIN)(self._measure_batch)
        self._compare = self.huey.task(name="compare_batch", **_AGAIN)(self._compare_batch)
        self._deepen = self.deep.task(name="deepen_batch", **_AGAIN)(self._deepen_batch)

    @staticmethod
    def _open(settings: Settings, lane: str) -> Huey:
        if settings.queue_url == _IMMEDIATE:
            return MemoryHuey(lane, immediate=True)
        if settings.queue_url.startswith(_REDIS):
            return _on_redis(lane, settings.queue_url)
        if settings.queue_url:
            raise BadInput(
                "TARKKA_QUEUE_URL is no address of a queue: leave it empty for the built-in one, or set it to "
                f"redis://host:6379 or {_IMMEDIATE}"
            )
        settings.instance.mkdir(parents=True, exist_ok=True)
        return open_file(lane, settings.instance / "queue.db")

    def state(self) -> QueueState:
        """How many jobs wait by lane, and when a worker was last seen; Busy where the queue is away."""
        return self._pulse.state()

    def flag_batch(self, batch_id: int) -> None:
        """Have a batch's flags computed."""
        self._hand_over(self._flag, batch_id)

    def import_upload(self, token: str) -> None:
        """Have the files imported that are kept under a token."""
        self._hand_over(self._import, token)

    def deepen_batch(self, batch_id: int) -> None:
        """Have what the deep checks have not seen of a batch shown to them."""
        self._hand_over(self._deepen, batch_id)

    def check_saved(self, batch_id: int) -> None:
        """Have texts that were saved unchecked shown to the instant checks, and then to the deep ones."""
        self._hand_over(self._check, batch_id)

    def score_batch(self, batch_id: int) -> None:
        """Have a batch's scores computed."""
        self._hand_over(self._score, batch_id)

    def compare_batch(self, batch_id: int, choice: Mapping[str, Any]) -> None:
        """Have systems of a batch compared."""
        self._hand_over(self._compare, batch_id, dict(choice))

    def _hand_over(self, task: Any, *about: Any) -> None:
        self._hand(task, *about)
        if self._lost is not None and self._lost.is_set():
            self._resume_lost(self._lost)

    def resume(self) -> None:
        """Hand over again what a killed worker left unfinished. A job done twice does no harm."""
        self._forget_uploads()
        for token in import_jobs.unfinished(staging.folder_of(self._settings)):
            self.import_upload(token)
        for batch_id in flagging.unfinished(self._engine):
            self.flag_batch(batch_id)
        for batch_id in flagging.unchecked_batches(self._engine):
            self.check_saved(batch_id)
        for batch_id in deepening.unfinished(self._engine):
            self.deepen_batch(batch_id)
        for batch_id in measuring.unfinished(self._engine):
            self._hand_over(self._measure, batch_id)

    def work(self) -> None:
        """Do jobs until interrupted, and show meanwhile that somebody does."""
        self._pulse.begin()
        if self._lost is not None:
            Thread(target=self._look_after_loss, args=(self._lost,), daemon=True).start()
        beside = self.consumer(self.deep, workers=1)
        beside.start()
        self.consumer(self.huey).run()  # started last, so that it is the one that hears signals
        beside.stop()

    def _look_after_loss(self, lost: Event) -> None:
        while lost.wait():
            self._resume_lost(lost)

    def _resume_lost(self, lost: Event) -> None:
        lost.clear()
        log.warning("the queue's file was removed: what is to be done is looked for again")
        self.resume()

    @staticmethod
    def consumer(lane: Huey, workers: int = _AT_ONCE) -> Consumer:
        """What takes jobs from a lane, not yet started."""
        return Consumer(
            lane,
            workers=workers,
            periodic=True,
            initial_delay=_LOOKS_EVERY,
            max_delay=_LOOKS_EVERY,
            backoff=1.0,
        )

    def _import_upload(self, token: str) -> None:
        started = time.perf_counter()
        uploads.run_upload(self._engine, self, self._settings, token)
        log.info("imported an upload in %.1f s", time.perf_counter() - started)

    def _forget_uploads(self) -> None:
        staging.forget_old(staging.folder_of(self._settings))

    def _flag_batch(self, batch_id: int) -> None:
        started = time.perf_counter()
        flagging.flag_batch(self._engine, batch_id)
        log.info("flagged batch %d in %.2f s", batch_id, time.perf_counter() - started)
        self.deepen_batch(batch_id)
        self._hand_over(self._measure, batch_id)

    def _deepen_batch(self, batch_id: int) -> None:
        started = time.perf_counter()
        while deepening.deepen_next(self._engine, self._settings, batch_id):
            if self.deep.pending_count():  # others wait: a correction, or another batch; take turns
                self.deepen_batch(batch_id)
                return
        log.info(
            "deep checks of batch %d: %.2f s since its turn came", batch_id, time.perf_counter() - started
        )

    def _check_saved(self, batch_id: int) -> None:
        flagging.check_saved(self._engine, batch_id)
        self.deepen_batch(batch_id)

    def _measure_batch(self, batch_id: int) -> None:
        measuring.keep_up(self._engine, batch_id)

    def _compare_batch(self, batch_id: int, choice: Mapping[str, Any]) -> None:
        comparing.compare_batch(self._engine, batch_id, choice)

    def _score_batch(self, batch_id: int) -> None:
        scoring.compute_scores(self._engine, batch_id, self._settings.comet_model)


def _on_redis(lane: str, address: str) -> RedisHuey:
    """A lane on a Redis server, which workers on any number of machines take jobs from."""
    try:
        return RedisHuey(lane, url=address, results=False)
    except ConfigurationError:  # what huey says where the package is missing
        raise MissingPart(
            "The package redis is not installed, which this queue needs: `pip install -r requirements-team.txt`."
        ) from None
