"""Jobs handed over to be done outside the request, and the worker that does them."""

import logging
import time
from collections.abc import Mapping
from typing import Any

from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.exceptions import ConfigurationError

from review.errors import BadInput, MissingPart
from review.settings import Settings
from review.store.engine import Engine
from review.work import comparing, deepening, flagging, import_jobs, measuring, scoring, staging, uploads

log = logging.getLogger(__name__)

_IMMEDIATE = "immediate:"
_REDIS = ("redis://", "rediss://", "unix://")
# Flags should stand on screen within two seconds of a paste, so an idle worker looks often.
_LOOKS_EVERY = 0.1  # seconds
_AT_ONCE = 2  # jobs: scoring takes minutes, and a text pasted meanwhile must not wait for it
_DEEP = "tarkka-deep"  # a lane of its own: however long the deep checks take, they hold nothing back


class JobQueue:
    """huey's queue with this project's jobs; also the `Queue` that the use cases hand work to."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._engine, self._settings = engine, settings
        self.huey = self._open(settings, "tarkka")
        self.deep = self._open(settings, _DEEP)
        self._flag = self.huey.task(name="flag_batch", retries=2, retry_delay=2)(self._flag_batch)
        self._check = self.huey.task(name="check_saved", retries=2, retry_delay=2)(self._check_saved)
        self._import = self.huey.task(name="import_upload")(self._import_upload)
        self.huey.periodic_task(crontab(minute="0"), name="forget_uploads")(self._forget_uploads)
        self._score = self.huey.task(name="score_batch")(self._score_batch)
        self._measure = self.huey.task(name="measure_batch")(self._measure_batch)
        self._compare = self.huey.task(name="compare_batch")(self._compare_batch)
        self._deepen = self.deep.task(name="deepen_batch", retries=2, retry_delay=2)(self._deepen_batch)

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
        # A job's outcome is in the database; huey's own copy of it would only pile up.
        return SqliteHuey(lane, filename=str(settings.instance / "queue.db"), results=False)

    def flag_batch(self, batch_id: int) -> None:
        """Have a batch's flags computed."""
        self._flag(batch_id)

    def import_upload(self, token: str) -> None:
        """Have the files imported that are kept under a token."""
        self._import(token)

    def deepen_batch(self, batch_id: int) -> None:
        """Have what the deep checks have not seen of a batch shown to them."""
        self._deepen(batch_id)

    def check_saved(self, batch_id: int) -> None:
        """Have texts that were saved unchecked shown to the instant checks, and then to the deep ones."""
        self._check(batch_id)

    def score_batch(self, batch_id: int) -> None:
        """Have a batch's scores computed."""
        self._score(batch_id)

    def compare_batch(self, batch_id: int, choice: Mapping[str, Any]) -> None:
        """Have systems of a batch compared."""
        self._compare(batch_id, dict(choice))

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
            self._measure(batch_id)

    def work(self) -> None:
        """Do jobs until interrupted."""
        beside = self.consumer(self.deep, workers=1)
        beside.start()
        self.consumer(self.huey).run()  # started last, so that it is the one that hears signals
        beside.stop()

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
        self._measure(batch_id)

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
