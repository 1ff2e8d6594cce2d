"""Accepting all flags of a kind: shown as they would go in, one step, one undo, decisions recorded."""

import re

import pytest
from flask import Flask

from tests.conftest import Client
from tests.web.steps import undo

pytestmark = pytest.mark.slow

TEXT = "The the end came.\n\nAn end end, and the the start.\n\nAll is is fine.\n\nQuiet."


def preview(client: Client, batch: int, **asked: str) -> str:
    asked.setdefault("check", "repeated-word")
    answer = client.inner.get(f"/batches/{batch}/accept-all", query_string=asked)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def flags(page: str, checked: bool = True) -> list[str]:
    found = re.findall(r'name="flag"[^>]*value="(\d+)"( checked)?', page)
    return [number for number, on in found if on or not checked]


def accept(client: Client, batch: int, chosen: list[str], **asked: str) -> str:
    asked.setdefault("check", "repeated-word")
    answer = client.post(f"/batches/{batch}/accept-all", flag=chosen, system="1", **asked)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client.page(answer.location)


def exported(client: Client, batch: int) -> list[str]:
    return client.export(batch).decode().rstrip("\n").split("\n\n")


def test_all_of_a_check_are_accepted_by_one_step_and_come_back_by_one_undo(client: Client) -> None:
    batch = client.paste(TEXT)
    before = re.findall(r"<mark[^>]*>([^<]+)</mark>", client.page(f"/batches/{batch}"))
    page = preview(client, batch)
    assert len(flags(page)) == 4
    assert re.search(r"<del>The the</del><ins>The</ins>", page)
    page = accept(client, batch, flags(page))
    assert "4 flags, 3 segments changed" in page
    assert exported(client, batch) == ["The end came.", "An end, and the start.", "All is fine.", "Quiet."]
    assert "accepted 4" in client.page("/checks/repeated-word")
    undo(client, batch, page)
    assert exported(client, batch) == TEXT.split("\n\n")
    assert re.findall(r"<mark[^>]*>([^<]+)</mark>", client.page(f"/batches/{batch}")) == before
    assert len(flags(preview(client, batch))) == 4, "open again"


def test_only_the_ticked_ones_and_only_those_on_one_text(client: Client) -> None:
    batch = client.paste(TEXT)
    [one] = flags(preview(client, batch, text="the the"))
    accept(client, batch, [one], text="the the")
    assert exported(client, batch)[:2] == ["The the end came.", "An end end, and the start."]
    accept(client, batch, flags(preview(client, batch))[:1])
    assert exported(client, batch)[:2] == ["The end came.", "An end end, and the start."]


def test_decisions_are_recorded_as_accepted_with_their_suggestion(client: Client) -> None:
    batch = client.paste(TEXT)
    accept(client, batch, flags(preview(client, batch)))
    history = client.page(f"/batches/{batch}/segments/1/history")
    assert re.search(r"“The the” \([^)]+\) accepted: “The”", history)
    assert "accepted by" in history


def test_a_confirmed_text_is_not_ticked_and_a_dismissed_flag_is_not_there(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 1, "The the end came.")
    page = client.page(f"/batches/{batch}/segments/3")
    dismissed = re.search(r'data-text="is is" data-id="(\d+)"', page)
    assert dismissed
    client.post(f"/batches/{batch}/segments/3/decide", flag=dismissed[1], kind="dismissed", system="1")
    page = preview(client, batch)
    assert len(flags(page)) == 2
    assert len(flags(page, checked=False)) == 3
    assert "confirmed as right" in page


def test_what_changed_since_it_was_shown_is_left_out_and_counted(client: Client) -> None:
    batch = client.paste(TEXT)
    chosen = flags(preview(client, batch))
    client.save(batch, 3, "All is very well.")
    page = accept(client, batch, chosen)
    assert "1 had changed since it was shown" in page
    assert exported(client, batch)[2] == "All is very well."


def test_the_form_a_place_needs_goes_in_there(client: Client) -> None:
    batch = client.paste(
        "Borrell met Anna.\n\nBorrellin plan failed.\n\nThen Borrellin came.\n\nBorrell left."
    )
    page = preview(client, batch, check="name-ending", text="Borrellin")
    accept(client, batch, flags(page), check="name-ending", text="Borrellin")
    assert exported(client, batch)[1:3] == ["Borrell’s plan failed.", "Then Borrell came."]


@pytest.mark.parametrize(("chosen", "status"), [([], 422), (["999"], 422), (["x"], 422)])
def test_nothing_or_nonsense_chosen_is_refused(client: Client, chosen: list[str], status: int) -> None:
    batch = client.paste(TEXT)
    answer = client.post(f"/batches/{batch}/accept-all", flag=chosen, check="repeated-word")
    assert answer.status_code == status
    assert exported(client, batch) == TEXT.split("\n\n")


def test_unknown_checks_systems_and_other_batches_are_not_found(client: Client, app: Flask) -> None:
    batch = client.paste(TEXT)
    other = client.paste(TEXT + "\n\nMore.")
    assert "no open flag of this kind" in preview(client, batch, check="none")
    assert client.get(f"/batches/{batch}/accept-all?check=repeated-word&system=2").status_code == 404
    assert client.get("/batches/99/accept-all?check=repeated-word").status_code == 404
    foreign = flags(preview(client, other))
    answer = client.post(f"/batches/{batch}/accept-all", flag=foreign, check="repeated-word")
    assert answer.status_code == 422
    assert exported(client, other) == [*TEXT.split("\n\n"), "More."]
