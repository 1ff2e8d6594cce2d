"""Jobs handed over to be done outside the request, and the worker that does them."""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from threading import Thread
from typing import Any

from huey import crontab

from review import logs
from review.errors import Busy, NotFound
from review.jobs.handing import Handing
from review.jobs.hands import STALLED_AFTER, Heartbeat, WorkerHands, is_dead
from review.jobs.lanes import FILES, Lanes, Taking
from review.jobs.pulse import Pulse
from review.jobs.telling import tell_of
from review.settings import Settings
from review.store import batches, chunks, jobs
from review.store.arriving import discard_arriving
from review.store.engine import Engine
from review.store.jobs import Job
from review.work import (
    chunked,
    comparing,
    deepening,
    flagging,
    import_jobs,
    measuring,
    staging,
    uploads,
)
from review.work.chunked import BULK, DEEP, PROMPT, Outcome
from review.work.deepening import DEEPENING
from review.work.flag_jobs import FLAGS
from review.work.importing import QueueState
from review.work.job_kinds import KINDS
from review.work.scoring import SCORES

log = logging.getLogger(__name__)

# A database that is being restarted is away for seconds.
_AGAIN = {"retries": 20, "retry_delay": 3}


class JobQueue:
    """huey's queue with this project's jobs; also the `Queue` that the use cases hand work to."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._engine, self._settings = engine, settings
        self.lanes = lanes = Lanes(settings)
        self._hands = WorkerHands()
        self._hand = Handing(on_redis=lanes.on_redis)
        self._consumers: list[Taking] = []
        self._pulse = Pulse(lanes.by_name, self._hand.troubles)
        for lane in lanes.by_name.values():
            tell_of(lane)
        prompt, bulk, deep, files = (lanes.by_name[name] for name in (PROMPT, BULK, DEEP, FILES))
        self._begin = prompt.task(name="begin_job", **_AGAIN)(self._begin_job)
        self._check = prompt.task(name="check_saved", **_AGAIN)(self._check_saved)
        self._measure = prompt.task(name="measure_batch", **_AGAIN)(self._measure_batch)
        self._compare = prompt.task(name="compare_batch", **_AGAIN)(self._compare_batch)
        self._discard = bulk.task(name="discard_batch", **_AGAIN)(self._discard_batch)
        self._deepen = deep.task(name="deepen_batch", **_AGAIN)(self._deepen_batch)
        self._import = files.task(name="import_upload", **_AGAIN)(self._import_upload)
        files.periodic_task(crontab(minute="0"), name="forget_uploads")(self._forget_uploads)
        self._advance = {
            name: lanes.by_name[name].task(name="advance_job", **_AGAIN)(self._advance_job)
            for name in (PROMPT, BULK, DEEP)
        }

    def state(self) -> QueueState:
        """How many jobs wait by lane, and when a worker was last seen; Busy where the queue is away."""
        return self._pulse.state()

    def flag_batch(self, batch_id: int) -> None:
        """Have a batch's flags computed."""
        self._hand_over(self._begin, FLAGS.id, batch_id)

    def score_batch(self, batch_id: int) -> None:
        """Have a batch's scores computed."""
        self._hand_over(self._begin, SCORES.id, batch_id)

    def deepen_batch(self, batch_id: int) -> None:
        """Have what the deep checks have not seen of a batch shown to them."""
        self._hand_over(self._deepen, batch_id)

    def check_saved(self, batch_id: int) -> None:
        """Have texts that were saved unchecked shown to the instant checks, and then to the deep ones."""
        self._hand_over(self._check, batch_id)

    def import_upload(self, token: str) -> None:
        """Have the files imported that are kept under a token."""
        self._hand_over(self._import, token)

    def discard(self, arrival: str) -> None:
        """Have what is there of a batch removed that arrives or leaves."""
        self._hand_over(self._discard, arrival)

    def compare_batch(self, batch_id: int, choice: Mapping[str, Any]) -> None:
        """Have systems of a batch compared."""
        self._hand_over(self._compare, batch_id, dict(choice))

    def advance(self, job: Job) -> None:
        """Have the chunks of a job done that wait."""
        self._hand_over(self._advance[job.lane], job.id)

    def _hand_over(self, task: Any, *about: Any) -> None:
        self._hand(task, *about)
        if self.lanes.lost.is_set():
            self._resume_lost()

    def resume(self) -> None:
        """Hand over again what killed workers left unfinished. What is done is not done again."""
        self._forget_uploads()
        chunks.release_chunks(self._engine, is_dead)
        for token in import_jobs.unfinished(staging.folder_of(self._settings)):
            self.import_upload(token)
        try:
            self._take_up(untouched_for=timedelta(0))
        except Busy as error:  # a worker takes them up once the queue is there
            log.warning("%s", error)
        running = jobs.list_jobs(self._engine, state=jobs.RUNNING)
        begun = {job.batch_id for job in running if job.kind == FLAGS.id}
        unflagged = set(batches.unflagged_batches(self._engine))
        for batch_id in sorted(unflagged - begun):
            self.flag_batch(batch_id)
        for batch_id in flagging.unchecked_batches(self._engine):
            self.check_saved(batch_id)
        for batch_id in deepening.unfinished(self._engine):
            if batch_id not in unflagged:  # else it follows its flags
                self.deepen_batch(batch_id)
        for batch_id in measuring.unfinished(self._engine):
            self._hand_over(self._measure, batch_id)

    def hear(self) -> None:
        """Note from now on when this process is told to end, whatever it has to do before it `work`s."""
        self._consumers = self.lanes.consumers()
        self._consumers[-1].hear()

    def work(self) -> None:
        """Do jobs until interrupted, and show meanwhile that somebody does."""
        self._pulse.begin()
        Thread(target=self._look_after_loss, daemon=True).start()
        with Heartbeat(self._engine, self._hands, self._take_up_stalled):
            *beside, last = self._consumers
            for consumer in beside:
                consumer.start()
            last.run()  # it is the one that hears signals
            for consumer in beside:
                consumer.stop()

    def _take_up_stalled(self) -> None:
        """Hand over again what a worker left that died on another machine."""
        self._take_up(untouched_for=STALLED_AFTER)
        for token in import_jobs.stalled(staging.folder_of(self._settings), STALLED_AFTER):
            self.import_upload(token)

    def _take_up(self, untouched_for: timedelta) -> None:
        """Hand over running jobs. Those of a lane in which something waits are there, or their turn comes later."""
        waiting = self.state().waiting
        if all(waiting[name] for name in self._advance):
            return
        for job in jobs.list_stalled(self._engine, untouched_for):
            if not waiting[job.lane]:
                self.advance(job)

    def _look_after_loss(self) -> None:
        while self.lanes.lost.wait():
            self._resume_lost()

    def _resume_lost(self) -> None:
        self.lanes.lost.clear()
        log.warning("the queue's file was removed: what is to be done is looked for again")
        self.resume()

    def _begin_job(self, kind_id: str, batch_id: int) -> None:
        try:
            job = chunked.begin(self._engine, self._settings, KINDS[kind_id], batch_id)
        except NotFound:
            log.info("batch %d was deleted before its %s were begun", batch_id, kind_id)
            return
        if job.lane == PROMPT:
            self._advance_job(job.id)
        else:
            self.advance(job)

    def _advance_job(self, job_id: int) -> None:
        """Do the next chunk of a job; before that, hand over the one after it, for whichever worker is idle."""
        while held := chunked.take(self._engine, job_id, self._hands):
            logs.enter(job=held.kind, batch=held.batch_id)  # until this task ends
            started, advance = time.perf_counter(), self._advance[held.lane]
            if held.more and not self.lanes.at_once:
                self._hand_over(advance, job_id)
            outcome = chunked.do(self._engine, self._settings, KINDS[held.kind], held, self._hands)
            log.info("chunk %d of job %d: %.2f s", held.chunk_id, job_id, time.perf_counter() - started)
            if outcome is Outcome.ENDED and held.kind == FLAGS.id:
                self.deepen_batch(held.batch_id)
                self._hand_over(self._measure, held.batch_id)
            if self.lanes.at_once:
                continue
            if outcome is Outcome.AGAIN:
                self._hand_over(advance, job_id)
            return

    def _deepen_batch(self, batch_id: int) -> None:
        if not deepening.is_planned(self._engine, batch_id):
            self._begin_job(DEEPENING.id, batch_id)
        while deepening.deepen_next(self._engine, self._settings, batch_id):
            if self.lanes.by_name[DEEP].pending_count():  # others wait: take turns
                self.deepen_batch(batch_id)
                return

    def _import_upload(self, token: str) -> None:
        started = time.perf_counter()
        uploads.run_upload(self._engine, self, self._settings, token)
        log.info("imported an upload in %.1f s", time.perf_counter() - started)

    def _forget_uploads(self) -> None:
        import_jobs.forget_old(self._engine, self, staging.folder_of(self._settings))

    def _check_saved(self, batch_id: int) -> None:
        flagging.check_saved(self._engine, batch_id)
        self.deepen_batch(batch_id)

    def _discard_batch(self, arrival: str) -> None:
        discard_arriving(self._engine, arrival)

    def _measure_batch(self, batch_id: int) -> None:
        measuring.keep_up(self._engine, batch_id)

    def _compare_batch(self, batch_id: int, choice: Mapping[str, Any]) -> None:
        comparing.compare_batch(self._engine, batch_id, choice)
