"""Every format through the page of uploads: whole or damaged, hostile or only misnamed."""

import html
import io
import random
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from review.formats import DOCUMENT_FORMATS, find_document_format
from tests.conftest import Client
from tests.formats.all_samples import EVERY
from tests.web.test_refusals import nothing_imported

pytestmark = pytest.mark.slow


def take(client: Client, data: bytes, name: str) -> tuple[int, str]:
    """Upload a file, and take a table's columns as they are offered; status, and where it leads or what it says."""
    from werkzeug.datastructures import FileStorage

    answer = client.post("/import/files", layout="", translation=FileStorage(io.BytesIO(data), name))
    if answer.status_code == 303 and "/import/table/" in answer.location:
        asked = client.get(answer.location)
        if asked.status_code != 200:
            return asked.status_code, asked.get_data(as_text=True)
        page = asked.get_data(as_text=True)
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
        fields = {key: html.unescape(value) for key, value in hidden}
        selects = re.findall(r'<select name="role".*?</select>', page, re.DOTALL)
        roles = [next(iter(re.findall(r'value="(\w*)" selected', one)), "") for one in selects]
        answer = client.post(answer.location, **fields, role=roles, name=[""] * len(roles))
    told = answer.location if answer.status_code == 303 else answer.get_data(as_text=True)
    return answer.status_code, told


def whole_batches(app: Flask) -> int:
    """How many batches there are; fails where one lacks anything."""
    with app.extensions["tarkka"].engine.connect() as connection:
        query = (
            "SELECT b.segments, (SELECT count(*) FROM segment s WHERE s.batch_id = b.id), "
            "(SELECT count(*) FROM system y WHERE y.batch_id = b.id), (SELECT count(*) FROM hypothesis h "
            "JOIN system y ON h.system_id = y.id WHERE y.batch_id = b.id) FROM batch b"
        )
        rows = connection.execute(text(query)).all()
    for segments, stored, systems, hypotheses in rows:
        assert segments == stored > 0
        assert hypotheses == segments * systems > 0
    return len(rows)


def test_the_samples_are_of_every_document_format() -> None:
    found = {one.id for data in EVERY.values() if (one := find_document_format(data[: 1 << 16]))}
    assert found == set(DOCUMENT_FORMATS)


@pytest.mark.parametrize("kind", EVERY)
def test_a_file_is_found_by_its_content_whatever_its_name(client: Client, app: Flask, kind: str) -> None:
    status, where = take(client, EVERY[kind], "../../etc/passwd.pdf")
    assert status == 303, where
    assert whole_batches(app) == 1
    batch = int(where.rsplit("/", 1)[1])
    with client.get(f"/batches/{batch}/export/text") as answer:
        assert answer.status_code == 200
        assert "/" not in answer.headers["Content-Disposition"]
        if find_document_format(EVERY[kind]):
            assert answer.get_data() == EVERY[kind]


def damaged(data: bytes) -> Iterator[bytes]:
    chance = random.Random(len(data))
    for part in (0.3, 0.6, 0.9, 0.99):
        yield data[: int(len(data) * part)]
    for _ in range(8):
        flipped = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)


@pytest.mark.slow
@pytest.mark.parametrize("kind", EVERY)
def test_a_damaged_file_is_no_500_and_no_half_import(client: Client, app: Flask, kind: str) -> None:
    imported = 0
    for data in damaged(EVERY[kind]):
        status, told = take(client, data, "set.file")
        assert status in (303, 422), told
        imported += status == 303
        assert whole_batches(app) == imported


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def sheet_with(**parts: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(EVERY["xlsx"])) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | {name.replace("__", "/"): content for name, content in parts.items()})


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(
            BOMB + b'<xliff version="1.2">&b;</xliff>', "document type", id="row 12: entities in XLIFF"
        ),
        pytest.param(EXTERNAL + b'<tmx version="1.4">&a;</tmx>', "document type", id="row 12: a file in TMX"),
        pytest.param(b"<xliff>" + b"<g>" * 100_000, "set.docx", id="row 12: a deep file"),
        pytest.param(
            sheet_with(**{"xl__workbook.xml": BOMB + b"<workbook>&b;</workbook>"}),
            "document type",
            id="row 12: XLSX",
        ),
        pytest.param(sheet_with(**{"xl__big.xml": b" " * 2**26}), "unpack to far more", id="row 13: a bomb"),
        pytest.param(sheet_with(**{"..__..__etc": b"x"}), "points outside the file", id="row 13: a way out"),
        pytest.param(
            sheet_with(**{f"xl__{n}": b"" for n in range(10_001)}),
            "more than 10,000 parts",
            id="row 13: parts",
        ),
        pytest.param(b"%PDF-1.7 text", "this seems to be a PDF", id="row 13: a PDF"),
        pytest.param(zipped({"a.txt": b"x"}), "this seems to be a compressed archive", id="row 13: a zip"),
    ],
)
@pytest.mark.fault(12)
@pytest.mark.fault(13)
def test_hostile_files_are_refused_whole(client: Client, app: Flask, data: bytes, sentence: str) -> None:
    status, told = take(client, data, "set.docx")
    assert status == 422
    assert sentence in told
    assert nothing_imported(app)


@pytest.mark.parametrize("name", ["../../../x.txt", "C:\\x\\y.txt", "a\0b.txt", "<b>.txt", "." * 300, "con"])
@pytest.mark.fault(15)
def test_row_15_a_hostile_name_is_only_a_label(
    client: Client, app: Flask, name: str, tmp_path: object
) -> None:
    status, where = take(client, b"One.\n\nTwo.\n", name)
    assert status == 303, where
    assert client.export(int(where.rsplit("/", 1)[1])) == b"One.\n\nTwo.\n"


@pytest.mark.parametrize("kind", ["tsv", "jsonl"])
@pytest.mark.fault(7)
def test_row_7_a_nul_or_half_a_surrogate_is_refused_with_its_place(
    client: Client, app: Flask, kind: str
) -> None:
    bad = EVERY[kind].replace(b"kaksi", b"ka\0ksi" if kind == "tsv" else b"\\ud83d")
    status, told = take(client, bad, "set.file")
    assert status == 422
    assert re.search(r"set\.file, line [23]: (a NUL character|half of a surrogate)|set.file, line 2", told)
    assert nothing_imported(app)
