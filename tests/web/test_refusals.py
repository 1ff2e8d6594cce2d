"""Bad input over the pages: one clear sentence, nothing half-stored, never a 500."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app import create_app
from review.work import staging
from review.work.intake import Given
from tests.conftest import Client
from tests.databases import settings_at
from tests.team import closed_study

pytestmark = pytest.mark.slow

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1)'


def stored(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database."""
    with app.extensions["tarkka"].engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {
            name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]
            for name in sorted(names)
        }


def nothing_imported(app: Flask) -> bool:
    return not any(stored(app)[table] for table in ("batch", "system", "segment", "hypothesis"))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"translation": b""}, "nothing to import"),
        ({"translation": b" \n \n\t\n"}, "nothing to import"),
        ({"translation": b"a\nb\n", "source": b"a\n"}, "translation.txt has 2 lines, source.txt has 1"),
        (
            {"translation": b"a\n", "reference": b"a\nb\nc\n"},
            "translation.txt has 1 line, reference.txt has 3",
        ),
        ({"translation": [("x.en", b"a\nb\n"), ("y.en", b"a\n")]}, "x.en has 2 lines, y.en has 1"),
        ({"translation": [("x.en", b"a\n"), ("x.en", b"b\n")]}, "Two systems are named “x”"),
        ({"translation": b"a\nnul \0 here\n"}, "line 2: a NUL character"),
        ({"translation": b'{"hypothesis": "\\ud800"}\n'}, "half of a surrogate pair"),
        ({"translation": b'{"hypothesis": "a"}\n{"hypothesis": '}, "line 2: this is not JSON"),
        ({"translation": b"x" * 102_401}, "line 1: the segment is longer than 100 kB"),
    ],
)
@pytest.mark.fault(1)
def test_an_upload_that_cannot_be_used_is_refused_whole(
    client: Client, app: Flask, files: dict[str, bytes], sentence: str
) -> None:
    answer = client.upload(status=422, **files)
    assert sentence in answer.get_data(as_text=True)
    assert nothing_imported(app)


@pytest.mark.fault(2)
def test_an_empty_paste_is_refused(client: Client, app: Flask) -> None:
    answer = client.post("/import/paste", text=" \n ")
    assert answer.status_code == 422
    assert "paste a translation" in answer.get_data(as_text=True)
    assert nothing_imported(app)


def test_a_pasted_source_with_another_number_of_paragraphs_is_paired_by_hand(
    client: Client, app: Flask
) -> None:
    english = "The first paragraph is here.\n\nThe second is a longer one.\n\nIt goes on.\n\nThird."
    finnish = "Ensimmäinen kappale on tässä.\n\nToinen on pidempi. Se jatkuu.\n\nKolmas."
    answer = client.post("/import/paste", text=english, source=finnish, title="Pairs")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "The translation has 4 paragraphs, the source 3" in page
    assert nothing_imported(app)
    assert re.search(r'class="diverges".*?<th>2</th>', page, re.DOTALL)
    edit = re.search(r'name="edit" value="(split:source:1:\d+)"', page)
    assert edit
    assert 'value="join:text:1"' in page
    page = client.post(
        "/import/paste", text=english, source=finnish, title="Pairs", edit=edit.group(1)
    ).get_data(True)
    assert "Both have 4 paragraphs now" in page
    texts = re.findall(r'<textarea name="(?:text|source)"[^>]*>\n([^<]*)</textarea>', page)
    batch = client.paste(texts[0], source=texts[1], title="Pairs")
    assert "Se jatkuu." in client.page(f"/batches/{batch}/segments/3")


@pytest.mark.fault(8)
def test_an_unknown_encoding_is_offered_with_a_preview(client: Client, app: Flask) -> None:
    data = "Ensimmäinen rivi.\n\n“Käännös”, hän sanoi.\n".encode("windows-1252")
    answer = client.upload(status=422, translation=("a.txt", data))
    page = answer.get_data(as_text=True)
    assert "a.txt, line 1: these bytes are not utf-8" in page
    assert "Ensimmäinen rivi." in page
    assert nothing_imported(app)
    staged = re.search(r'name="staged" value="([0-9a-f]{32})"', page)
    assert staged
    answer = client.post("/import/encoding", staged=staged.group(1), encoding="windows-1252")
    assert client.export(int(answer.location.rsplit("/", 1)[1])) == data
    again = client.post("/import/encoding", staged=staged.group(1), encoding="windows-1252")
    assert again.status_code == 404


@pytest.mark.fault(11)
def test_markup_is_inert_everywhere(client: Client) -> None:
    answer = client.upload(
        translation=[(f"{SCRIPT}.en", f"{SCRIPT}\n".encode()), ("other.en", b"Other\n")],
        source=("s", f"{SCRIPT}\n".encode()),
        reference=("r", f"{SCRIPT} more\n".encode()),
    )
    batch = int(answer.location.rsplit("/", 1)[1])
    client.save(batch, 1, SCRIPT + " corrected", comment=SCRIPT)
    pages = [
        "/",
        "/batches",
        f"/batches/{batch}",
        f"/batches/{batch}?q={SCRIPT}",
        f"/batches/{batch}?check={SCRIPT}",
    ]
    pages += [
        f"/batches/{batch}/segments/1",
        f"/batches/{batch}/segments/1/history",
        f"/batches/{batch}/segments/1/second-review",
        f"/batches/{batch}/progress-page",
        f"/batches/{batch}/studies",
        "/sign-in?to=javascript:alert(1)",
    ]
    for path in pages:
        page = client.page(path)
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert 'href="javascript:' not in page, path
        assert 'value="javascript:' not in page, path
    check = client.post(f"/batches/{batch}/segments/1/check", text=SCRIPT, system="1")
    assert "<img src" not in str(check.json)


@pytest.mark.fault(11)
def test_every_answer_carries_a_strict_policy(client: Client) -> None:
    for path in ("/", "/batches", "/static/tarkka.css", "/no/such/page"):
        with client.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.slow
@pytest.mark.fault(11)
def test_no_page_has_inline_script_or_style(client: Client, demo: int) -> None:
    for path in (
        "/",
        "/batches",
        f"/batches/{demo}",
        f"/batches/{demo}/segments/4",
        f"/batches/{demo}/segments/4/history",
        f"/batches/{demo}/segments/4/second-review",
        f"/batches/{demo}/progress-page",
        f"/batches/{demo}/studies",
        f"/batches/{demo}/dismissals?check=number-mismatch",
        "/checks",
        "/checks/name-ending",
    ):
        page = client.page(path)
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|<style| style=| on[a-z]+=", page), path


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://elsewhere.example",
        "http://localhost:9",
        "http://[bad",
        "\x7f",
        "https://localhost",
    ],
)
@pytest.mark.fault(17)
def test_a_change_from_elsewhere_is_refused(client: Client, app: Flask, origin: str | None) -> None:
    assert client.post("/import/paste", origin=origin, text="Hello.").status_code == 403
    assert nothing_imported(app)


@pytest.mark.fault(17)
def test_a_change_without_the_forms_token_is_refused(client: Client, app: Flask) -> None:
    answer = client.inner.post(
        "/import/paste", data={"text": "Hello."}, headers={"Origin": "http://localhost"}
    )
    assert answer.status_code == 400
    assert nothing_imported(app)


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost:80:80", "", "\x7f"])
@pytest.mark.fault(17)
def test_another_host_is_refused(client: Client, host: str) -> None:
    assert client.inner.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # werkzeug's test client's own file
@pytest.mark.fault(16)
def test_too_large_a_field_gets_a_413_page(client: Client, app: Flask) -> None:
    answer = client.post("/import/paste", text="x" * 1_100_000)
    assert answer.status_code == 413
    assert "1,024 kB for text in a form" in answer.get_data(as_text=True)
    assert nothing_imported(app)


@pytest.mark.fault(16)
def test_too_large_an_upload_gets_a_413_page(tmp_path, client: Client) -> None:  # type: ignore[no-untyped-def]
    small = create_app(settings_at(tmp_path / "small", queue_url="immediate:", max_upload=50_000))
    answer = Client(small.test_client()).upload(status=413, translation=b"x\n" * 40_000)
    assert "0 MB for an upload" in answer.get_data(as_text=True)


@pytest.mark.fault(16)
def test_too_large_a_correction_is_refused_and_the_old_text_stays(client: Client) -> None:
    batch = client.paste("One.")
    answer = client.save(batch, 1, "x" * 110_000)
    assert answer.status_code == 422
    assert client.export(batch) == b"One.\n"


@pytest.mark.parametrize("bad", ["\0", "a\ud800"])
@pytest.mark.fault(7)
def test_a_correction_with_what_no_text_has_is_refused(client: Client, bad: str) -> None:
    batch = client.paste("One.")
    token = re.search(r'csrf-token" content="([^"]+)"', client.page("/"))
    assert token
    body = io.BytesIO()
    for name, value in {"csrf_token": token.group(1), "text": bad, "version": "0", "system": "1"}.items():
        body.write(f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode())
        body.write(value.encode("utf-8", "surrogatepass") + b"\r\n")
    body.write(b"--x--\r\n")
    answer = client.inner.post(
        f"/batches/{batch}/segments/1",
        data=body.getvalue(),
        headers={"Origin": "http://localhost"},
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code in (303, 422)
    assert "\0" not in client.export(batch).decode("utf-8")


NAMES = [
    "batch_id",
    "number",
    "flag_id",
    "format_id",
    "filename",
    "kind",
    "check_id",
    "study_id",
    "mark",
    "token",
]
PLACES = {
    "number": "1",
    "flag_id": "1",
    "format_id": "tsv",
    "filename": "tarkka.css",
    "kind": "csv",
    "check_id": "name-ending",
    "study_id": "1",
    "job_id": "1",
    "mark": "1",
    "account_id": "1",
    "token": "0" * 32,
}
ODD = ["0", "999999", "99999999999999999999", "x", "%00", "..%2f..%2fetc%2fpasswd"]


def kept_table(app: Flask) -> None:
    """A table that is kept under the token of these tests, for the pages that ask about it."""
    folder = staging.folder_of(app.extensions["tarkka"].settings)
    token = staging.stage(folder, [("translation", Given("a.tsv", io.BytesIO(b"source\ttarget\na\tb\n")))])
    (folder / token).rename(folder / PLACES["token"])
    staging.note(folder, PLACES["token"], "upload", {"reviewer_id": 1})
    staging.note(folder, PLACES["token"], "state", {"state": "cancelled"})


@pytest.mark.slow
@pytest.mark.fault(18)
def test_no_get_changes_anything(client: Client, app: Flask, demo: int) -> None:
    closed_study(app, demo)
    kept_table(app)
    before = stored(app)
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        good = {**PLACES, "batch_id": demo}
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda m, good=good: str(good[m.group(1)]), rule.rule)
        for query in (
            "?variant=a&right=b",
            "?variant=a&right=b&system=2&show=flagged&done=1&accept=1:0&kind=dismissed&flag=1&restore=0",
            "?variant=a&right=b&check=number-mismatch&step=1&confidence=0&muted=1&to=/",
        ):
            with client.get(address + query) as answer:
                # The API takes nothing that it does not know.
                expected = (200, 422) if address.startswith("/api/") else (200, 302)
                assert answer.status_code in expected, address
        if address.startswith("/api/"):
            with client.get(address) as answer:
                assert answer.status_code == 200, address
    assert stored(app) == before


@pytest.mark.slow
@pytest.mark.parametrize("odd", ODD)
def test_no_odd_address_is_a_500(client: Client, app: Flask, demo: int, odd: str) -> None:
    closed_study(app, demo)
    for rule in app.url_map.iter_rules():
        for name in NAMES:
            if f"{name}>" not in rule.rule:
                continue
            good = {**PLACES, "batch_id": str(demo), name: odd}
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda m, good=good: good[m.group(1)], rule.rule)
            with client.get(address) as answer:
                assert answer.status_code < 500, address
            if "POST" in (rule.methods or ()):
                fields = {"text": "x", "version": odd, "system": odd, "flag": odd, "step": odd, "check": odd}
                answer = client.post(address, **fields, confidence=odd, to=odd)
                assert answer.status_code < 500, address


@pytest.mark.slow
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "field",
    [
        "version",
        "system",
        "accept",
        "dismiss",
        "reopen",
        "seconds",
        "accepted",
        "restore",
        "flag",
        "kind",
        "scope",
        "view",
        "then",
    ],
)
def test_no_odd_field_is_a_500(client: Client, demo: int, field: str, odd: str) -> None:
    fields = {"text": "x", "version": "0", "system": "1", field: odd}
    for path in ("", "/check", "/decide", "/restore"):
        assert client.post(f"/batches/{demo}/segments/1{path}", **fields).status_code < 500


@pytest.mark.slow
@pytest.mark.fault(7)
def test_a_nul_in_any_field_is_refused_by_its_name(client: Client, demo: int) -> None:
    told = client.get(f"/batches/{demo}/replace?find=x%00").get_data(as_text=True)
    assert "“find”: a NUL character stands there" in told
    answer = client.save(demo, 1, "Text\0.")
    assert answer.status_code == 422
    assert "“text”: a NUL character" in answer.get_data(as_text=True)


def test_no_odd_query_is_a_500(client: Client, demo: int) -> None:
    for name in ("system", "from", "show", "check", "severity", "q", "before", "step"):
        for odd in ODD:
            for path in (
                "/batches",
                f"/batches/{demo}",
                f"/batches/{demo}/segments/1",
                f"/batches/{demo}/dismissals",
            ):
                assert client.get(f"{path}?{name}={odd}").status_code < 500, (path, name, odd)


@pytest.mark.fault(10)
def test_invisible_characters_are_shown(client: Client) -> None:
    batch = client.paste("Bidi \u202e here, joiner \u2066 there, and 👩‍🔬 stays.")
    page = client.page(f"/batches/{batch}")
    assert 'data-name="RLO"' in page
    assert 'data-name="LRI"' in page
    assert "👩‍🔬" in page


def test_an_address_to_go_to_leads_nowhere_else(tmp_path) -> None:  # type: ignore[no-untyped-def]
    app = create_app(settings_at(tmp_path, queue_url="immediate:", reviewers=("Aino", "Eero")))
    inner = app.test_client()
    page = inner.get("/sign-in").get_data(as_text=True)
    token = re.search(r'csrf-token" content="([^"]+)"', page)
    assert token
    for to in (
        "//elsewhere.example",
        "https://elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
    ):
        fields = {"csrf_token": token.group(1), "name": "Aino", "to": to}
        answer = inner.post("/sign-in", data=fields, headers={"Origin": "http://localhost"})
        assert answer.location == "/"
