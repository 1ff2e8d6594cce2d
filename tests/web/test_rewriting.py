"""Suggested rewrites, asked of a real server on this machine: off by default, bounded, nothing stored unasked."""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app import create_app
from review.errors import BadInput, NoAnswer
from review.settings import Settings
from review.work.access import find_place
from review.work.rewriting import propose
from tests.conftest import Client
from tests.rewriting_service import Service, running_service
from tests.web.test_refusals import ODD, stored

pytestmark = pytest.mark.slow

TEXT, SOURCE = "The trip was already headwind.", "Matka oli jo vastatuulessa."
REWRITE = "The trip had already met <b>headwinds</b>."


@pytest.fixture
def service() -> Iterator[Service]:
    with running_service() as service:
        service.says(f"\n{REWRITE}\n")
        yield service


@pytest.fixture
def configured(settings: Settings, service: Service) -> Settings:
    return replace(settings, rewrite_url=service.address, rewrite_model="small", rewrite_key="s3cret")


@pytest.fixture
def offering(configured: Settings) -> Iterator[Client]:
    """A browser at a server with a rewriting service."""
    app = create_app(configured)
    yield Client(app.test_client())
    app.extensions["tarkka"].engine.dispose()


def ask(client: Client, batch: int, text: str = TEXT, **fields: str) -> Any:
    path = f"/batches/{batch}/segments/1/rewrite"
    return client.post(path, text=text, version="0", system="1", **fields)


def typed_in(page: str) -> str:
    area = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert area
    return area.group(1)


def test_off_by_default(client: Client) -> None:
    batch = client.paste(TEXT, source=SOURCE)
    assert "rewrite" not in client.page(f"/batches/{batch}/segments/1").lower()
    assert ask(client, batch).status_code == 404
    assert client.post(f"/batches/{batch}/segments/1/rewrite/use", use="x").status_code == 404


def test_the_page_says_what_is_sent_where(offering: Client, service: Service) -> None:
    batch = offering.paste(TEXT, source=SOURCE)
    page = offering.page(f"/batches/{batch}/segments/1")
    assert "Suggest a rewrite" in page
    assert f"Sends this segment’s source and text to {service.host}." in page
    alone = offering.paste(TEXT)
    assert f"Sends this segment’s text to {service.host}." in offering.page(f"/batches/{alone}/segments/1")
    assert service.asked == []


def test_a_rewrite_is_proposed_with_its_difference_and_nothing_typed_is_lost(
    offering: Client, service: Service
) -> None:
    batch = offering.paste(TEXT, source=SOURCE)
    before = stored(offering.inner.application)
    answer = ask(offering, batch, "The trip was headwind, I typed.", q="trip")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert typed_in(page) == "The trip was headwind, I typed."
    assert "<del>was headwind, I typed</del>" in page
    assert 'value="The trip had already met &lt;b&gt;headwinds&lt;/b&gt;."' in page
    assert "<b>headwinds" not in page
    assert '<input type="hidden" name="q" value="trip">' in page
    assert stored(offering.inner.application) == before


def test_only_what_the_notice_says_is_sent(offering: Client, service: Service) -> None:
    batch = offering.paste(f"{TEXT}\n\nAnother one.", source=f"{SOURCE}\n\nToinen.", title="Secret title")
    ask(offering, batch, "As typed.")
    path, headers, body = service.asked[0]
    asked = json.loads(body)
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer s3cret"
    assert asked["model"] == "small"
    assert asked["messages"][1]["content"] == f"Source:\n{SOURCE}\n\nTranslation:\nAs typed."
    assert not {"Another", "Toinen", "Secret"} & set(re.findall(r"\w+", body.decode()))
    assert len(service.asked) == 1


def test_a_proposal_is_put_into_the_text_without_a_script_and_saved_only_then(offering: Client) -> None:
    batch = offering.paste(TEXT)
    path = f"/batches/{batch}/segments/1"
    answer = offering.post(f"{path}/rewrite/use", use=REWRITE, text=TEXT, version="0", system="1")
    assert typed_in(answer.get_data(as_text=True)) == "The trip had already met &lt;b&gt;headwinds&lt;/b&gt;."
    assert offering.export(batch) == f"{TEXT}\n".encode()
    offering.save(batch, 1, REWRITE)
    assert offering.export(batch) == f"{REWRITE}\n".encode()


def test_a_text_saved_meanwhile_is_still_a_conflict_after_a_proposal(offering: Client) -> None:
    batch = offering.paste(TEXT)
    offering.save(batch, 1, "Somebody else's.")
    page = ask(offering, batch, "Mine.").get_data(as_text=True)
    assert typed_in(page) == "Mine."
    assert '<input type="hidden" name="version" value="0">' in page
    assert offering.save(batch, 1, "Mine.").status_code == 409


def test_the_pages_script_gets_the_proposal_alone(offering: Client, service: Service) -> None:
    batch = offering.paste(TEXT)
    token = re.search(r'csrf-token" content="([^"]+)"', offering.page("/"))
    assert token
    headers = {"Origin": "http://localhost", "Accept": "application/json", "X-CSRFToken": token.group(1)}
    path, fields = f"/batches/{batch}/segments/1/rewrite", {"text": TEXT, "system": "1"}
    good = offering.inner.post(path, data=fields, headers=headers)
    assert good.json
    assert list(good.json) == ["proposal"]
    assert "Put it into the text" in good.json["proposal"]
    service.status = 500
    bad = offering.inner.post(path, data=fields, headers=headers)
    assert bad.status_code == 503
    assert bad.json
    assert "answered with status 500" in bad.json["error"]
    del headers["X-CSRFToken"]
    assert offering.inner.post(path, data=fields, headers=headers).status_code == 400
    assert len(service.asked) == 2


UNREADABLE = "gave an answer that cannot be read"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<html>Not JSON</html>", UNREADABLE),
        (b"", UNREADABLE),
        (b"\xff\xfe", UNREADABLE),
        (b"[" * 60_000, UNREADABLE),
        (b"[]", UNREADABLE),
        (b'{"choices": []}', UNREADABLE),
        (b'{"choices": [{"message": {"content": null}}]}', UNREADABLE),
        (b'{"choices": [{"message": {"content": "half \\ud800"}}]}', UNREADABLE),
        (b'{"choices": [{"message": {"content": "nul \\u0000"}}]}', UNREADABLE),
        (b'{"choices": [{"message": {"content": " "}}]}', "gave an empty answer"),
        (b" " * 70_000, "gave an answer longer than 64 kB"),
    ],
)
def test_an_answer_that_cannot_be_used_is_one_sentence_beside_the_text(
    offering: Client, service: Service, body: bytes, sentence: str
) -> None:
    service.body = body
    answer = ask(offering, offering.paste(TEXT), "Typed.")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert f"The rewriting service at {service.host} {sentence}; your text is as it was." in page
    assert typed_in(page) == "Typed."


@pytest.mark.slow
@pytest.mark.parametrize("status", [301, 302, 307, 308, 401, 404, 429, 500])
def test_an_error_or_a_redirect_is_told_and_not_followed(
    offering: Client, service: Service, status: int
) -> None:
    service.status, service.location = status, f"{service.address}/elsewhere"
    answer = ask(offering, offering.paste(TEXT))
    assert answer.status_code == 503
    assert f"{service.host} answered with status {status};" in answer.get_data(as_text=True)
    assert len(service.asked) == 1


def test_a_service_that_is_slow_is_waited_for_only_so_long(
    offering: Client, configured: Settings, service: Service
) -> None:
    service.silent = True
    batch = offering.paste(TEXT)
    place = find_place(offering.inner.application.extensions["tarkka"].engine, batch, 1, 1)
    with pytest.raises(NoAnswer, match="did not answer in time"):
        propose(configured, place, TEXT, patience=0.2)


def test_a_service_that_is_not_there_is_told(settings: Settings) -> None:
    app = create_app(replace(settings, rewrite_url="http://127.0.0.1:9/v1"))
    client = Client(app.test_client())
    answer = ask(client, client.paste(TEXT))
    assert answer.status_code == 503
    assert "The rewriting service at 127.0.0.1:9 did not answer;" in answer.get_data(as_text=True)
    app.extensions["tarkka"].engine.dispose()


def test_neither_text_nor_key_is_logged(
    offering: Client, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    batch = offering.paste(TEXT)
    caplog.clear()
    for service.status in (200, 500):
        ask(offering, batch)
    assert not re.search("headwind|s3cret", caplog.text)


@pytest.mark.slow
@pytest.mark.parametrize("odd", ODD)
def test_no_odd_field_is_a_500(offering: Client, odd: str) -> None:
    batch = offering.paste(TEXT)
    for path in ("", "/use"):
        for name in ("version", "system", "show", "q", "use", "reference"):
            fields = {"text": "x", "version": "0", "system": "1", name: odd}
            answer = offering.post(f"/batches/{batch}/segments/1/rewrite{path}", **fields)
            assert answer.status_code < 500, (path, name)


@pytest.mark.parametrize(
    "address",
    "file:///etc/passwd ftp://example.org example.org/v1 http:// http://me:pass@example.org http://[bad "
    "http://example.org:x/v1 http://example.org/v1?key=1 https://exämple.org".split(),
)
def test_an_address_that_cannot_be_asked_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(BadInput, match="TARKKA_REWRITE_URL"):
        Settings.from_environment({"TARKKA_REWRITE_URL": address})
