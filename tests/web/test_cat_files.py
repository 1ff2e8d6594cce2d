"""XLIFF, PO and TMX through the pages: imported, shown with chips, corrected, exported."""

import html
import io
import re

import pytest
from werkzeug.datastructures import FileStorage

from tests.conftest import ROOT, Client

SAMPLES = ROOT / "tests" / "formats" / "samples"
CODE = '<span class="code">{}</span>'


def imported(client: Client, name: str, data: bytes | None = None) -> int:
    answer = client.upload(translation=(name, (SAMPLES / name).read_bytes() if data is None else data))
    return int(answer.location.rsplit("/", 1)[1])


def insertions(client: Client, batch: int, text: str) -> list[tuple[str, str]]:
    answer = client.post(f"/batches/{batch}/segments/1/insert", text=text, system="1")
    found = re.findall(r'value="([^"]*)"[^>]*?(?:data-close="([^"]*)")?>', answer.get_json()["panel"])
    return [(html.unescape(value), close) for value, close in found]


def test_a_file_nobody_reviewed_comes_back_byte_for_byte(client: Client) -> None:
    for name in ("okapi.xlf", "native.xlf", "modules.xlf"):
        assert client.export(imported(client, name)) == (SAMPLES / name).read_bytes()


def test_the_batch_is_named_and_its_languages_are_known_without_codes(client: Client) -> None:
    page = client.page(f"/batches/{imported(client, 'okapi.xlf')}")
    assert "<h1>Open the window</h1>" in page
    assert "Finnish → English" in page


def test_codes_are_chips_in_source_hypothesis_and_behind_the_text(client: Client) -> None:
    batch = imported(client, "okapi.xlf")
    page = client.page(f"/batches/{batch}/segments/1")
    assert page.count(CODE.format("⟦/1⟧")) >= 3
    assert "state: needs-review-translation" in page
    assert f"the {CODE.format('⟦1⟧')}window" in client.page(f"/batches/{batch}")


def test_missing_codes_are_flagged_and_offered_first(client: Client) -> None:
    batch = imported(client, "native.xlf")
    answer = client.post(f"/batches/{batch}/segments/1/check", text="Laura paid ⟦2/⟧ euros.", system="1")
    assert answer.get_data(as_text=True).count("Code missing") >= 2
    assert insertions(client, batch, "Laura paid ⟦2/⟧ euros.")[:2] == [("⟦1⟧", "⟦/1⟧"), ("⟦3/⟧", "")]
    assert insertions(client, batch, "⟦1⟧Laura paid ⟦2/⟧⟦3/⟧")[0] == ("⟦/1⟧", "")
    assert insertions(client, batch, "⟦1⟧Laura⟦/1⟧ ⟦2/⟧⟦3/⟧")[0] == ("–", "")


def test_corrections_states_and_comments_are_in_the_exported_file(client: Client) -> None:
    batch = imported(client, "native.xlf")
    assert client.save(batch, 1, "⟦1⟧Laura⟦/1⟧ has paid ⟦2/⟧ euros⟦3/⟧.").status_code == 303
    client.post(f"/batches/{batch}/segments/2/comments", comment="Which cat?", system="1", token="a" * 32)
    after = client.export(batch).decode()
    new = [
        line.strip()
        for line in after.splitlines()
        if line not in (SAMPLES / "native.xlf").read_text().splitlines()
    ]
    assert [
        re.sub("<(ph|it|bpt|ept).*?</.*?>", "", line) for line in new if line.startswith(("<target", "<note"))
    ] == [
        '<target xml:space="preserve" state="signed-off">Laura has paid  euros.</target>',
        '<note from="Reviewer">Which cat?</note>',
    ]


def test_html_paragraphs_have_no_codes_but_what_somebody_wrote_stays(client: Client) -> None:
    assert client.export(imported(client, "native.xlf"), "html") == b"<p>Laura paid euros.</p>\n"
    written = client.paste("The ⟦1⟧ brackets.")
    assert client.export(written, "html").decode() == "<p>The ⟦1⟧ brackets.</p>\n"


def test_po_and_tmx_are_corrected_too(client: Client) -> None:
    po = '#, fuzzy\nmsgid "ovi"\nmsgstr "door"\n'
    batch = imported(client, "a.po", po.encode())
    client.save(batch, 1, "gate")
    assert client.export(batch).decode() == 'msgid "ovi"\nmsgstr "gate"\n'
    memory = client.export(batch, "tmx")
    assert b"<seg>ovi</seg>" in memory
    batch = imported(client, "a.tmx", memory)
    client.save(batch, 1, "port")
    assert client.export(batch) == memory.replace(b"gate", b"port")


def test_what_xml_cannot_hold_is_refused_in_a_sentence(client: Client) -> None:
    batch = imported(client, "native.xlf")
    client.save(batch, 1, "bell \a")
    page = client.page(f"/batches/{batch}/export")
    assert (
        page.count("1 segment has control characters, which XML cannot hold, so that it would be refused.")
        >= 2
    )
    for format_id in ("text", "tmx"):
        answer = client.get(f"/batches/{batch}/export/{format_id}")
        assert answer.status_code == 422
        assert "U+0007" in answer.get_data(as_text=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["okapi.xlf", "modules.xlf"])
def test_a_damaged_file_is_imported_whole_or_refused_in_a_sentence(client: Client, name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    for part in range(1, 20):
        cut = data[: len(data) * part // 20]
        flipped = bytearray(data)
        flipped[len(data) * part // 20] ^= 1 << part % 8
        for damaged in (cut, bytes(flipped)):
            answer = client.post(
                "/import/files", layout="", translation=FileStorage(io.BytesIO(damaged), name)
            )
            assert answer.status_code in (303, 422)
            if answer.status_code == 303:
                assert client.get(answer.location).status_code == 200
                with client.get(f"{answer.location}/export/text") as exported:
                    assert exported.status_code in (200, 422)
    assert client.page("/batches")
