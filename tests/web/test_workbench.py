"""The workbench without its script: drafts, choices of look, own keys, the article, going to a segment."""

import re
from html import unescape

import pytest
from flask import Flask

from review.web.keys import KEYS
from tests.conftest import Client

pytestmark = pytest.mark.slow

TEXT = "Borrell met Lavrov.\n\nThen Lavrovin said so.\n\nThird."


def kept(client: Client, path: str) -> str:
    """What the page brings of a draft, as its script reads it."""
    found = re.search(r'data-kept="([^"]*)"', client.page(path))
    return unescape(found.group(1)) if found else ""


def test_a_draft_is_kept_until_it_is_saved_or_typed_back(client: Client) -> None:
    batch = client.paste(TEXT)
    path = f"/batches/{batch}/segments/3"
    assert kept(client, path) == ""
    client.post(f"{path}/draft", text="Third, begun", version="0", system="1", accepted='[[7, "x"]]')
    assert '"text": "Third, begun"' in kept(client, path)
    assert '"accepted": [[7, "x"]]' in kept(client, path)
    client.post(f"{path}/draft", text="Third, begun anew", version="0", system="1")
    assert '"text": "Third, begun anew"' in kept(client, path)
    client.post(f"{path}/draft", text="Third.", version="0", system="1")
    assert kept(client, path) == ""
    client.post(f"{path}/draft", text="Third, again", version="0", system="1")
    client.save(batch, 3, "Third, again.")
    assert kept(client, path) == ""


def test_a_draft_that_cannot_be_stored_is_told(client: Client) -> None:
    batch = client.paste(TEXT)
    answer = client.post(f"/batches/{batch}/segments/3/draft", text="a\0b", version="0", system="1")
    assert answer.status_code == 422
    assert kept(client, f"/batches/{batch}/segments/3") == ""


def test_confirming_an_unchanged_segment_again_forgets_its_draft(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 3, "Third.")
    client.post(f"/batches/{batch}/segments/3/draft", text="Typed", version="1", system="1")
    client.save(batch, 3, "Third.", version=1)
    assert kept(client, f"/batches/{batch}/segments/3") == ""


@pytest.mark.parametrize(
    ("choice", "shows"),
    [
        ({"theme": "dark"}, 'data-theme="dark"'),
        ({"layout": "stacked"}, '<body class="reviewing stacked">'),
        ({"reference": "hidden"}, "The reference is hidden"),
        ({"columns": "all"}, "south</a>"),
    ],
)
def test_a_choice_of_look_is_kept(client: Client, demo: int, choice: dict[str, str], shows: str) -> None:
    path = f"/batches/{demo}/segments/2"
    assert shows not in client.page(path)
    answer = client.post("/view", **choice, to=path)
    assert (answer.status_code, answer.location) == (303, path)
    assert shows in client.page(path)


def test_differences_are_shown_where_they_are_wanted(client: Client, demo: int) -> None:
    path = f"/batches/{demo}/segments/7"
    client.post("/view", columns="all", to=path)
    counted = {}
    for choice in ("both", "reference", "systems", "none"):
        client.post("/view", differences=choice, to=path)
        texts = client.page(path).partition('<form id="review"')[0].partition('<div class="texts">')[2]
        counted[choice] = texts.count("<ins>")
    assert counted["none"] == 0
    assert counted["both"] == counted["reference"] + counted["systems"] > counted["reference"] > 0


def test_what_cannot_be_chosen_is_refused(client: Client) -> None:
    assert client.post("/view", theme="pink", to="/").status_code == 422


def test_keys_are_changed_switched_off_and_brought_back(client: Client, demo: int) -> None:
    path = f"/batches/{demo}/segments/1"
    chosen = {key.id: key.press for key in KEYS}
    chosen |= {"save@everywhere": "Control+s", "accept@everywhere": "", "next@outside": "n"}
    chosen |= {"comment@outside": "x"}  # it had the n
    assert client.post("/keys", **chosen).status_code == 303
    page = client.page(path)
    assert '<dd data-press="Control+s" data-place="everywhere" data-action="save">' in page
    assert '<dd data-press="n" data-place="outside" data-action="next">' in page
    assert 'data-action="accept"' not in page
    client.post("/keys", reset="1")
    assert 'data-press="F2" data-place="everywhere" data-action="accept"' in client.page(path)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"save@everywhere": "Control+Enter"}, "stands for"),
        ({"save@everywhere": "x"}, "would act while you type"),
        ({"save@everywhere": "Shift+Enter"}, "would act while you type"),
        ({"save@everywhere": "Control+t"}, "belongs to the browser"),
        ({"save@everywhere": "F5"}, "belongs to the browser"),
        ({"save@everywhere": "Control+" + "x" * 99}, "is not a key"),
        ({"next@outside": "<script>"}, "is not a key"),
    ],
)
def test_a_key_that_cannot_be_chosen_is_refused_and_nothing_changes(
    client: Client, demo: int, changed: dict[str, str], sentence: str
) -> None:
    chosen = {key.id: key.press for key in KEYS} | changed
    answer = client.post("/keys", **chosen)
    assert answer.status_code == 422
    assert sentence in unescape(answer.get_data(as_text=True))
    assert 'data-press="Control+Alt+Enter"' in client.page(f"/batches/{demo}/segments/1")


def test_the_article_is_the_corrected_text(client: Client, demo: int) -> None:
    client.save(demo, 2, "A second segment, corrected.")
    page = client.page(f"/batches/{demo}/article?segment=2")
    assert "A second segment, corrected.</p>" in page
    assert 'id="s2" class="here"' in page
    assert page.count('<p id="s') == 24
    client.page(f"/batches/{demo}/article?segment=99", status=404)


def test_a_segment_is_gone_to_by_its_number_and_keeps_the_filter(client: Client, demo: int) -> None:
    answer = client.get(f"/batches/{demo}/segments/go?number=7&show=flagged&system=2")
    assert answer.location.endswith("/segments/7?system=2&show=flagged")
    assert client.get(f"/batches/{demo}/segments/go?number=99").status_code == 404
    assert client.get(f"/batches/{demo}/segments/go?number=x").status_code == 422


@pytest.mark.fault(21)
def test_a_conflict_offers_a_text_with_both_changes(client: Client, app: Flask) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 2, "Then Lavrov said so.")
    page = client.save(batch, 2, "Then Lavrovin said it.").get_data(as_text=True)
    assert "below stands a text with both" in page
    assert "Then Lavrov said it.</textarea>" in page
    page = client.save(batch, 2, "Then Lavroff said so.").get_data(as_text=True)
    assert "below stands yours" in page
    assert "Then Lavroff said so.</textarea>" in page
