"""Propagation: a correction goes to the segments with the same machine text that nobody has reviewed."""

import re

import pytest

from tests.conftest import Client
from tests.web.steps import keys, undo

pytestmark = pytest.mark.slow

TEXT = "Read morely.\n\nSomething else.\n\nRead morely.\n\nRead morely.\n\nRead morely!\n\nread morely."


def offer(client: Client, batch: int, number: int, text: str, **fields: str) -> str:
    """Save a segment and follow to the next page."""
    answer = client.save(batch, number, text, **fields)
    assert answer.status_code == 303
    return client.page(answer.location)


def propagate(client: Client, batch: int, number: int, **fields: object) -> str:
    answer = client.post(
        f"/batches/{batch}/segments/{number}/propagate",
        system="1",
        to=f"/batches/{batch}/segments/2?system=1",
        **fields,
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client.page(answer.location)


def texts(client: Client, batch: int) -> list[str]:
    return client.export(batch).decode().rstrip("\n").split("\n\n")


def states(client: Client, batch: int) -> list[str]:
    return re.findall(r'<li class="(\w+)" id="s\d', client.page(f"/batches/{batch}"))


def test_it_is_offered_with_the_count_made_at_once_and_taken_back(client: Client) -> None:
    batch = client.paste(TEXT)
    before = texts(client, batch)
    assert "stands in 2 more segments that wait" in offer(client, batch, 1, "Read more.")
    page = propagate(client, batch, 1, all="1")
    assert "2 segments changed" in page
    after = texts(client, batch)
    assert [n for n, text in enumerate(after) if text == "Read more."] == [0, 2, 3]
    assert states(client, batch)[:4] == ["edited", "unreviewed", "edited", "edited"]
    assert "propagated by Reviewer" in client.page(f"/batches/{batch}/segments/3/history")
    undo(client, batch, page)
    assert texts(client, batch)[1:] == before[1:]
    assert states(client, batch)[:4] == ["edited", "unreviewed", "unreviewed", "unreviewed"]


def test_after_the_last_segment_it_is_offered_on_the_batch(client: Client) -> None:
    batch = client.paste("Read morely.\n\nRead morely.")
    page = offer(client, batch, 2, "Read more.")
    assert "That was the last segment" in page
    assert "stands in 1 more segment that waits" in page


def test_what_a_person_reviewed_is_never_touched(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 3, "Read more, by hand.")
    client.save(batch, 4, "Read morely.")
    page = offer(client, batch, 1, "Read more.")
    assert 'id="propagate"' not in page
    answer = client.post(f"/batches/{batch}/segments/1/propagate", all="1", system="1")
    assert answer.status_code == 422
    assert texts(client, batch)[2:4] == ["Read more, by hand.", "Read morely."]


def test_it_reaches_the_other_systems(client: Client) -> None:
    answer = client.upload(translation=[("a.en", b"Same.\nOne.\n"), ("b.en", b"Same.\nTwo.\n")])
    batch = int(answer.location.rsplit("/", 1)[1])
    assert "stands in 1 more segment that waits" in offer(client, batch, 1, "The same.")
    propagate(client, batch, 1, all="1")
    assert client.export(batch, system=2) == b"The same.\nTwo.\n"


def test_the_preview_lets_choose_and_leaves_out_what_changed_meanwhile(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 1, "Read more.")
    ticked = keys(client.page(f"/batches/{batch}/segments/1/propagate"))
    assert len(ticked) == 2
    client.save(batch, 3, "Read on.")
    propagate(client, batch, 1, change=ticked)
    assert texts(client, batch)[:4] == ["Read more.", "Something else.", "Read on.", "Read more."]


def test_a_confirmed_or_unreviewed_segment_offers_nothing(client: Client) -> None:
    batch = client.paste(TEXT)
    assert 'id="propagate"' not in offer(client, batch, 1, "Read morely.")
    assert "stands in no other segment" in client.page(f"/batches/{batch}/segments/3/propagate")


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("segments/99/propagate", {"all": "1"}, 404),
        ("segments/1/propagate", {"all": "1", "system": "9"}, 404),
        ("segments/1/propagate", {"all": "1", "system": "x"}, 422),
        ("segments/1/propagate", {}, 422),
        ("segments/1/propagate", {"change": "1:0"}, 422),
        ("segments/1/propagate", {"change": "zz"}, 422),
    ],
)
def test_bad_requests_are_refused(client: Client, path: str, fields: dict[str, str], status: int) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 1, "Read more.")
    assert client.post(f"/batches/{batch}/{path}", **fields).status_code == status
    assert texts(client, batch)[2] == "Read morely."


def test_no_redirect_leads_elsewhere(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 1, "Read more.")
    answer = client.post(
        f"/batches/{batch}/segments/1/propagate", all="1", system="1", to="https://evil.example/"
    )
    assert answer.location.startswith("/?step=")
