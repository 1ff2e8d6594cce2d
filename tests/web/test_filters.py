"""Filters and orders in the address: each chooses what it says, alone and together, on both pages."""

import re
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import Client

pytestmark = pytest.mark.slow

ARTICLE = "\n\n".join(
    (
        "Nothing is wrong here.",
        "The the day came .",
        "Words stand here.",
        "It was the the end.",
        "More words stand here.",
        "A kok kok crowed.",
    )
)


@pytest.fixture
def batch(client: Client, app: Flask) -> int:
    """Six segments: 2, 4 and 6 flagged, 3 edited, 5 confirmed, 1 with all that others add to a segment."""
    batch = client.paste(ARTICLE)
    client.save(batch, 3, "Other words stand here.")
    client.save(batch, 5, "More words stand here.")
    client.post(f"/batches/{batch}/segments/6/draft", text="A cock crowed.", system="1", version="0")
    with app.extensions["tarkka"].engine.begin() as connection:
        values = "verdict = 'sent-back', comments = 2, annotations = 1"
        connection.execute(text(f"UPDATE hypothesis SET {values} WHERE number = 1"))
        connection.execute(text("UPDATE hypothesis SET verdict = 'accepted' WHERE number = 5"))
    return batch


def shown(client: Client, batch: int, query: str) -> list[int]:
    return [int(n) for n in re.findall(r'id="s(\d+)"', client.page(f"/batches/{batch}?{query}"))]


EXAMPLES = [
    ("", [1, 2, 3, 4, 5, 6]),
    ("show=unreviewed", [1, 2, 4, 6]),
    ("show=reviewed", [3, 5]),
    ("show=edited", [3]),
    ("show=confirmed", [5]),
    ("show=flagged", [2, 4, 6]),
    ("show=sent-back", [1]),
    ("show=accepted", [5]),
    ("show=commented", [1]),
    ("show=marked", [1]),
    ("show=drafts", [6]),
    ("check=repeated-word", [2, 4, 6]),
    ("check=space-before-punctuation", [2]),
    ("check=no-such-check", []),
    ("severity=critical", []),
    ("by=Reviewer", [3, 5]),
    ("by=Nobody", []),
    ("q=words", [3, 5]),
    ("q=words&show=edited", [3]),
    ("q=the&check=repeated-word", [2, 4]),
    ("show=unreviewed&check=repeated-word&from=3", [4, 6]),
    ("by=Reviewer&show=confirmed", [5]),
    ("sure=95&check=space-before-punctuation", []),
    ("order=gain&show=flagged", [2, 4, 6]),
    ("order=gain&q=words", [3, 5]),
    ("order=document&q=words", [3, 5]),
]


@pytest.mark.parametrize(("query", "expected"), EXAMPLES, ids=[query for query, _ in EXAMPLES])
def test_a_filter_shows_what_it_says(client: Client, batch: int, query: str, expected: list[int]) -> None:
    assert shown(client, batch, query) == expected
    if query and "from=" not in query:
        assert f"{len(expected)} found" in client.page(f"/batches/{batch}?{query}")


def test_by_gain_the_heaviest_come_first(client: Client, batch: int) -> None:
    assert shown(client, batch, "order=gain")[:3] == [2, 4, 6], "two flags weigh more than one"
    assert shown(client, batch, "order=gain")[3:] == [1, 3, 5], "what weighs the same is in order"
    assert shown(client, batch, "order=gain&show=unreviewed") == [2, 4, 6, 1]


def test_each_choice_has_its_count(client: Client, batch: int) -> None:
    page = client.page(f"/batches/{batch}")
    for words in (
        "unreviewed (4)",
        "reviewed (2)",
        "edited (1)",
        "confirmed as right (1)",
        "sent back (1)",
        "accepted in second review (1)",
        "with comments (1)",
        "with marked errors (1)",
        "my drafts (1)",
        "Word repeated (3)",
    ):
        assert f">{words}</option>" in page


@pytest.mark.parametrize(
    "query", ["show=odd", "severity=odd", "order=odd", "sure=odd", "from=odd", "gain=-1&from=2"]
)
def test_a_choice_that_there_is_not_is_told_in_a_sentence(client: Client, batch: int, query: str) -> None:
    name = query.partition("=")[0]
    assert f"“{name}”" in client.page(f"/batches/{batch}?{query}", 422)


@pytest.mark.parametrize(
    "query", ["show=unreviewed", "order=gain&show=unreviewed", "sure=20&check=repeated-word"]
)
def test_save_and_next_follows_the_filter_and_its_order(client: Client, batch: int, query: str) -> None:
    fields = dict(part.split("=") for part in query.split("&"))
    wanted = shown(client, batch, query)
    for number, following in pairwise(wanted):
        page = client.page(f"/batches/{batch}/segments/{number}?{query}")
        gain = re.search(r'name="gain" value="(\d+)"', page)
        more = {"gain": gain.group(1)} if gain else {}
        answer = client.save(batch, number, f"Quite another text {number}.", **fields, **more)
        assert f"/segments/{following}?" in answer.location
        assert all(f"{name}={value}" in answer.location for name, value in fields.items())


def test_saving_and_staying_keeps_the_place_in_the_queue(client: Client, batch: int) -> None:
    path = f"/batches/{batch}/segments/4"
    page = client.page(f"{path}?order=gain")
    gain = re.search(r'name="gain" value="(\d+)"', page)
    assert gain
    assert int(gain.group(1)) > 0
    answer = client.save(batch, 4, "It was the end.", then="stay", order="gain", gain=gain.group(1))
    page = client.page(answer.location)
    assert re.search(rf'rel="next"[^>]*href="/batches/{batch}/segments/6\?', page)
    assert re.search(rf'rel="prev"[^>]*href="/batches/{batch}/segments/2\?', page)


def test_the_address_says_how_sure_flags_must_be_and_the_slider_takes_over(
    client: Client, batch: int
) -> None:
    path = f"/batches/{batch}?sure=95&q=day"
    assert client.page(path).count("<mark") == 1
    assert 'value="95" aria-valuetext' in client.page(path)
    answer = client.post("/sureness", confidence="20", to=path)
    assert answer.location.endswith(f"/batches/{batch}?q=day")
    assert client.page(answer.location).count("<mark") == 2


def test_a_segment_is_gone_to_by_its_number(client: Client, batch: int) -> None:
    answer = client.get(f"/batches/{batch}/segments/go?number=4&show=flagged")
    assert answer.location.endswith(f"/batches/{batch}/segments/4?show=flagged")
    missing = client.page(f"/batches/{batch}/segments/go?number=99", 404)
    assert "The batch has no segment 99; it has 6." in missing


def test_long_lists_are_counted_to_a_thousand(client: Client) -> None:
    batch = client.paste("\n\n".join(f"Number {n} of the the list." for n in range(1100)))
    page = client.page(f"/batches/{batch}?show=flagged")
    assert "1,000+ found" in page
    following = re.search(r'class="button" href="([^"]+from=51[^"]*)"', page)
    assert following
    page = client.page(following.group(1).replace("&amp;", "&"))
    assert 'id="s51"' in page
    assert 'id="s50"' not in page
    assert "1,000+ found" in page
