"""A save does not wait for the checks: they come in a job, also after a killed worker, and end as if they had not waited."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from app import create_app
from review.jobs.queue import JobQueue
from review.settings import Settings
from review.store.engine import Engine, reading
from review.store.schema_sums import tally
from review.work import flagging
from tests.conftest import Client
from tests.databases import settings_at

pytestmark = pytest.mark.slow

ARTICLE = "They came to the the town.\n\nNothing is wrong here."


@pytest.fixture
def waiting(settings: Settings) -> Iterator[Flask]:
    """An application whose queue nobody works on."""
    app = create_app(settings_at(settings.instance, queue_url="", model="none"))
    yield app
    app.extensions["tarkka"].engine.dispose()


def started_again(app: Flask) -> Engine:
    """What a server does that starts where another one was killed, with a queue that works at once."""
    engine: Engine = app.extensions["tarkka"].engine
    settings = app.extensions["tarkka"].settings
    JobQueue(settings_at(settings.instance, queue_url="immediate:", model="none"), engine).resume()
    return engine


def marks(client: Client, batch: int, number: int) -> list[str]:
    page = client.page(f"/batches/{batch}/segments/{number}")
    return list(
        dict.fromkeys(re.findall(r"<mark[^>]*>([^<]+)</mark>", page))
    )  # drawn twice: text and highlights


def test_flags_are_carried_on_at_once_and_found_anew_by_the_job(waiting: Flask) -> None:
    client = Client(waiting.test_client())
    batch = client.paste(ARTICLE)
    engine = started_again(waiting)
    assert marks(client, batch, 1) == ["the the"]
    client.save(batch, 1, "Well, they went went to the the town.")
    assert marks(client, batch, 1) == ["the the"], "moved with its words; the new one is not found yet"
    assert "have still to look at this text" in client.page(f"/batches/{batch}/segments/1")
    assert flagging.unchecked_batches(engine) == [batch]
    started_again(waiting)
    assert marks(client, batch, 1) == ["went went", "the the"]
    assert "have still to look" not in client.page(f"/batches/{batch}/segments/1")
    assert flagging.unchecked_batches(engine) == []


def test_a_decision_on_a_flag_outlives_the_check_that_comes_later(waiting: Flask) -> None:
    client = Client(waiting.test_client())
    batch = client.paste(ARTICLE)
    engine = started_again(waiting)
    shown = client.page(f"/batches/{batch}/segments/1")
    flag = re.search(r'name="dismiss" value="(\d+)', shown)
    assert flag
    client.post(f"/batches/{batch}/segments/1/decide", flag=flag.group(1), kind="dismissed", system="1")
    client.save(batch, 1, "We went to the the town.")
    started_again(waiting)
    assert marks(client, batch, 1) == [], "what was dismissed stays dismissed"
    with reading(engine) as connection:
        rows = connection.execute(tally.select().where(tally.c.check == "repeated-word"))
        assert [row.open for row in rows] == [0]


def test_a_text_that_was_just_checked_is_saved_with_its_flags(waiting: Flask) -> None:
    client = Client(waiting.test_client())
    batch = client.paste(ARTICLE)
    engine = started_again(waiting)
    typed = "They went went to town."
    client.post(f"/batches/{batch}/segments/1/check", text=typed, system="1")
    client.save(batch, 1, typed)
    assert marks(client, batch, 1) == ["went went"]
    assert flagging.unchecked_batches(engine) == []


def test_a_deleted_batch_is_no_longer_waited_for(waiting: Flask) -> None:
    client = Client(waiting.test_client())
    batch = client.paste(ARTICLE, title="Town")
    engine = started_again(waiting)
    client.save(batch, 2, "Nothing nothing is wrong.")
    client.post(f"/batches/{batch}/delete", confirm="Town")
    assert flagging.unchecked_batches(engine) == []
    started_again(waiting)
