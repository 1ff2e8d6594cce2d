"""Word and HTML articles through the pages: in, corrected, out again; tracked changes and the report."""

import io
import re
from pathlib import Path

import pytest
from docx import Document
from flask import Flask

from review.work.access import find_batch, find_place
from review.work.exporting import find_format, formats_for
from tests.conftest import Client

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[1] / "formats" / "samples"
LIBRE = (SAMPLES / "libreoffice.docx").read_bytes()
PAGE = b"""<!DOCTYPE html><html lang="en"><title>Harbour</title>
<p>The <b>new  quay</b> is open.</p><p>Said by Lehtos.</p></html>"""


def imported(client: Client, name: str, data: bytes) -> int:
    return int(client.upload(translation=(name, data)).location.rsplit("/", 1)[1])


def test_a_word_document_goes_out_as_it_came_and_then_with_its_corrections(client: Client) -> None:
    batch = imported(client, "no-suffix", LIBRE)
    assert client.export(batch) == LIBRE
    client.save(batch, 2, "The new berth of Vuorisalmi is almost ready, and the work cost only four million.")
    made = Document(io.BytesIO(client.export(batch)))
    assert [run.text for run in made.paragraphs[1].runs if run.bold] == ["new berth"]


def test_its_corrections_can_be_tracked_and_talked_about(client: Client) -> None:
    batch = imported(client, "harbour.docx", LIBRE)
    client.save(batch, 1, "The harbour opens in May", comment="Sure?")
    with client.get(f"/batches/{batch}/export/docx-changes") as answer:
        assert answer.headers["Content-Disposition"].endswith(".changes.docx")
        made = Document(io.BytesIO(answer.get_data()))
    assert 'w:author="Reviewer"' in made.element.xml
    assert ("Reviewer", "Sure?") in [(c.author, c.text) for c in made.comments]


def test_a_word_document_is_offered_once(client: Client, app: Flask) -> None:
    found = find_batch(app.extensions["tarkka"].engine, imported(client, "a.docx", LIBRE))
    assert "docx" not in [one.id for one in formats_for(found)]
    assert find_format("docx", found).suffix == ".docx"


def test_any_batch_makes_a_word_document(client: Client, demo: int) -> None:
    client.save(demo, 2, "Something else.")
    paragraphs = Document(io.BytesIO(client.export(demo, "docx"))).paragraphs
    assert len(paragraphs) == 24
    assert paragraphs[1].text == "Something else."
    tracked = Document(io.BytesIO(client.export(demo, "docx-changes")))
    assert "<w:t>Something</w:t>" in tracked.element.xml
    assert len(list(tracked.comments)) > 10  # the open flags


def test_an_article_in_html_goes_out_with_only_corrected_words_changed(client: Client) -> None:
    batch = imported(client, "sivu", PAGE)
    assert client.export(batch) == PAGE
    client.save(batch, 2, "The ⟦1⟧new quay⟦/1⟧ is closed.")
    assert client.export(batch) == PAGE.replace(b"open", b"closed")
    paragraphs = Document(io.BytesIO(client.export(batch, "docx"))).paragraphs
    assert paragraphs[1].text == "The new quay is closed."


def test_a_tag_that_would_be_lost_is_flagged(client: Client) -> None:
    batch = imported(client, "sivu", PAGE)
    client.save(batch, 2, "The ⟦1⟧new quay is open.")
    assert "⟦/1⟧ of the machine’s text is missing." in client.page(f"/batches/{batch}/segments/2")


LAHDE = """<title>Satama</title><p>Uusi <b>laituri</b> on auki.</p><p>Sanoo Lehto.</p>"""


@pytest.mark.parametrize("layout", ["", "article", "lines"])
@pytest.mark.parametrize(
    ("source", "second"),
    [(LAHDE, "Uusi ⟦1⟧laituri⟦/1⟧ on auki."), ("Satama\n\nUusi on auki.\n\nSanoo Lehto.\n", "Uusi on auki.")],
)
def test_a_document_stays_one_with_its_source_beside_it(
    client: Client, app: Flask, layout: str, source: str, second: str
) -> None:
    files = {"translation": ("en.html", PAGE), "source": ("fi.html", source.encode())}
    batch = int(client.upload(layout=layout, **files).location.rsplit("/", 1)[1])
    segment = find_place(app.extensions["tarkka"].engine, batch, 1, 2).segment
    assert (segment.source, segment.text) == (second, "The ⟦1⟧new quay⟦/1⟧ is open.")
    client.save(batch, 3, "Said by Lehto.")
    assert client.export(batch) == PAGE.replace(b"Lehtos", b"Lehto")


def test_a_source_that_does_not_go_with_a_document_is_refused(client: Client) -> None:
    answer = client.upload(status=422, translation=("en.docx", LIBRE), source=("fi.html", PAGE))
    assert "en.docx has 12 segments, fi.html has 3: both must have" in answer.get_data(as_text=True)


HOSTILE = "<script>alert(1)</script> \" onmouseover='x' {{ 7*7 }} &amp; \u202e"


@pytest.mark.parametrize("format_id", ["html-changes", "report"])
def test_pages_of_their_own_hold_no_script_and_reach_nowhere(client: Client, format_id: str) -> None:
    batch = client.paste(f"{HOSTILE}\n\nThe teh end.", title=HOSTILE)
    client.save(batch, 1, f"{HOSTILE}\nmore", comment=HOSTILE)
    page = client.export(batch, format_id).decode()
    assert not re.search(r"<script|<link|<img|src=|url\(|http", page.replace("http-equiv", ""))
    assert "&lt;script&gt;" in page
    assert "49" not in page.partition("</style>")[2]
    assert "\u202e" not in page.partition("<body>")[2]


def test_tracked_changes_tell_who_changed_what_and_why_the_rest_is_flagged(client: Client, demo: int) -> None:
    client.save(demo, 1, "A new beginning.", comment="All of it.")
    page = client.export(demo, "html-changes").decode()
    first = page[page.index('aria-label="Segment 1"') : page.index('aria-label="Segment 2"')]
    assert "<ins>A new beginning</ins>" in first
    assert "<del>" in first
    assert re.search(r"Edited by Reviewer, \d+ \w+ \d{4}, \d\d:\d\d UTC", first)
    assert "Reviewer: All of it." in first
    assert 'lang="fi"' in first
    assert page.count('class="segment"') == 24
    assert "Suggested: " in page


def test_a_report_sums_up_a_batch(client: Client, demo: int) -> None:
    client.save(demo, 1, "A new beginning.")
    client.save(demo, 3, "Another.")
    page = client.export(demo, "report").decode()
    assert "2 of 24 segments reviewed: 2 changed (dark), 0 confirmed as right (light)." in page
    for heading in ("Scores", "Open flags by kind", "Most to gain", "Most changed segments", "Corrections"):
        assert re.search(rf"<h2>{heading}", page), heading
    assert re.search(r"<th scope=\"row\">north\+corrected</th><td class=\"n\">\d+\.\d</td>", page)
    assert "BLEU nrefs:1|" in page
    assert "Foreign ending on a name" in page
    other = client.export(demo, "report", system=2).decode()
    assert "0 of 24 segments reviewed" in other
    assert "Most changed segments" not in other


def test_a_report_of_texts_alone_says_what_there_is_not(client: Client) -> None:
    page = client.export(client.paste("Fine."), "report").decode()
    assert "There is no reference to score against." in page
    assert "No flag is open." in page


def test_the_batch_page_leads_to_them(client: Client, demo: int) -> None:
    page = client.page(f"/batches/{demo}?system=2")
    assert f"/batches/{demo}/export/report?system=2" in page
    assert f"/batches/{demo}/export/html-changes?system=2" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (LIBRE[:-100], "damaged or no zipped document"),
        (LIBRE[:3000] + bytes(50) + LIBRE[3050:], "damaged"),
        (b"%PDF-1.7 renamed", "this seems to be a PDF"),
    ],
)
def test_damaged_documents_are_refused_and_leave_nothing(client: Client, data: bytes, sentence: str) -> None:
    answer = client.upload(status=422, translation=("a.docx", data))
    assert sentence in answer.get_data(as_text=True)
    assert 'href="/batches/1"' not in client.page("/batches")
