"""Jobs in chunks: shared by workers, stopped, failed, taken up again; no chunk is lost, none is counted twice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from review.jobs.hands import WorkerHands, is_dead
from review.settings import Settings
from review.store import batches, chunks, jobs
from review.store.chunks import Held
from review.store.engine import Engine, open_store
from review.store.jobs import Job
from review.work import chunked, flag_jobs, scoring
from review.work.chunked import Kind, Outcome
from review.work.flag_jobs import FLAGS
from tests.databases import settings_at
from tests.doing import add_lines, do_job, flag_batch

LINES = [f"The the line {n}." if n % 3 == 0 else f"Line {n} is plain." for n in range(1, 41)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_at(tmp_path, model="none")


@pytest.fixture
def engine(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A database in which a batch of forty lines makes eight chunks of five, stored two lines at a time."""
    monkeypatch.setattr(flag_jobs, "_CHUNK", 5)
    monkeypatch.setattr(flag_jobs, "_STORED_AT_ONCE", 2)
    engine = open_store(settings)
    yield engine
    engine.dispose()


def worker(name: str) -> WorkerHands:
    hands = WorkerHands()
    hands.name = name
    return hands


class Work:
    """A job of a batch, and the workers at it."""

    def __init__(self, engine: Engine, settings: Settings, kind: Kind = FLAGS) -> None:
        self.engine, self.settings, self.kind = engine, settings, kind
        self.batch = add_lines(engine, LINES, LINES)
        self.id = chunked.begin(engine, settings, kind, self.batch).id

    @property
    def job(self) -> Job:
        found = jobs.get_job(self.engine, self.id)
        assert found
        return found

    def take(self, hands: WorkerHands) -> Held | None:
        return chunked.take(self.engine, self.id, hands)

    def do(self, held: Held, hands: WorkerHands) -> Outcome:
        return chunked.do(self.engine, self.settings, self.kind, held, hands)

    def do_all(self, hands: WorkerHands) -> int:
        """How many chunks there were to do."""
        count = 0
        while held := self.take(hands):
            self.do(held, hands)
            count += 1
        return count

    def flags(self) -> int:
        batch = batches.get_batch(self.engine, self.batch)
        assert batch
        return batch.open_flags("minor") + batch.open_flags("major") + batch.open_flags("critical")


def breaking(kind: Kind, error: type[Exception], times: int) -> Kind:
    """The kind, but it breaks off so often in the chunk that begins with line 11, after storing some of it."""
    left = [times]

    def run(engine: Engine, settings: Settings, held: Held) -> None:
        kind.run(engine, settings, held)
        if held.stretch.first == 11 and left[0]:
            left[0] -= 1
            raise error("The the line 12.")

    return replace(kind, run=run)


@pytest.fixture
def expected(engine: Engine, settings: Settings) -> int:
    """The flags that the lines have where one worker does all."""
    work = Work(engine, settings)
    work.do_all(worker("one"))
    return work.flags()


def test_workers_share_the_chunks_and_each_is_done_once(
    engine: Engine, settings: Settings, expected: int
) -> None:
    work = Work(engine, settings)
    first, second = worker("a:1"), worker("b:2")
    held = [taken for hands in (first, second) if (taken := work.take(hands))]
    assert [one.stretch.first for one in held] == [1, 6]
    for one, hands in zip(held, (first, second), strict=True):
        assert work.do(one, hands) is Outcome.GOES_ON
    assert work.do_all(second) == 6
    assert (work.job.state, work.job.done, work.job.total) == (jobs.DONE, 40, 40)
    assert work.flags() == expected > 0


@pytest.mark.fault(24)
def test_what_a_killed_worker_left_goes_to_another_and_begins_after_what_was_stored(
    engine: Engine, settings: Settings, expected: int
) -> None:
    work = Work(engine, settings)
    held = work.take(worker("far:1"))
    assert held
    reached = []

    class Killed(BaseException):
        pass

    def killed(_: Engine, checked: Any, *more: Any) -> None:
        store(engine, checked, *more)
        reached.append(more[-1])
        raise Killed

    store = flag_jobs.flags.replace_instant_flags
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(flag_jobs.flags, "replace_instant_flags", killed)
        with pytest.raises(Killed):
            FLAGS.run(engine, settings, held)
    assert work.job.done == reached[0] == 2
    other = worker("near:2")
    assert work.do_all(other) == 7, "the eighth is held still"
    chunks.release_chunks(engine, lambda name: name == "far:1")
    again = work.take(other)
    assert again
    assert (again.stretch.first, again.reached, again.attempt) == (1, 2, 2)
    assert work.do(again, other) is Outcome.ENDED
    assert (work.job.state, work.job.done) == (jobs.DONE, 40)
    assert work.flags() == expected


def test_a_worker_that_was_thought_dead_stores_nothing_more(engine: Engine, settings: Settings) -> None:
    work = Work(engine, settings)
    slow, quick = worker("slow:1"), worker("quick:2")
    held = work.take(slow)
    assert held
    chunks.release_chunks(engine, lambda _: True)
    assert work.do_all(quick) == 8
    done, flags = work.job.done, work.flags()
    assert work.do(held, slow) is Outcome.GOES_ON
    assert (work.job.done, work.flags()) == (done, flags)


def test_a_worker_that_says_it_lives_keeps_its_chunk(engine: Engine, settings: Settings) -> None:
    work = Work(engine, settings)
    hands = worker("here:1")
    held = work.take(hands)
    assert held
    chunks.release_chunks(engine, lambda _: True)
    chunks.extend_holds(engine, hands.name, hands.active)
    assert work.do_all(worker("there:2")) == 7
    assert work.do(held, hands) is Outcome.ENDED


def test_what_a_thread_gave_up_its_own_process_takes_again(engine: Engine, settings: Settings) -> None:
    work = Work(engine, settings)
    hands = worker("here:1")
    held = work.take(hands)
    assert held
    hands.put_down(held)  # the database was away
    again = work.take(hands)
    assert again
    assert (again.chunk_id, again.attempt) == (held.chunk_id, 2)


def test_a_stopped_job_stores_nothing_more_until_it_is_taken_up(
    engine: Engine, settings: Settings, expected: int
) -> None:
    work = Work(engine, settings)
    hands = worker("a:1")
    first, second = work.take(hands), work.take(hands)
    assert first
    assert second
    work.do(first, hands)
    assert jobs.cancel_job(engine, work.id)
    assert not jobs.cancel_job(engine, work.id)
    work.do(second, hands)
    assert work.take(hands) is None
    assert (work.job.state, work.job.done) == (jobs.CANCELLED, 5)
    batch = batches.get_batch(engine, work.batch)
    assert batch
    assert batch.flagging == "cancelled"
    assert jobs.take_up_job(engine, work.id)
    assert work.do_all(hands) == 7, "what was done stays done"
    assert (work.job.state, work.flags()) == (jobs.DONE, expected)


@pytest.mark.fault(27)
def test_a_failing_chunk_is_tried_thrice_and_holds_no_other_up(
    engine: Engine, settings: Settings, expected: int
) -> None:
    work = Work(engine, settings, breaking(FLAGS, ZeroDivisionError, 3))
    hands = worker("a:1")
    assert work.do_all(hands) == 8 + 2
    job = work.job
    assert (job.state, job.failed, job.trouble) == (jobs.FAILED, 1, "ZeroDivisionError"), "no text is told"
    assert job.done == 40, "its results had been stored"
    assert jobs.take_up_job(engine, work.id)
    assert work.do_all(hands) == 1
    assert (work.job.state, work.flags()) == (jobs.DONE, expected)


def test_a_chunk_that_fails_once_is_done_after_all(engine: Engine, settings: Settings) -> None:
    work = Work(engine, settings, breaking(FLAGS, ValueError, 1))
    assert work.do_all(worker("a:1")) == 9
    assert (work.job.state, work.job.failed, work.job.trouble) == (jobs.DONE, 0, "")


def test_a_job_asked_for_again_takes_the_place_of_the_one_before(engine: Engine, settings: Settings) -> None:
    work = Work(engine, settings)
    assert chunked.begin(engine, settings, FLAGS, work.batch).id == work.id, "nobody had begun it"
    hands = worker("a:1")
    held = work.take(hands)
    assert held
    new = chunked.begin(engine, settings, FLAGS, work.batch)
    assert new.id != work.id
    assert [job.id for job in jobs.list_jobs(engine, work.batch)] == [new.id]
    assert work.do(held, hands) is Outcome.GOES_ON
    found = jobs.get_job(engine, new.id)
    assert found
    assert found.done == 0


def test_scores_measured_in_chunks_are_those_of_one_go(
    engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Work(engine, settings, scoring.SCORES)
    whole.do_all(worker("a:1"))
    monkeypatch.setattr(scoring.measuring, "_CHUNK", 7)
    monkeypatch.setattr(scoring.measuring, "_AT_ONCE", 3)
    parts = Work(engine, settings, scoring.SCORES)
    hands = worker("a:1"), worker("b:2")
    count = sum(1 for n in range(6) if (held := parts.take(hands[n % 2])) and parts.do(held, hands[n % 2]))
    assert (count, parts.job.state) == (6, jobs.DONE)
    tables = []
    for batch in (whole.batch, parts.batch):
        found = batches.get_batch(engine, batch)
        assert found
        table = scoring.score_table(engine, found)
        assert table
        tables.append(table.rows)
    assert tables[0] == tables[1]
    assert tables[0]


def test_a_batch_without_references_has_no_scores_to_wait_for(engine: Engine, settings: Settings) -> None:
    batch = add_lines(engine, LINES)
    do_job(engine, batch, scoring.SCORES)
    assert [(job.kind, job.state) for job in jobs.list_jobs(engine, batch)] == [("scores", jobs.DONE)]


def test_flags_do_not_depend_on_where_documents_are_cut(
    engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = [3, 4, 9, 20, 21, 26]
    monkeypatch.setattr(flag_jobs.segments, "document_ends", lambda *_: ends)
    batch = batches.get_batch(engine, add_lines(engine, LINES[:26]))
    assert batch
    planned = FLAGS.plan(engine, settings, replace(batch, bounded=True))
    assert [(one.first, one.last) for one in planned] == [(1, 4), (5, 9), (10, 20), (21, 21), (22, 26)]


def test_a_worker_of_another_machine_is_not_thought_dead() -> None:
    here = WorkerHands().name
    assert not is_dead(here)
    assert not is_dead("elsewhere:999999999")
    assert is_dead(here.rpartition(":")[0] + ":999999999")


def test_flagging_again_counts_nothing_twice(engine: Engine, settings: Settings, expected: int) -> None:
    work = Work(engine, settings)
    work.do_all(worker("a:1"))
    flag_batch(engine, work.batch)
    assert work.flags() == expected
