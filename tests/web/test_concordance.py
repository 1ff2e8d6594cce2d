"""The concordance: every segment that holds a word, newest batches first, with what reviewers made of it."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import insert

from review.store.engine import writing
from review.store.schema_teamwork import study, study_copy
from review.work import concordance
from tests.conftest import Client

pytestmark = pytest.mark.slow


def look(client: Client, batch: int, words: str) -> str:
    answer = client.inner.get(f"/batches/{batch}/concordance", query_string={"q": words})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def places(page: str) -> list[tuple[int, int]]:
    return [(int(b), int(n)) for b, n in re.findall(r'<li><a href="/batches/(\d+)/segments/(\d+)', page)]


def test_this_and_other_batches_newest_first_with_what_became_of_it(client: Client) -> None:
    old = client.paste("Lavrovin plan failed.\n\nNothing here.\n\nHe met Lavrov.")
    client.save(old, 1, "Lavrov’s plan failed.")
    new = client.paste("Then Lavrov slept.\n\nOver.")
    page = look(client, new, "lavrov")
    assert places(page) == [(new, 1), (old, 1), (old, 3)]
    assert "<del>Lavrovin</del><ins>Lavrov’s</ins>" in page
    assert re.search(r"Then <mark>Lavrov</mark> slept", page)
    assert page.count("not reviewed") == 2


def test_source_hypothesis_and_correction_are_all_searched(client: Client, demo: int) -> None:
    text = client.paste("It was bad.")
    client.save(text, 1, "It was superb.")
    assert places(look(client, text, "superb")) == [(text, 1)]
    assert places(look(client, text, "bad")) == [(text, 1)]
    page = look(client, demo, "EU:n")
    assert (demo, 1) in places(page)
    assert "north" in page


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Äidin tytär", "äidin", True),
        ("ÄIDIN tytär", "äidin tytä", True),
        ("A\u0308idin tyta\u0308r", "tytär", True),
        ("ää öö", "öö", True),
        ("catalogue", "cat", True),
        ("concatenate", "cat", False),
        ("the big  house", "big house", True),
        ("50 % of it", "50 %", True),
        ("500 of it", "50 %", False),
        ("a_b", "a_", True),
        ("aXb", "a_", False),
    ],
)
def test_what_counts_as_holding_the_words(client: Client, text: str, words: str, found: bool) -> None:
    batch = client.paste(text)
    assert bool(places(look(client, batch, words))) is found


def test_it_is_honest_about_its_limits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.paste("\n\n".join(f"Word {n}." for n in range(60)))
    page = look(client, first, "word")
    assert len(places(page)) == 50
    assert "there are more" in page
    client.paste("Another word.")
    monkeypatch.setattr(concordance, "_MOST_TEXTS", 10)
    page = look(client, first, "word")
    assert "The 1 oldest batch was not searched" in page


def test_copies_that_others_work_on_blindly_are_left_out(client: Client, app: Flask) -> None:
    own, others = client.paste("A word of mine."), client.paste("A word of theirs.")
    now = datetime.now(UTC)
    values = {
        "batch_id": own,
        "system_id": 1,
        "title": "s",
        "first": 1,
        "last": 1,
        "reviewer_id": 1,
        "made_at": now,
    }
    with writing(app.extensions["tarkka"].engine) as connection:
        made = connection.execute(insert(study).values(**values).returning(study.c.id)).scalar_one()
        connection.execute(insert(study_copy).values(study_id=made, reviewer_id=1, batch_id=others))
    assert places(look(client, own, "word")) == [(own, 1)]
    assert places(look(client, others, "word")) == [(others, 1), (own, 1)]
    with writing(app.extensions["tarkka"].engine) as connection:
        connection.execute(study.update().values(closed_at=now))
    assert places(look(client, own, "word")) == [(others, 1), (own, 1)]


def test_bad_requests_end_in_one_sentence_and_texts_are_inert(client: Client) -> None:
    batch = client.paste("<b>bold</b> text")
    assert client.get("/batches/99/concordance?q=x").status_code == 404
    assert client.get(f"/batches/{batch}/concordance?q={'x' * 201}").status_code == 422
    assert client.get(f"/batches/{batch}/concordance?q=%00").status_code == 422
    assert places(look(client, batch, "  ")) == []
    page = look(client, batch, "<b>bold")
    assert places(page) == [(batch, 1)]
    assert "<b>" not in page
