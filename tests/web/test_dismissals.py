"""Dismissing once, in a batch, always, in bulk; muting; and from how sure flags are shown."""

import re

import pytest
from flask import Flask
from sqlalchemy import text

from review.checks.measured import Measure
from review.work import check_pages
from tests.conftest import Client

pytestmark = pytest.mark.slow

TEXT = "The kok kok came.\n\nThen kok kok left, and the the end.\n\nA kok kok day, the the last."


def marks(client: Client, path: str) -> list[str]:
    return re.findall(r"<mark[^>]*>([^<]+)</mark>", client.page(path))


def button(client: Client, path: str, name: str, after: str = "<body") -> str:
    """The value of the first button of that name."""
    found = re.search(rf'name="{name}" value="([^"]+)"', client.page(path).partition(after)[2])
    assert found
    return found.group(1)


def dismiss(client: Client, batch: int, number: int, scope: str = "") -> str:
    """Dismiss the segment's first flag without JavaScript; where the page then is."""
    path = f"/batches/{batch}/segments/{number}"
    flag = button(client, path, "dismiss", "<ol")
    typed = re.search(r"<textarea[^>]*>\n([^<]*)</textarea>", client.page(path))
    assert typed
    answer = client.save(batch, number, typed.group(1), dismiss=flag + (f":{scope}" if scope else ""))
    assert answer.status_code == 303
    return str(answer.location)


def undo(client: Client, batch: int, page: str) -> None:
    step = button(client, page, "step")
    assert client.post(f"/batches/{batch}/dismissals/undo", step=step, to=page).status_code == 303


def decisions(app: Flask) -> list[str]:
    with app.extensions["tarkka"].engine.connect() as connection:
        return list(connection.scalars(text("SELECT kind FROM decision ORDER BY id")))


def open_flags(client: Client, app: Flask, batch: int) -> int:
    """As the list of batches counts them."""
    with app.extensions["tarkka"].engine.connect() as connection:
        query = text("SELECT minor + major + critical FROM system WHERE batch_id = :batch")
        return int(connection.scalar(query, {"batch": batch}) or 0)


def test_a_flag_dismissed_once_comes_back_by_one_undo(client: Client, app: Flask) -> None:
    batch = client.paste(TEXT)
    page = dismiss(client, batch, 1)
    assert "Dismissed “kok kok” (Word repeated): 1 flag" in client.page(page)
    assert marks(client, f"/batches/{batch}") == ["kok kok", "the the", "kok kok", "the the"]
    assert open_flags(client, app, batch) == 4
    undo(client, batch, page)
    assert len(marks(client, f"/batches/{batch}")) == 5
    assert open_flags(client, app, batch) == 5
    assert decisions(app) == ["dismissed", "reopened"]


def test_a_second_undo_changes_nothing(client: Client, app: Flask) -> None:
    batch = client.paste(TEXT)
    page = dismiss(client, batch, 1)
    step = button(client, page, "step")
    for _ in range(2):
        client.post(f"/batches/{batch}/dismissals/undo", step=step, to="/")
    assert decisions(app) == ["dismissed", "reopened"]
    assert "Taken back: “kok kok”" in client.page(page)


def test_everywhere_in_the_batch_means_this_check_on_this_text(client: Client, app: Flask) -> None:
    batch, other = client.paste(TEXT), client.paste(TEXT + " More.")
    page = dismiss(client, batch, 2, "batch")
    assert "everywhere in this batch: 3 flags" in client.page(page)
    assert marks(client, f"/batches/{batch}") == ["the the", "the the"]
    assert len(marks(client, f"/batches/{other}")) == 5
    client.save(batch, 1, "The kok kok came, and the kok kok went.")
    assert marks(client, f"/batches/{batch}") == ["the the", "the the"], "in what is typed later too"
    undo(client, batch, page)
    assert marks(client, f"/batches/{batch}").count("kok kok") == 4
    assert open_flags(client, app, batch) == 6


def test_always_reaches_all_batches_and_later_ones_until_it_is_undone(client: Client, app: Flask) -> None:
    batch, other = client.paste(TEXT), client.paste(TEXT + " More.")
    page = dismiss(client, batch, 1, "always")
    assert "always: 6 flags" in client.page(page)
    later = client.paste(TEXT + " Even more.")
    for one in (batch, other, later):
        assert marks(client, f"/batches/{one}") == ["the the", "the the"]
        assert open_flags(client, app, one) == 2
    assert "“kok kok” <span" in client.page("/checks/repeated-word")
    undo(client, batch, "/checks/repeated-word")
    for one in (batch, other, later):
        assert len(marks(client, f"/batches/{one}")) == 5
        assert open_flags(client, app, one) == 5
    assert "Always dismissed" not in client.page("/checks/repeated-word")


def test_an_undo_leaves_what_was_dismissed_otherwise(client: Client) -> None:
    batch = client.paste(TEXT)
    dismiss(client, batch, 1)
    page = dismiss(client, batch, 2, "always")
    undo(client, batch, page)
    assert marks(client, f"/batches/{batch}") == ["kok kok", "the the", "kok kok", "the the"]


def test_an_undo_finds_a_flag_that_a_correction_has_moved(client: Client) -> None:
    batch = client.paste(TEXT)
    page = dismiss(client, batch, 1)
    client.save(batch, 1, "Well, the kok kok came.")
    undo(client, batch, page)
    assert marks(client, f"/batches/{batch}/segments/1")[0] == "kok kok"


def test_a_single_one_can_be_reopened_under_a_standing_dismissal(client: Client) -> None:
    batch = client.paste(TEXT)
    dismiss(client, batch, 1, "always")
    reopen = button(client, f"/batches/{batch}/segments/1", "reopen")
    client.save(batch, 1, "The kok kok came.", reopen=reopen)
    assert marks(client, f"/batches/{batch}") == ["kok kok", "the the", "the the"]


def test_all_flags_of_a_check_go_at_once_but_those_that_were_unticked(client: Client, app: Flask) -> None:
    batch = client.paste(TEXT)
    preview = client.page(f"/batches/{batch}/dismissals?check=repeated-word")
    flags = re.findall(r'name="flag" value="(\d+)"', preview)
    assert len(flags) == 5
    fields = {"check": "repeated-word", "system": "1", "flag": flags[1:]}
    page = client.post(f"/batches/{batch}/dismissals", **fields).location
    assert "Dismissed “Word repeated”: 4 flags" in client.page(page)
    assert marks(client, f"/batches/{batch}") == ["kok kok"]
    undo(client, batch, page)
    assert len(marks(client, f"/batches/{batch}")) == 5
    assert decisions(app) == ["dismissed"] * 4 + ["reopened"] * 4


def test_no_flag_chosen_and_no_such_step_are_refused(client: Client) -> None:
    batch, other = client.paste(TEXT), client.paste(TEXT + " More.")
    answer = client.post(f"/batches/{batch}/dismissals", check="repeated-word", system="1")
    assert answer.status_code == 422
    step = button(client, dismiss(client, batch, 1), "step")
    assert client.post(f"/batches/{other}/dismissals/undo", step=step).status_code == 404
    assert client.save(batch, 2, "x", dismiss="1:sometimes").status_code in (404, 422)


def test_a_muted_check_is_hidden_and_listed_and_heard_again(client: Client, app: Flask) -> None:
    batch = client.paste(TEXT)
    client.post("/checks/repeated-word/mute", muted="1", to=f"/batches/{batch}")
    page = client.page(f"/batches/{batch}")
    assert marks(client, f"/batches/{batch}") == []
    assert "1 check muted" in page
    assert "5 flags hidden" in page
    assert open_flags(client, app, batch) == 0
    assert "Word repeated" not in client.page(f"/batches/{batch}/segments/2")
    assert "muted <span" in client.page("/checks/repeated-word")
    client.save(batch, 1, "The kok kok came again.")
    client.post("/checks/repeated-word/mute", muted="0", to="/")
    assert len(marks(client, f"/batches/{batch}")) == 5
    assert open_flags(client, app, batch) == 5
    assert client.post("/checks/nonsense/mute", muted="1").status_code == 404


def test_a_check_that_is_mostly_dismissed_is_proposed_and_not_muted(client: Client) -> None:
    batch = client.paste("\n\n".join(["The the end."] * 25))
    preview = client.page(f"/batches/{batch}/dismissals?check=repeated-word")
    flags = re.findall(r'name="flag" value="(\d+)"', preview)
    client.post(f"/batches/{batch}/dismissals", check="repeated-word", system="1", flag=flags[:19])
    assert "were dismissed" not in client.page(f"/batches/{batch}")
    client.post(f"/batches/{batch}/dismissals", check="repeated-word", system="1", flag=flags[19:21])
    for path in (f"/batches/{batch}", "/checks"):
        assert re.search(r"21 of 21 flags of <a[^>]*>Word repeated</a> were dismissed", client.page(path))
    assert len(marks(client, f"/batches/{batch}")) == 4, "proposed, not muted"


def view(client: Client, confidence: str) -> None:
    assert client.post("/sureness", confidence=confidence, to="/batches").location == "/batches"


@pytest.fixture
def unsure(client: Client, app: Flask) -> int:
    """A batch with a sure flag and an unsure one."""
    batch = client.paste("Then kok kok left.\n\nThe the end.")
    with app.extensions["tarkka"].engine.begin() as connection:
        connection.execute(text("UPDATE flag SET confidence = 0.3 WHERE text = 'kok kok'"))
        connection.execute(text("UPDATE tally SET open = 1"))
        row = 'SELECT system_id, severity, "check", 6, 1 FROM tally'
        connection.execute(text(f"INSERT INTO tally {row}"))
    return batch


def test_less_sure_flags_show_when_the_slider_says_so(client: Client, unsure: int) -> None:
    path = f"/batches/{unsure}"
    assert marks(client, path) == ["The the"]
    assert "1 less sure one is hidden" in client.page(path)
    assert "Word repeated (1)" in client.page(path)
    assert 'id="s1"' not in client.page(f"{path}?show=flagged")
    view(client, "30")
    assert marks(client, path) == ["kok kok", "The the"]
    assert "Word repeated (2)" in client.page(path)
    assert 'id="s1"' in client.page(f"{path}?show=flagged")
    assert 'class="flagged major unsure"' in client.page(path)
    view(client, "60")
    assert marks(client, path) == ["The the"]


def test_the_slider_works_on_the_review_page_and_loses_nothing_typed(client: Client, unsure: int) -> None:
    path = f"/batches/{unsure}/segments/1"
    assert "No open flags on this text." in client.page(path)
    client.save(unsure, 1, "Then kok kok left.", view="1", confidence="0")
    assert "30 % sure" in client.page(path)
    client.save(unsure, 1, "Now kok kok left.", view="1", confidence="95")
    assert "Now kok kok left." in client.page(path)
    assert 'value="95" aria-valuetext' in client.page(path)


def test_a_check_has_a_page_with_what_was_measured(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found = (Measure("repeated-word", "the seed article", 1200, 0.875, None, "by hand"),)
    monkeypatch.setattr(check_pages, "measures", lambda check: found if check == "repeated-word" else ())
    page = client.page("/checks/repeated-word")
    assert "the seed article" in page
    assert "1,200" in page
    assert "88 %" in page
    assert "fluency/grammar" in page
    assert "has decided about none of its flags yet" in page
    assert "Not measured yet" in client.page("/checks/name-ending")
    assert client.get("/checks/nonsense").status_code == 404
