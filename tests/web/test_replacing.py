"""Search and replace: what would change is shown, the chosen changes are one step, one undo takes them back."""

import re

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.work.patterns import Finder, Wanted
from tests.conftest import Client
from tests.web.steps import keys, undo

pytestmark = pytest.mark.slow

TEXT = "The cat sat.\n\nA Cat, a cat.\n\nConcatenate it.\n\nNo dog."


def preview(client: Client, batch: int, **asked: str) -> str:
    answer = client.inner.get(f"/batches/{batch}/replace", query_string=asked)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def replace(client: Client, batch: int, ticked: list[str], **asked: str) -> str:
    answer = client.post(f"/batches/{batch}/replace", change=ticked, system="1", **asked)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client.page(answer.location)


def exported(client: Client, batch: int) -> list[str]:
    return client.export(batch).decode().rstrip("\n").split("\n\n")


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ({"find": "cat", "put": "dog"}, ["The dog sat.", "A dog, a dog.", "Condogenate it.", "No dog."]),
        (
            {"find": "cat", "put": "dog", "word": "1"},
            ["The dog sat.", "A dog, a dog.", "Concatenate it.", "No dog."],
        ),
        (
            {"find": "Cat", "put": "Dog", "case": "1"},
            ["The cat sat.", "A Dog, a cat.", "Concatenate it.", "No dog."],
        ),
        ({"find": "."}, ["The cat sat", "A Cat, a cat", "Concatenate it", "No dog"]),
        (
            {"find": r"(\w)at\b", "put": r"\g<1>ow \1", "expression": "1"},
            ["The cow c sow s.", "A Cow C, a cow c.", "Concatenate it.", "No dog."],
        ),
    ],
)
def test_all_that_is_ticked_is_replaced_as_shown(
    client: Client, asked: dict[str, str], texts: list[str]
) -> None:
    batch = client.paste(TEXT)
    page = replace(client, batch, keys(preview(client, batch, **asked)), **asked)
    assert exported(client, batch) == texts
    undo(client, batch, page)
    assert exported(client, batch) == TEXT.split("\n\n")


def test_the_preview_shows_a_word_diff_and_what_is_unticked_stays(client: Client) -> None:
    batch = client.paste(TEXT)
    page = preview(client, batch, find="cat", put="dog", word="1")
    assert "<del>cat</del><ins>dog</ins>" in page
    ticked = keys(page)
    assert len(ticked) == 2
    assert "1 segment changed" in replace(client, batch, ticked[:1], find="cat", put="dog", word="1")
    assert exported(client, batch)[:2] == ["The dog sat.", "A Cat, a cat."]


def test_confirmed_segments_are_changed_on_request_only_and_count_as_edited_then(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 1, "The cat sat.")
    client.save(batch, 4, "No cat.")
    assert len(keys(preview(client, batch, find="cat", put="dog", word="1"))) == 2
    asked = {"find": "cat", "put": "dog", "word": "1", "confirmed": "1"}
    page = replace(client, batch, keys(preview(client, batch, **asked)), **asked)
    states = re.findall(r'<li class="(\w+)" id="s\d', client.page(f"/batches/{batch}"))
    assert states == ["edited", "unreviewed", "unreviewed", "confirmed"], "the last is the machine’s again"
    undo(client, batch, page)
    states = re.findall(r'<li class="(\w+)" id="s\d', client.page(f"/batches/{batch}"))
    assert states == ["confirmed", "unreviewed", "unreviewed", "edited"]


def test_what_changed_since_it_was_shown_is_left_out_and_counted(client: Client) -> None:
    batch = client.paste(TEXT)
    ticked = keys(preview(client, batch, find="cat", put="dog", word="1"))
    client.save(batch, 1, "The cat sat down.")
    page = replace(client, batch, ticked, find="cat", put="dog", word="1")
    assert "1 segment changed" in page
    assert "1 had changed since it was shown and was left alone" in page
    assert exported(client, batch)[:2] == ["The cat sat down.", "A dog, a dog."]


def test_the_undo_leaves_what_somebody_changed_since_and_works_once(client: Client) -> None:
    batch = client.paste(TEXT)
    page = replace(client, batch, keys(preview(client, batch, find="cat", put="dog")), find="cat", put="dog")
    client.save(batch, 1, "The hound sat.", version=1)
    undo(client, batch, page)
    assert exported(client, batch) == ["The hound sat.", *TEXT.split("\n\n")[1:]]
    undo(client, batch, page)
    assert exported(client, batch) == ["The hound sat.", *TEXT.split("\n\n")[1:]]


def test_source_and_machine_text_are_looked_at_only(client: Client, demo: int) -> None:
    page = preview(client, demo, find="eu:n", **{"in": "source"})
    assert "<mark>EU:n</mark>" in page
    assert "never changed" in page
    assert keys(page) == []
    assert "<mark>EU:n</mark>" in preview(client, demo, find="EU:n", **{"in": "hypothesis"})


def test_flags_and_what_was_decided_about_them_survive_a_step(client: Client) -> None:
    batch = client.paste("Then the the cat slept, slept , and left.")
    page = client.page(f"/batches/{batch}/segments/1")
    flags = re.findall(r'data-text="([^"]+)" data-id="(\d+)"', page)
    assert len(flags) >= 2
    client.post(f"/batches/{batch}/segments/1/decide", flag=flags[0][1], kind="dismissed", system="1")
    replace(client, batch, keys(preview(client, batch, find="cat", put="dog")), find="cat", put="dog")
    page = client.page(f"/batches/{batch}/segments/1")
    assert "1 dismissed" in page
    assert re.findall(r'data-text="([^"]+)" data-id', page) == [text for text, _ in flags[1:]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"find": "("}, None),
        ({"find": "(", "expression": "1"}, "This is no regular expression"),
        ({"find": "(" * 900 + ")" * 900, "expression": "1"}, "may have 1,000 characters"),
        ({"find": "(" * 500 + ")" * 500, "expression": "1"}, ""),
        ({"find": "(a|aa)+$", "expression": "1"}, "takes too long"),
        ({"find": "a", "put": r"\2", "expression": "1"}, "The replacement cannot be used"),
        ({"find": "a", "put": r"\g<x>", "expression": "1"}, "The replacement cannot be used"),
        ({"find": "a", "put": r"\ud800", "expression": "1"}, "half of a surrogate pair"),
        ({"find": "a{9999999999}", "expression": "1"}, ""),
        ({"find": "a", "in": "elsewhere"}, "Texts are looked for in"),
        ({"find": ""}, "Say what to look for"),
    ],
)
@pytest.mark.fault(26)
def test_what_cannot_be_looked_for_ends_in_one_sentence(
    client: Client, asked: dict[str, str], sentence: str | None
) -> None:
    batch = client.paste("a" * 60 + "! (x)")
    page = preview(client, batch, **asked)
    trouble = re.search(r'role="alert" id="trouble">([^<]+)', page)
    assert (trouble is None) == (sentence is None) or sentence == ""
    assert not trouble or (sentence or "") in trouble.group(1)


def test_a_text_that_would_grow_over_the_limit_is_refused(client: Client) -> None:
    batch = client.paste("a" * 2000)
    assert "longer than" in preview(client, batch, find="a", put="b" * 1000)


@pytest.mark.parametrize("ticked", [[], ["x"], ["999:0"], ["1:0; DROP"], ["1:7"]])
def test_nothing_or_nonsense_chosen_is_refused(client: Client, ticked: list[str]) -> None:
    batch = client.paste(TEXT)
    answer = client.post(f"/batches/{batch}/replace", change=ticked, find="cat", put="dog")
    assert answer.status_code == 422
    assert exported(client, batch) == TEXT.split("\n\n")


def test_another_batch_is_never_touched(client: Client) -> None:
    one, other = client.paste(TEXT), client.paste(TEXT + "\n\nMore.")
    ticked = keys(preview(client, other, find="cat", put="dog"))
    assert client.post(f"/batches/{one}/replace", change=ticked, find="cat", put="dog").status_code == 422
    page = replace(client, other, ticked, find="cat", put="dog")
    step = re.search(r'name="step" value="(\d+)"', page)
    assert step
    assert client.post(f"/batches/{one}/steps/undo", step=step.group(1)).status_code == 404
    assert client.post(f"/batches/{other}/steps/undo", step="999").status_code == 404
    assert "steps/undo" not in client.page(f"/batches/{one}/replace?done={step.group(1)}")


def test_searches_of_everything_the_reviewer_may_type_are_inert(client: Client) -> None:
    batch = client.paste("Say <b>hi</b> & go.")
    page = preview(client, batch, find="<b>", put='"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert len(keys(page)) == 1


@pytest.mark.slow
def test_three_thousand_segments_are_changed_by_one_step_and_the_rest_is_paged(
    client: Client, app: Flask
) -> None:
    lines = "\n".join(f"Line {n} has a cat." for n in range(1, 3101))
    answer = client.upload(translation=("sys.en", lines.encode()), layout="lines")
    batch = int(answer.location.rsplit("/", 1)[1])
    page = preview(client, batch, find="cat", put="dog")
    assert "Go on from segment 3,001" in page
    ticked = keys(page)
    assert len(ticked) == 3000
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert token
    data = {"csrf_token": token.group(1), "find": "cat", "put": "dog", "change": ticked}
    answer = client.inner.post(f"/batches/{batch}/replace", data=data, headers={"Origin": "http://localhost"})
    assert "3,000 segments changed" in client.page(answer.location)
    done = client.export(batch).decode().splitlines()
    assert sum("dog" in line for line in done) == 3000
    undo(client, batch, client.page(answer.location))
    assert client.export(batch).decode().rstrip("\n") == lines


@given(
    st.lists(st.text("ab .é", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6),
    st.text("ab .é", min_size=1, max_size=3).filter(str.strip),
    st.text("abx\\.", max_size=4),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_replace_and_undo_gives_the_same_texts(client: Client, texts: list[str], find: str, put: str) -> None:
    answer = client.upload(translation=("sys.en", "\n".join(texts).encode()), layout="lines")
    batch = int(answer.location.rsplit("/", 1)[1])
    before = client.export(batch)
    ticked = keys(preview(client, batch, find=find, put=put))
    assert len(ticked) == sum(Finder(Wanted(find, put)).replaced(text) != text for text in texts)
    if ticked:
        page = replace(client, batch, ticked, find=find, put=put)
        assert client.export(batch) != before
        undo(client, batch, page)
    assert client.export(batch) == before
