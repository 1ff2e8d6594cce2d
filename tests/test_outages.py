"""Row 25: the disk is full, the database locked or restarted, the queue gone: a 503 in plain words, nothing lost."""

import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from app import create_app
from review.errors import BadInput, Busy
from review.jobs.queue import JobQueue
from review.settings import Settings
from review.store import engine as engines
from review.store.engine import open_store
from review.work.chunked import PROMPT
from tests.conftest import Client
from tests.databases import settings_at
from tests.outage_server import OwnServer
from tests.running import Server, Visitor, serving, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.fault(25)]
TEXT = "Then Lavrovin said so.\n\nThen the talks ended."


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    server = serving(tmp_path / "instance")
    yield server
    server.stop()


def paste(visitor: Visitor) -> str:
    """A batch; the address of its first segment."""
    answer = visitor.post("/import/paste", text=TEXT)
    assert answer.status == 303, answer.text
    return f"{answer.location}/segments/1"


@contextmanager
def full_disk(pid: int) -> Iterator[None]:
    """A process that can write to no file any more, as on a disk without room."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def check_that_it_is_kept(visitor: Visitor, segment: str, failing: Any) -> None:
    """A save and a draft that fail are told so and tried again: each is there once."""
    fields = {"text": "Then Lavrov said so.", "version": "0", "system": "1", "token": "once", "then": "stay"}
    with failing:
        for path in (segment, f"{segment}/draft"):
            answer = visitor.post(path, **fields)
            assert answer.status == 503
            assert "What you typed is still in the form" in answer.text
    assert visitor.post(f"{segment}/draft", **fields).status == 303
    assert "Then Lavrov said so." in visitor.get(segment).text
    for _ in range(2):
        assert visitor.post(segment, **fields).status == 303
    assert visitor.get(f"{segment}/history").text.count('name="restore"') == 1


@pytest.mark.sqlite
def test_a_full_disk(running: Server) -> None:
    visitor = Visitor(running.address)
    segment = paste(visitor)
    check_that_it_is_kept(visitor, segment, full_disk(running.process.pid))


@pytest.mark.sqlite
def test_a_full_disk_while_an_upload_comes_in(running: Server) -> None:
    visitor = Visitor(running.address)
    paste(visitor)
    table = "source\ttarget\nyksi\tone\n"
    with full_disk(running.process.pid):
        answer = visitor.upload("/import/files", "translation", table)
        with pytest.raises(
            (ConnectionError, HTTPException)
        ):  # larger than what the server takes into memory: it hangs up
            visitor.upload("/import/files", "translation", table * 60_000)
    assert answer.status == 503
    assert "no room left" in answer.text
    assert len(set(re.findall(r'href="(/batches/\d+)"', visitor.get("/batches").text))) == 1
    assert "/import/table/" in visitor.upload("/import/files", "translation", table).location


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Another process has the database, or the hypotheses in it, and does not let go."""
    other = create_engine(engines.open_store(settings).url)
    with other.connect() as connection:
        if other.dialect.name == "sqlite":
            connection.execute(text("BEGIN IMMEDIATE"))
        else:
            connection.execute(text("LOCK TABLE hypothesis, draft IN EXCLUSIVE MODE"))
        yield
        connection.rollback()
    other.dispose()


def test_a_database_that_is_locked_for_too_long(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 1)
    client = Client(create_app(settings).test_client())
    batch = client.paste(TEXT)
    with locked(settings):
        answer = client.save(batch, 1, "Then Lavrov said so.")
        assert answer.status_code == 503
        assert "nothing is lost: try again" in answer.get_data(as_text=True)
        assert answer.headers["Retry-After"]
        assert "Lavrovin" in client.page(f"/batches/{batch}/segments/1"), "who reads does not wait"
    assert client.save(batch, 1, "Then Lavrov said so.").status_code == 303


def test_a_postgresql_that_is_restarted(tmp_path: Path) -> None:
    with OwnServer() as database:
        server = serving(tmp_path, TARKKA_DATABASE_URL=database.address)
        visitor = Visitor(server.address)
        segment = paste(visitor)
        check_that_it_is_kept(visitor, segment, database.stopped())
        with database.stopped():
            assert visitor.get("/batches").status == 503
            fields = {"text": "Then they ended.", "version": "0", "system": "1", "token": "second"}
            with pytest.raises(Busy, match="does not answer"):
                open_store(Settings(instance=tmp_path, database_url=database.address))
        assert visitor.post(segment.replace("/segments/1", "/segments/2"), **fields).status == 303
        wait_until(lambda: '"state":"done"' in visitor.get(segment.replace("segments/1", "progress")).text)
        server.stop()


@pytest.mark.sqlite
def test_a_database_that_is_damaged(settings: Settings) -> None:
    app = create_app(settings)
    client = Client(app.test_client())
    client.paste(TEXT)
    app.extensions["tarkka"].engine.dispose()
    for file in settings.instance.glob("tarkka.db*"):
        file.write_bytes(b"no database " * 1000)
    answer = client.get("/batches")
    assert answer.status_code == 503
    assert "not a database" in answer.get_data(as_text=True)


def test_a_queue_that_is_deleted_is_made_again(running: Server) -> None:
    visitor = Visitor(running.address)
    first = paste(visitor)
    for file in Path(running.settings["TARKKA_INSTANCE"]).glob("queue.db*"):
        file.unlink()
    second = paste(visitor)
    for segment in (first, second):
        page = segment.replace("segments/1", "progress")
        wait_until(lambda page=page: '"state":"done"' in visitor.get(page).text)  # type: ignore[misc]


def spoil(instance: Path) -> None:
    """Make the queue's file one that is no queue."""
    for beside in instance.glob("queue.db-*"):
        beside.unlink()
    (instance / "queue.db").write_bytes(b"no database " * 1000)


def test_a_queue_that_cannot_be_read_holds_no_save_back(tmp_path: Path) -> None:
    settings = settings_at(tmp_path, model="none")
    app = create_app(settings)
    client = Client(app.test_client())
    queue: JobQueue = app.extensions["tarkka"].queue
    spoil(settings.instance)
    batch = client.paste(TEXT)
    assert client.save(batch, 1, "Then Lavrov said so.").status_code == 303
    assert client.export(batch).startswith(b"Then Lavrov said so.")
    (settings.instance / "queue.db").unlink()
    queue.score_batch(batch)
    assert queue.lanes.by_name[PROMPT].pending_count() >= 3, "flags, what was saved, scores"


def test_a_queue_that_is_no_queue_is_told_at_the_start(tmp_path: Path) -> None:
    settings = settings_at(tmp_path)
    spoil(tmp_path)
    with pytest.raises(BadInput, match=r"queue\.db cannot be read .*: remove it"):
        create_app(settings)
