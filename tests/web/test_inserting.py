"""The list of what to insert: the source's numbers and names, those that the text lacks first, and marks."""

import html
import re

import pytest

from tests.conftest import Client


def batch_of(client: Client, source: str, text: str) -> int:
    answer = client.upload(
        translation=("sys.en", text.encode()), source=("source.fi", source.encode()), layout="lines"
    )
    return int(answer.location.rsplit("/", 1)[1])


def listed(client: Client, batch: int, text: str) -> list[str]:
    answer = client.post(f"/batches/{batch}/segments/1/insert", text=text, system="1")
    assert answer.status_code == 200
    return [html.unescape(v) for v in re.findall(r'value="([^"]*)"', answer.get_json()["panel"])]


MARKS = ["–", "—", "“", "”", "\u00a0"]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("Hinta on 1 200,5 euroa.", "The price.", ["1,200.5"]),
        ("Vuonna 2024 ja kello 12.30.", "In 2024.", ["12.30", "2024"]),
        ("Eilen Sergei Lavrovin puhe päättyi.", "It ended.", ["Sergei Lavrov"]),
        ("Talo on suuri.", "A big house.", []),
        ("Nyt 1 2 3 4 5 6 7 8 9 10 11.", "So.", [str(n) for n in range(1, 10)]),
        ("", "Alone.", []),
    ],
)
def test_what_is_listed(client: Client, source: str, text: str, expected: list[str]) -> None:
    batch = batch_of(client, source + "\nToinen.", text + "\nOther.")
    assert listed(client, batch, text) == [*expected, *MARKS]


def test_a_batch_without_a_source_offers_marks_alone(client: Client) -> None:
    assert listed(client, client.paste("Only 5 texts."), "Only.") == MARKS


def test_what_is_not_there_is_not_found(client: Client) -> None:
    batch = client.paste("One.")
    assert client.post(f"/batches/{batch}/segments/9/insert", text="x").status_code == 404
    assert client.post(f"/batches/{batch}/segments/1/insert", text="x", system="7").status_code == 404
