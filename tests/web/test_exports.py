"""What goes out: the format that came in, of one moment, and what each format would lose is told before."""

import csv
import io
import json
import re

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.formats import DOCUMENT_FORMATS
from review.formats.guard import Limits
from review.model import SegmentTexts, Status
from review.store.corrections import NewCorrection, append_correction
from review.work.access import find_batch, find_place
from review.work.exporting import export, find_format, formats_for
from review.work.intake import Given
from review.work.reading import read_file
from tests.conftest import Client
from tests.ledger_format import HEADING, Ledger

pytestmark = pytest.mark.slow

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


def tables(client: Client, batch: int, kind: str) -> list[SegmentTexts]:
    """A batch exported as a table and read again."""
    file = Given("table", io.BytesIO(client.export(batch, kind)))
    return list(read_file(file, Limits()).parsed.segments)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
CELL = st.one_of(
    TEXT, st.sampled_from(["=1+1", "a\r", "\r\n", '"', '"a"', "\t", "_x000D_", "\x01", "\ufffe", "’"])
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["tsv", "xlsx"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL.filter(bool)), min_size=1, max_size=3))
def test_a_table_read_back_is_what_was_imported(
    client: Client, kind: str, rows: list[tuple[str, str, str, str]]
) -> None:
    rows.append(("s", "h", "r", "d"))  # no column is empty all through
    segments = [SegmentTexts((h,), s, (r,), d, ("first\nsecond",)) for s, h, r, d in rows]
    records = [
        {"hypothesis": t.hypotheses[0], "source": t.source, "reference": t.references[0]}
        | {"document": t.document, "notes": t.notes}
        for t in segments
    ]
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    batch = int(client.upload(translation=("a.jsonl", data)).location.rsplit("/", 1)[1])
    assert tables(client, batch, kind) == segments


@pytest.mark.fault(14)
def test_row_14_only_csv_for_spreadsheets_is_prefixed(client: Client) -> None:
    texts = ["=1+1", "+358", "-5", "@sum", "\tx", "plain"]
    data = "".join(json.dumps({"hypothesis": text}) + "\n" for text in texts).encode()
    batch = int(client.upload(translation=("a.jsonl", data)).location.rsplit("/", 1)[1])
    csv_rows = list(csv.reader(io.StringIO(client.export(batch, "csv").decode("utf-8-sig"), newline="")))
    assert [row[5] for row in csv_rows[1:]] == ["'=1+1", "'+358", "'-5", "'@sum", "'\tx", "plain"]
    assert losses(client, batch)["csv"] == [
        "5 segments have a first character that begins a formula, which gets an apostrophe before it."
    ]
    for kind in ("tsv", "csv", "xlsx"):
        assert [s.hypotheses[0] for s in tables(client, batch, kind)] == texts, kind
    assert [
        json.loads(line)["hypotheses"]["system"] for line in client.export(batch, "jsonl").splitlines()
    ] == texts


def test_a_text_too_long_for_a_cell_is_told_and_refused(client: Client) -> None:
    batch = client.paste("x" * 40_000)
    assert losses(client, batch)["xlsx"] == [
        "1 segment has more than 32,767 characters, which no cell holds, so that it would be refused."
    ]
    answer = client.get(f"/batches/{batch}/export/xlsx")
    assert answer.status_code == 422
    assert "Row 2: its text is longer than a cell" in answer.get_data(as_text=True)


def test_training_data_holds_what_was_reviewed_with_its_flags(client: Client) -> None:
    batch = client.paste("Borrell met Lavrov. \n\nThen Lavrovin said the the so.\n\nUntouched.")
    client.save(batch, 2, "Then Lavrov said so.")
    client.save(batch, 1, "Borrell met Lavrov.")
    first, second = [json.loads(line) for line in client.export(batch, "training").splitlines()]
    assert (first["segment"], first["status"], first["flags"]) == (1, "confirmed", [])
    assert (second["hypothesis"], second["correction"]) == (
        "Then Lavrovin said the the so.",
        "Then Lavrov said so.",
    )
    assert {flag["text"]: flag["state"] for flag in second["flags"]}.keys() == {"Lavrovin", "the the"}
    assert second["reviewer"] == "Reviewer"
    assert second["time"]


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


@pytest.mark.fault(29)
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
