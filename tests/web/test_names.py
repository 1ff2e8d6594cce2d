"""The names page: what stands where, one form everywhere and back again, decisions kept for later batches."""

import io
import re

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from review.errors import BadInput
from review.formats.name_lists import read_names, write_csv, write_tbx
from tests.conftest import Client

TEXT = "Anna Korhonen met Borrell.\n\nKorhosen met Borrell again.\n\nBorrellin plan failed.\n\nThe end came; Borrellin said so."


def marks(client: Client, batch: int) -> list[str]:
    return re.findall(r"<mark[^>]*>([^<]+)</mark>", client.page(f"/batches/{batch}"))


def change(client: Client, batch: int, variant: str, right: str, *segments: int) -> str:
    answer = client.post(
        f"/batches/{batch}/names/change",
        variant=variant,
        right=right,
        segment=list(map(str, segments)),
        system="1",
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def test_names_are_listed_with_their_variants_and_the_form_proposed(client: Client) -> None:
    batch = client.paste(TEXT)
    page = client.page(f"/batches/{batch}/names")
    assert re.search(r"<strong>Borrell</strong>.*?<td class=\"n\">4</td>", page, re.DOTALL)
    assert "<del>Borrellin</del>" in page
    assert "Anna Korhonen" in page
    assert "<strong>The</strong>" not in page


def test_a_form_is_put_everywhere_as_each_place_needs_it_and_taken_back_by_one_undo(client: Client) -> None:
    batch = client.paste(TEXT)
    preview = client.page(f"/batches/{batch}/names/change?variant=Borrellin&right=Borrell")
    assert "Correct in 2 segments" in preview
    address = change(client, batch, "Borrellin", "Borrell", 3, 4)
    exported = client.export(batch).decode()
    assert "Borrell’s plan failed." in exported
    assert "Borrell said so." in exported
    page = client.page(address)
    assert "in 2 segments" in page
    step = re.search(r'name="step" value="(\d+)"', page)
    assert step
    client.post(f"/batches/{batch}/names/undo", step=step.group(1), system="1")
    assert client.export(batch).decode() == TEXT + "\n"
    assert "Nothing has been decided yet" in client.page(f"/batches/{batch}/names")
    assert "Borrellin" in marks(client, batch)


def test_what_a_person_has_corrected_is_never_overwritten(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 3, "Borrellin plan, mended by hand, failed.")
    assert "left alone" in client.page(f"/batches/{batch}/names/change?variant=Borrellin&right=Borrell")
    change(client, batch, "Borrellin", "Borrell", 3, 4)
    exported = client.export(batch).decode()
    assert "Borrellin plan, mended by hand" in exported
    assert "Borrell said so" in exported


def test_an_undo_leaves_what_somebody_has_corrected_since(client: Client) -> None:
    batch = client.paste(TEXT)
    address = change(client, batch, "Borrellin", "Borrell", 3, 4)
    client.save(batch, 4, "The end came, said Borrell.", version=1)
    step = re.search(r'name="step" value="(\d+)"', client.page(address))
    assert step
    client.post(f"/batches/{batch}/names/undo", step=step.group(1), system="1")
    exported = client.export(batch).decode()
    assert "Borrellin plan failed." in exported
    assert "The end came, said Borrell." in exported


def test_a_name_that_is_right_is_flagged_no_more_here_and_in_later_batches(client: Client) -> None:
    batch = client.paste(TEXT)
    assert marks(client, batch).count("Borrellin") == 2
    client.post(f"/batches/{batch}/names/keep", variant="Borrellin", system="1")
    assert "Borrellin" not in marks(client, batch)
    assert "Borrellin" not in marks(client, client.paste(TEXT + "\n\nLater."))
    client.post(f"/batches/{batch}/names/forget", variant="Borrellin", system="1")
    assert marks(client, batch).count("Borrellin") == 2


def test_a_correction_teaches_the_list_and_is_offered_elsewhere_at_once(client: Client) -> None:
    batch = client.paste("Zubarenkova came.\n\nThen Zubarenkova left.\n\nZubarenkova slept.")
    answer = client.save(batch, 1, "Zubarenkov came.")
    page = client.page(answer.location)
    assert "has learned “Zubarenkova” → “Zubarenkov”" in page
    assert "It stands in 2 more unreviewed segments" in page
    assert marks(client, batch) == ["Zubarenkova", "Zubarenkova"]
    assert "correction, Reviewer" in client.page(f"/batches/{batch}/names")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The Russian plan.", "The Russia plan."),
        ("The plan.", "This plan."),
        ("He met Anna.", "He met Zoltan."),
    ],
)
def test_ordinary_editing_teaches_nothing(client: Client, old: str, new: str) -> None:
    batch = client.paste(old)
    client.save(batch, 1, new)
    assert "Nothing has been decided yet" in client.page(f"/batches/{batch}/names")


def test_the_list_goes_out_and_comes_in_as_csv_and_tbx(client: Client, app: Flask) -> None:
    batch = client.paste(TEXT)
    listed = FileStorage(io.BytesIO(b"variant,right\nZaharova,Zakharova\nMalmin,\n"), "names.csv")
    assert client.post(f"/batches/{batch}/names/import", list=listed, system="1").status_code == 303
    csv = client.get("/names.csv").get_data()
    assert csv == b"variant,right\nMalmin,\nZaharova,Zakharova\n"
    tbx = client.get("/names.tbx").get_data()
    assert sorted(read_names(tbx, "x")) == [("Malmin", None), ("Zaharova", "Zakharova")]
    assert marks(client, client.paste("Zaharova came."))[0] == "Zaharova"
    assert client.get("/names.exe").status_code == 404


PAIRS = [
    ("Zaharova", "Zakharova"),
    ("Zaharovan", "Zakharova"),
    ("Malmin", None),
    ("=A1", "@b"),
    ('Quo"te', "Com,ma"),
]


@pytest.mark.parametrize("write", [write_csv, lambda pairs: write_tbx(pairs, "en")])
def test_a_list_is_read_as_it_was_written(write) -> None:  # type: ignore[no-untyped-def]
    assert sorted(read_names(write(PAIRS), "list"), key=str) == sorted(PAIRS, key=str)


@pytest.mark.fault(14)
def test_a_cell_that_a_spreadsheet_would_run_is_inert() -> None:
    assert b"'=A1" in write_csv(PAIRS)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a,b\n1,2\n", "line 1: a header with"),
        (b"variant,right\nx\n", "line 2: 1 cells under a header of 2"),
        (b'variant,right\n"x,y\n', "line 2: this is not CSV"),
        (b"variant,right\n,y\n", "line 2: the variant is empty"),
        (b"<tbx><text/></tbx>", "no term in this TBX"),
        (b"<tbx><text></tbx>", "line 1: this is not XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><tbx>&a;</tbx>', "line 1: XML with a DTD"),
        (b"<a>" * 100_000, "nested too deeply"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_its_line(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_names(data, "list")
