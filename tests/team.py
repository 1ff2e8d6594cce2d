"""Several reviewers at one instance, each with a browser of their own."""

import re
from dataclasses import replace

from flask import Flask

from app import create_app
from review.formats.guard import Limits
from review.settings import Settings
from review.store.batches import get_batch
from review.store.studies import NewStudy, add_study, close_study, get_study
from review.work.access import find_place
from review.work.correcting import Draft, save
from review.work.sessions import ensure_reviewers
from tests.conftest import Client


def team(settings: Settings, *names: str) -> Flask:
    """An application where these people sign in by name."""
    return create_app(replace(settings, reviewers=names))


def signed_in(app: Flask, name: str) -> Client:
    """The browser of one of them."""
    inner = app.test_client()
    page = inner.get("/sign-in").get_data(as_text=True)
    token = re.search(r'csrf-token" content="([^"]+)"', page)
    assert token
    fields = {"csrf_token": token.group(1), "name": name}
    inner.post("/sign-in", data=fields, headers={"Origin": "http://localhost"})
    return Client(inner)


def closed_study(app: Flask, batch_id: int) -> int:
    """A study of a batch's first segment, closed, whose two reviewers differ; its id."""
    engine = app.extensions["tarkka"].engine
    ids = ensure_reviewers(engine, ("Reviewer", "Other"))
    batch = get_batch(engine, batch_id)
    assert batch
    people = [(ids[name], f"Copy for {name}") for name in ("Reviewer", "Other")]
    new = NewStudy(batch_id, batch.systems[0].id, "Study", 1, 1, people, ids["Reviewer"], "study")
    study = get_study(engine, batch_id, add_study(engine, new))
    assert study
    for copy in study.copies:
        place = find_place(engine, copy.batch_id, 1, 1)
        draft = Draft(f"{copy.reviewer} was here.", 0, "token")
        queue = app.extensions["tarkka"].queue
        save(engine, queue, place, draft, ids[copy.reviewer], Limits(1000))
    close_study(engine, study.id)
    return study.id
