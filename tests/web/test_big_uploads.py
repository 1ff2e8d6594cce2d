"""Large uploads: imported in a job, all or nothing, whatever becomes of the job."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, url_for
from sqlalchemy import select, update
from werkzeug.datastructures import FileStorage

from app import create_app
from review.settings import Settings
from review.store import adding
from review.store.batches import list_batches
from review.store.copying import count_rows
from review.store.engine import reading, writing
from review.store.schema import batch, hypothesis
from review.work import import_jobs, staging, uploads
from tests.conftest import ROOT, Client
from tests.databases import environ_at
from tests.web.test_job_pages import by_command
from tests.web.test_refusals import nothing_imported

pytestmark = pytest.mark.slow

LINES = "".join(f"Segment {n}.\n" for n in range(1_200)).encode()


@pytest.fixture(autouse=True)
def all_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 1000)
    monkeypatch.setattr(adding, "_ROWS_AT_ONCE", 500)


@pytest.fixture
def waiting(settings: Settings) -> Flask:
    """An application whose jobs wait for a worker."""
    app = create_app(replace(settings, queue_url=""))
    yield app  # type: ignore[misc]
    app.extensions["tarkka"].engine.dispose()


def send(client: Client, token: str = "") -> str:
    files = {
        "translation": FileStorage(io.BytesIO(LINES), "mt.en"),
        "source": FileStorage(io.BytesIO(LINES), "s.fi"),
    }
    answer = client.post("/import/files", layout="lines", token=token, **files)
    assert "/import/waiting/" in answer.location
    return answer.location


def files_kept(settings: Settings) -> list[Path]:
    return [f for f in staging.folder_of(settings).rglob("*") if f.is_file() and f.suffix != ".json"]


def nothing_stored(app: Flask) -> bool:
    """Nor anything that is not whole."""
    counts = count_rows(app.extensions["tarkka"].engine)
    return not any(counts[name] for name in ("batch", "segment", "hypothesis", "fingerprint"))


def seen(app: Flask) -> list[int]:
    """The batches that people see."""
    return [batch.id for batch in list_batches(app.extensions["tarkka"].engine, 10)]


def work(app: Flask) -> None:
    """Do what a worker would: the import that waits."""
    desk = app.extensions["tarkka"]
    for token in import_jobs.unfinished(staging.folder_of(desk.settings)):
        uploads.run_upload(desk.engine, desk.queue, desk.settings, token)


@pytest.mark.slow
def test_a_large_upload_becomes_a_batch_in_a_job(client: Client, settings: Settings) -> None:
    answer = client.get(send(client))
    assert answer.status_code == 302
    batch = int(answer.location.rsplit("/", 1)[1])
    assert client.export(batch) == LINES
    assert "1,200 segments" in client.page(f"/batches/{batch}")
    assert files_kept(settings) == []


def test_the_page_tells_how_far_it_is_and_can_cancel(waiting: Flask, settings: Settings) -> None:
    client = Client(waiting.test_client())
    address = send(client)
    assert "Waiting for the worker" in client.page(address)
    assert client.get(f"{address}/progress").json == {"state": "waiting", "done": 0, "total": 0}
    assert client.post(f"{address}/cancel").status_code == 303
    assert "The import was cancelled" in client.page(address)
    work(waiting)
    assert "The import was cancelled" in client.page(address)
    assert nothing_imported(waiting)
    assert files_kept(settings) == []


@pytest.mark.parametrize("pieces", [1, 2])
def test_a_cancel_half_way_takes_everything_back(
    waiting: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, pieces: int
) -> None:
    client = Client(waiting.test_client())
    address = send(client)
    folder, token = staging.folder_of(settings), address.rsplit("/", 1)[1]
    told = []
    tell = import_jobs._tell

    def cancelling(folder_: Path, token_: str, state: import_jobs.ImportState) -> None:
        tell(folder_, token_, state)
        told.append(state.done)
        if state.done == 500 * pieces:
            import_jobs.cancel(folder, waiting.extensions["tarkka"].queue, token)

    monkeypatch.setattr(import_jobs, "_tell", cancelling)
    work(waiting)
    assert max(told) == 500 * pieces
    assert "The import was cancelled" in client.page(address)
    assert nothing_stored(waiting)
    assert files_kept(settings) == []


def test_a_file_that_cannot_be_read_is_told_on_the_page(
    client: Client, app: Flask, settings: Settings
) -> None:
    answer = client.upload(layout="lines", translation=("mt.en", LINES), source=("s.fi", b"one\n"))
    page = client.page(answer.location)
    assert "mt.en has 1,200 lines, s.fi has 1" in page
    assert nothing_imported(app)
    assert files_kept(settings) == []


def test_an_encoding_is_asked_for_before_the_job(client: Client, app: Flask) -> None:
    data = "Tässä.\n".encode("windows-1252") * 1000
    page = client.upload(status=422, layout="lines", translation=("mt.en", data)).get_data(as_text=True)
    assert "mt.en, line 1: these bytes are not utf-8" in page
    assert nothing_imported(app)


@pytest.mark.fault(22)
def test_a_second_sending_finds_the_first(client: Client) -> None:
    first, second = (client.get(send(client, token="t")).location for _ in range(2))
    assert first == second


KILLED = """
import os, signal
from review.jobs.queue import JobQueue
from review.settings import Settings
from review.store import adding
from review.store.engine import open_store
from review.work import import_jobs, staging, uploads

settings = Settings.from_environment()
engine = open_store(settings)
tell = import_jobs._tell

def killing(folder, token, state):
    tell(folder, token, state)
    if state.done == 1_000:
        os.kill(os.getpid(), signal.SIGKILL)

import_jobs._tell = killing
adding._ROWS_AT_ONCE = 500
[token] = import_jobs.unfinished(staging.folder_of(settings))
uploads.run_upload(engine, JobQueue(settings, engine), settings, token)
"""


@pytest.mark.slow
@pytest.mark.fault(24)
def test_an_import_whose_worker_was_killed_goes_on_at_the_next_start(
    waiting: Flask, settings: Settings
) -> None:
    client = Client(waiting.test_client())
    address = send(client)
    command = [sys.executable, "-c", KILLED]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environ_at(settings.instance), "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert run.returncode == -9
    assert seen(waiting) == []
    assert "1,000 of 1,200 segments" in client.page(address)
    engine = waiting.extensions["tarkka"].engine
    with reading(engine) as connection:  # the second piece was not stored yet
        first = list(connection.scalars(select(hypothesis.c.id)))
    assert len(first) == 500
    again = create_app(settings)
    again.extensions["tarkka"].queue.resume()
    again.extensions["tarkka"].engine.dispose()
    [batch] = list_batches(engine, 10)
    with reading(engine) as connection:  # and the first one was not stored again
        assert list(connection.scalars(select(hypothesis.c.id).order_by(hypothesis.c.id)))[:500] == first
    assert client.get(address).location == f"/batches/{batch.id}"
    assert client.export(batch.id) == LINES
    assert files_kept(settings) == []


def test_what_nobody_came_back_to_is_gone_after_a_day(waiting: Flask, settings: Settings) -> None:
    client = Client(waiting.test_client())
    client.upload(translation=("a.tsv", b"source\ttarget\na\tb\n"))
    [place] = staging.folder_of(settings).iterdir()
    os.utime(place, (0, 0))
    waiting.extensions["tarkka"].queue.resume()
    assert not place.exists()


@pytest.fixture
def breaks_off(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Imports break off at a segment, as often as this says."""
    times, tell = [3], import_jobs._tell

    def telling(folder: Path, token: str, state: import_jobs.ImportState) -> None:
        tell(folder, token, state)
        if state.done == 1_000 and times[0]:
            times[0] -= 1
            raise RuntimeError("something unforeseen")

    monkeypatch.setattr(import_jobs, "_tell", telling)
    return times


def test_what_breaks_off_is_tried_again_and_goes_on(
    waiting: Flask, settings: Settings, breaks_off: list[int]
) -> None:
    client, breaks_off[0] = Client(waiting.test_client()), 2
    address = send(client)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            work(waiting)
        assert "Importing" in client.page(address)
    work(waiting)
    assert client.export(int(client.get(address).location.rsplit("/", 1)[1])) == LINES
    assert files_kept(settings) == []


def test_what_breaks_off_again_and_again_waits_for_somebody(
    waiting: Flask, settings: Settings, breaks_off: list[int]
) -> None:
    client = Client(waiting.test_client())
    address = send(client)
    assert client.post(f"{address}/again").status_code == 422
    for _ in range(3):
        with pytest.raises(RuntimeError):
            work(waiting)
    page = client.page(address)
    assert "The import broke off" in page
    assert "1,000 of 1,200 segments" in page
    work(waiting)
    assert seen(waiting) == []
    assert client.post(f"{address}/again").location == address
    work(waiting)
    assert client.export(int(client.get(address).location.rsplit("/", 1)[1])) == LINES


def test_whoever_left_the_page_finds_the_import_among_the_batches(
    waiting: Flask, breaks_off: list[int]
) -> None:
    client = Client(waiting.test_client())
    address = send(client)
    link = f'<a href="{address}">mt.en, s.fi</a>'
    for _ in range(3):
        assert f"{link} is being imported" in client.page("/batches")
        with pytest.raises(RuntimeError):
            work(waiting)
    assert f"{link} broke off while it was imported: 1,000 of 1,200" in client.page("/batches")
    assert client.post(f"{address}/again").status_code == 303
    work(waiting)
    assert address not in client.page("/batches")


def test_what_broke_off_is_listed_and_gone_on_with_by_command(waiting: Flask, breaks_off: list[int]) -> None:
    client = Client(waiting.test_client())
    address = send(client)
    name = f"u{address.rpartition('/')[2][:8]}"
    assert "nothing to go on with" in str(by_command(waiting, "go-on", name).exception)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            work(waiting)
    assert (
        f"{name}  import  of an upload: broken, 1,000 of 1,200" in by_command(waiting, "list", "--all").output
    )
    assert by_command(waiting, "go-on", name).output == f"A worker goes on with {name}.\n"
    assert client.export(int(client.get(address).location.rsplit("/", 1)[1])) == LINES


def test_what_broke_off_can_be_discarded(waiting: Flask, settings: Settings, breaks_off: list[int]) -> None:
    client = Client(waiting.test_client())
    address = send(client)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            work(waiting)
    client.post(f"{address}/cancel")
    assert "The import was cancelled" in client.page(address)
    assert files_kept(settings) == []
    desk = waiting.extensions["tarkka"]
    uploads.run_upload(desk.engine, desk.queue, settings, address.rsplit("/", 1)[1])
    assert nothing_stored(waiting)


def test_an_import_that_goes_on_is_seen_nowhere(waiting: Flask, breaks_off: list[int]) -> None:
    client = Client(waiting.test_client())
    whole = client.paste("The mayor met Lavrov.")
    send(client)
    with pytest.raises(RuntimeError):
        work(waiting)
    pages = [
        rule
        for rule in waiting.url_map.iter_rules()
        if rule.arguments == {"batch_id"} and "GET" in (rule.methods or ())
    ]
    assert len(pages) > 20
    with waiting.test_request_context():
        for rule in pages:
            assert client.get(url_for(rule.endpoint, batch_id=whole + 1)).status_code == 404, rule
    assert seen(waiting) == [whole]
    assert f"/batches/{whole + 1}" not in client.page("/")
    assert [batch["id"] for batch in client.get("/api/v1/batches").json["batches"]] == [whole]


def test_what_is_stored_of_an_import_that_nobody_goes_on_with_goes_too(
    waiting: Flask, settings: Settings, breaks_off: list[int]
) -> None:
    send(Client(waiting.test_client()))
    with pytest.raises(RuntimeError):
        work(waiting)
    [place] = staging.folder_of(settings).iterdir()
    os.utime(place, (0, 0))
    with writing(waiting.extensions["tarkka"].engine) as connection:
        connection.execute(update(batch).values(created_at=datetime(2026, 1, 1, tzinfo=UTC)))
    again = create_app(settings)
    again.extensions["tarkka"].queue.resume()
    again.extensions["tarkka"].engine.dispose()
    assert nothing_stored(waiting)
