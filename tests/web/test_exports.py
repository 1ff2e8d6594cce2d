"""What goes out: the format that came in, of one moment, and what each format would lose is told before."""

import io
import re

import pytest
from flask import Flask

from review.formats import DOCUMENT_FORMATS
from review.model import Status
from review.store.corrections import NewCorrection, append_correction
from review.work.access import find_batch, find_place
from review.work.exporting import export, find_format, formats_for
from tests.conftest import Client
from tests.ledger_format import HEADING, Ledger

LEDGER = HEADING + b"Yksi | One | first note\nKaksi | Tow | \nKolme | Three | third\n"


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch, client: Client) -> int:
    monkeypatch.setitem(DOCUMENT_FORMATS, Ledger.id, Ledger())
    answer = client.upload(translation=("a.txt", LEDGER))
    return int(answer.location.rsplit("/", 1)[1])


def losses(client: Client, batch: int) -> dict[str, list[str]]:
    """The sentences of the export page, by format."""
    page = client.page(f"/batches/{batch}/export")
    offers = re.findall(r'<li>\s*<h2><a href="[^"]*/export/([\w-]+)(.*?)</li>', page, re.DOTALL)
    return {name: re.findall(r'class="loss">([^<]*)<', offer) for name, offer in offers}


def test_a_document_goes_out_as_it_came_where_nothing_was_reviewed(client: Client, ledger: int) -> None:
    assert client.export(ledger) == LEDGER


def test_a_document_goes_out_with_what_review_made_of_it(client: Client, ledger: int) -> None:
    client.save(ledger, 2, "Two", comment="A typo.")
    with client.get(f"/batches/{ledger}/export/text") as answer:
        assert (
            answer.get_data().decode().splitlines()[2]
            == "Kaksi | Two | edited by Reviewer, 0 flags, Reviewer: A typo."
        )
        assert answer.mimetype == "application/x-ledger"
        assert answer.headers["Content-Disposition"].endswith(".ledger")


def test_the_files_notes_and_languages_are_shown(client: Client, ledger: int) -> None:
    page = client.page(f"/batches/{ledger}/segments/1")
    assert re.search(r'id="source".*?<p class="small dim">first note</p>', page, re.DOTALL)
    assert "first note" not in client.page(f"/batches/{ledger}/segments/2")
    assert "Finnish → English" in client.page(f"/batches/{ledger}")


def test_a_document_that_is_gone_is_told(client: Client, app: Flask, ledger: int) -> None:
    engine = app.extensions["tarkka"].engine
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM original")
    assert client.get(f"/batches/{ledger}/export/text").status_code == 404


def test_the_export_page_says_what_each_format_would_lose(client: Client) -> None:
    answer = client.upload(layout="lines", translation=b"one\ntwo\nthree\n")
    batch = int(answer.location.rsplit("/", 1)[1])
    assert losses(client, batch)["text"] == []
    client.save(batch, 1, "one\nmore")
    client.save(batch, 3, "three\nmore")
    assert losses(client, batch)["text"] == ["2 segments have line breaks, which become spaces."]
    assert losses(client, batch)["jsonl"] == []


def test_a_character_that_the_files_encoding_lacks_is_told_before(client: Client) -> None:
    data = "Kirjoitettu.\n\nTässä näin.\n".encode("windows-1252")
    page = client.upload(status=422, translation=("a.txt", data)).get_data(as_text=True)
    staged = re.search(r'name="staged" value="([0-9a-f]{32})"', page)
    assert staged
    answer = client.post("/import/encoding", staged=staged.group(1), encoding="windows-1252")
    batch = int(answer.location.rsplit("/", 1)[1])
    client.save(batch, 2, "Šakki")
    assert losses(client, batch)["text"] == []
    client.save(batch, 2, "Łódź", version=1)
    assert losses(client, batch)["text"] == [
        "1 segment has characters that windows-1252 lacks, so that it would be refused."
    ]
    refused = client.get(f"/batches/{batch}/export/text")
    assert refused.status_code == 422
    assert "has no “Ł” (line 3)" in refused.get_data(as_text=True)


class Busybody(io.BytesIO):
    """A file into which nothing is written without everything being corrected meanwhile."""

    def __init__(self, app: Flask, batch: int) -> None:
        super().__init__()
        self.engine, self.turn = app.extensions["tarkka"].engine, 0
        self.texts = [find_place(self.engine, batch, 1, n).segment.hypothesis_id for n in (1, 2, 3)]

    def write(self, data: object) -> int:
        if self.turn < 2:
            self.turn += 1
            for text in self.texts:
                about = (text, self.turn - 1, f"changed {self.turn}", Status.EDITED, 1)
                new = NewCorrection(*about, "typed", None, False, (1, 2), f"{text}-{self.turn}", ())
                assert append_correction(self.engine, new)
        return super().write(data)  # type: ignore[arg-type]


def test_an_export_is_of_one_moment_while_people_edit(app: Flask, client: Client) -> None:
    engine = app.extensions["tarkka"].engine
    for one in ("text", "tsv", "jsonl", "html"):
        batch_id = client.paste("First.\n\nSecond.\n\nThird.")
        batch = find_batch(engine, batch_id)
        out = Busybody(app, batch_id)
        export(engine, batch, batch.systems[0], find_format(one, batch), out)
        assert out.turn
        assert b"changed" not in out.getvalue(), one
        assert b"Third." in out.getvalue(), one


def test_every_format_writes_an_empty_correction_too(client: Client, app: Flask) -> None:
    batch_id = client.paste("First.\n\nSecond.")
    client.save(batch_id, 1, "")
    for one in formats_for(find_batch(app.extensions["tarkka"].engine, batch_id)):
        client.export(batch_id, one.id)
