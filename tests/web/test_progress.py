"""The progress of a batch: what is counted, by whom, shown without ranking anybody."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.settings import Settings
from review.work.progress import BOUNDS, distribution, done_over_time
from tests.conftest import Client
from tests.team import signed_in, team

TEXT = "One two three four.\n\nThe the cat sat.\n\nThree cats sat."


def row(page: str, name: str) -> list[str]:
    """The cells of somebody's row."""
    found = re.search(rf'<th scope="row">{name}.*?</tr>', page, re.DOTALL)
    assert found
    return [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found.group())]


def test_a_batch_nobody_has_reviewed_has_no_figures(client: Client) -> None:
    batch = client.paste(TEXT)
    page = client.page(f"/batches/{batch}/progress-page")
    assert "0 of 3 segments reviewed, 3 left" in page
    assert row(page, "Everybody") == ["0", "0", "–", "–", "–", "–", "0", "0"]
    assert "<svg" not in page


def test_figures_of_one_reviewer_by_hand(client: Client) -> None:
    """Two segments of 4 words, 40 and 20 s: 8 words a minute are 480 an hour; one edit of 8 words is 12.5 %."""
    batch = client.paste(TEXT)
    client.save(batch, 1, "One two three five.", seconds="30")
    client.save(batch, 1, "One two three five.", version=1, seconds="5", token="again")
    client.save(batch, 1, "One two three six.", version=1, seconds="10")
    client.save(batch, 2, "The the cat sat.", seconds="20")
    page = client.page(f"/batches/{batch}/progress-page")
    assert "2 of 3 segments reviewed, 1 left" in page
    assert row(page, "Reviewer") == ["2", "8", "1 min", "480", "30 s", "12.5 %", "0", "0"]
    assert row(page, "Everybody") == row(page, "Reviewer")
    assert page.count("<svg") == 2
    assert page.count("As a table") == 2
    assert re.search(r"<td>20–30 s</td><td class=\"n\">1<", page)


def test_decisions_on_flags_count_for_who_made_them(client: Client) -> None:
    batch = client.paste(TEXT)
    flag = re.search(r'name="dismiss" value="(\d+)"', client.page(f"/batches/{batch}/segments/2"))
    assert flag
    client.save(batch, 2, "The the cat sat.", dismiss=flag.group(1))
    assert row(client.page(f"/batches/{batch}/progress-page"), "Reviewer")[-2:] == ["0", "1"]


def test_ones_own_row_is_first_and_the_others_stand_by_name(settings: Settings) -> None:
    app = team(settings, "Aino", "Ben", "Carl")
    clients = {name: signed_in(app, name) for name in ("Aino", "Ben", "Carl")}
    batch = clients["Carl"].paste(TEXT)
    for number, client in enumerate(clients.values(), start=1):
        client.save(batch, number, f"{number} cats.")
    for name, order in (("Ben", ["Ben", "Aino", "Carl"]), ("Aino", ["Aino", "Ben", "Carl"])):
        page = clients[name].page(f"/batches/{batch}/progress-page")
        assert re.findall(r'<th scope="row">(\w+)', page) == [*order, "Everybody"]
        assert f'{name} <span class="dim">(you)' in page
    app.extensions["tarkka"].engine.dispose()


def test_a_segment_belongs_to_whoever_saved_its_newest_text(settings: Settings) -> None:
    app = team(settings, "Aino", "Ben")
    aino, ben = signed_in(app, "Aino"), signed_in(app, "Ben")
    batch = aino.paste(TEXT)
    aino.save(batch, 1, "One two three five.")
    ben.save(batch, 1, "One two three six.", version=1)
    page = aino.page(f"/batches/{batch}/progress-page")
    assert row(page, "Aino")[0] == "0"
    assert row(page, "Ben")[0] == "1"
    app.extensions["tarkka"].engine.dispose()


def test_there_is_no_such_batch(client: Client) -> None:
    assert client.get("/batches/7/progress-page").status_code == 404


START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@given(st.lists(st.integers(0, 90 * 24 * 60), max_size=200))
def test_what_was_done_climbs_from_nothing_to_all(minutes: list[int]) -> None:
    moments = [START + timedelta(minutes=m) for m in minutes]
    steps = done_over_time(moments)
    assert len(steps) <= 2 * 62
    if not moments:
        assert steps == []
        return
    assert steps[0][1] == 0
    assert steps[-1][1] == len(moments)
    assert [when for when, _ in steps] == sorted({when for when, _ in steps})
    for when, count in steps:
        assert count == sum(moment < when for moment in moments)


def test_a_pause_is_flat_and_not_a_slope() -> None:
    morning, evening = START, START + timedelta(hours=9)
    steps = done_over_time([morning, evening])
    assert [(when.strftime("%H:%M"), count) for when, count in steps] == [
        ("09:30", 0),
        ("09:45", 1),
        ("18:30", 1),
        ("18:45", 2),
    ]


@given(st.lists(st.floats(0, 10_000)))
def test_each_time_is_in_one_range(seconds: list[float]) -> None:
    assert sum(count for _, count in distribution(seconds)) == len(seconds)


@pytest.mark.parametrize(("value", "name"), [(0, "0–5 s"), (5, "5–10 s"), (BOUNDS[-1], "over 300 s")])
def test_a_bound_belongs_to_the_range_above(value: float, name: str) -> None:
    assert dict(distribution([value]))[name] == 1
