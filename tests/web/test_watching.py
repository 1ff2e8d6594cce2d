"""What whoever watches over a server is told: alive, ready, counted, and to whom."""

import json
import logging
import re
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from review.logs import set_up
from review.settings import Settings
from tests.conftest import Client
from tests.members import engine_of, with_accounts

pytestmark = pytest.mark.slow

TOKEN = "a-token-for-metrics"


def lines(page: str) -> list[str]:
    return [line for line in page.splitlines() if not line.startswith("#")]


def figure(client: Client, start: str) -> float:
    """The figure whose line starts so; 0 where there is none."""
    found = [line for line in lines(client.page("/metrics")) if line.startswith(start)]
    return float(found[0].rpartition(" ")[2]) if found else 0


def test_a_server_that_is_well_says_so_and_keeps_no_session(client: Client) -> None:
    for path, said in (("/healthz", "ok\n"), ("/readyz", "ready\n")):
        answer = client.get(path)
        assert (answer.status_code, answer.get_data(as_text=True)) == (200, said)
        assert answer.content_type.startswith("text/plain")
        assert "Set-Cookie" not in answer.headers
    asked = client.get("/readyz", headers={"Accept": "application/json"})
    assert asked.json == {"ready": True, "troubles": []}


def test_without_a_worker_it_is_alive_but_not_ready(settings: Settings) -> None:
    app = create_app(replace(settings, queue_url=""))
    client = Client(app.test_client())
    assert client.page("/healthz") == "ok\n"
    assert client.page("/readyz", 503) == "No worker was ever seen: start one.\n"
    engine_of(app).dispose()


def test_tables_of_another_version_are_told(app: Flask, client: Client) -> None:
    with engine_of(app).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert "another version" in client.page("/readyz", 503)


def test_each_part_that_is_away_has_its_line_and_no_figures(app: Flask, settings: Settings) -> None:
    broken = create_app(replace(settings, queue_url="redis://127.0.0.1:1/0"))
    client = Client(broken.test_client())
    assert client.page("/readyz", 503) == "The queue does not answer.\n"
    assert figure(client, 'tarkka_up{part="queue"}') == 0
    assert figure(client, 'tarkka_up{part="database"}') == 1
    assert "tarkka_jobs_waiting" not in client.page("/metrics")
    engine_of(broken).dispose()


def test_figures_follow_what_people_do(client: Client) -> None:
    batch = client.paste("Then Lavrovin said so.\n\nThe end.")
    saves, conflicts = figure(client, "tarkka_saves_total"), figure(client, "tarkka_conflicts_total")
    jobs = figure(client, 'tarkka_job_seconds_count{job="flags",outcome="done"}')
    client.save(batch, 1, "Then Lavrov said so.")
    assert client.save(batch, 1, "Then he said so.", token="another").status_code == 409
    client.paste("Another one.")
    assert figure(client, "tarkka_saves_total") == saves + 1
    assert figure(client, "tarkka_conflicts_total") == conflicts + 1
    assert figure(client, 'tarkka_job_seconds_count{job="flags",outcome="done"}') > jobs
    assert figure(client, "tarkka_batches_unflagged") == 0
    assert figure(client, 'tarkka_jobs_waiting{lane="deep"}') == 0
    assert figure(client, 'tarkka_database_connections{state="used"}') >= 0
    assert figure(client, "tarkka_build_info") == 1


def test_labels_are_rules_whatever_is_asked(client: Client, settings: Settings, tmp_path: Path) -> None:
    batch = client.paste("Then Lavrovin said so.")
    client.get(f"/batches/{batch}/concordance?q=Lavrovin").close()
    client.get("/no/such/Lavrovin").close()
    client.inner.open("/", method="LAVROVIN", headers={"Origin": "http://localhost"}).close()
    page = client.page("/metrics")
    assert 'route="/batches/<int:batch_id>/concordance"' in page
    assert 'route="none"' in page
    assert 'method="other"' in page
    assert "avrovin" not in page.lower()
    routes = set(re.findall(r'route="([^"]+)"', page))
    # A process has one set of figures: what other applications were asked for in it is among them.
    every = {rule.rule for rule in with_accounts(replace(settings, instance=tmp_path)).url_map.iter_rules()}
    assert routes <= every | {"none"}


@pytest.mark.parametrize(
    ("header", "status"), [(f"Bearer {TOKEN}", 200), ("Bearer wrong", 404), ("Bearer ", 404), (TOKEN, 404)]
)
def test_with_accounts_figures_take_the_token(settings: Settings, header: str, status: int) -> None:
    app = with_accounts(replace(settings, metrics_token=TOKEN))
    client = Client(app.test_client())
    assert client.page("/healthz") == "ok\n"
    assert client.page("/readyz") == "ready\n"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": header}).status_code == status
    engine_of(app).dispose()


def test_with_accounts_and_no_token_nobody_reads_figures(settings: Settings) -> None:
    app = with_accounts(settings)
    for header in ("", "Bearer", "Bearer "):
        assert Client(app.test_client()).get("/metrics", headers={"Authorization": header}).status_code == 404
    engine_of(app).dispose()


@pytest.mark.parametrize(
    ("proxy", "forwarded", "given", "kept"),
    [
        ("127.0.0.1", "10.0.0.1", "f00dcafe-1", True),
        ("127.0.0.1", "", "f00dcafe-1", False),  # the server clears the header of whom it does not believe
        ("", "10.0.0.1", "f00dcafe-1", False),
        ("127.0.0.1", "10.0.0.1", "a name with spaces", False),
        ("127.0.0.1", "10.0.0.1", "x" * 65, False),
    ],
)
def test_a_request_has_the_number_that_a_trusted_proxy_gave_it(
    settings: Settings, proxy: str, forwarded: str, given: str, kept: bool
) -> None:
    app = create_app(replace(settings, trusted_proxy=proxy))
    headers = {"X-Request-Id": given, **({"X-Forwarded-For": forwarded} if forwarded else {})}
    number = app.test_client().get("/healthz", headers=headers).headers["X-Request-Id"]
    assert (number == given) == kept
    assert re.fullmatch(r"[\w.-]{8,64}", number)
    engine_of(app).dispose()


def test_a_mistake_of_ours_has_its_number_on_the_page_and_in_the_log(
    app: Flask, client: Client, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(batch_id: int) -> str:
        raise ValueError(f"Lavrovin {batch_id}")

    app.view_functions["batches.show"] = fails
    for module in (sys, threading):  # to be put back
        monkeypatch.setattr(module, "excepthook", module.excepthook)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    set_up("json")
    try:
        with client.get("/batches/1?q=Lavrovin") as answer:
            page = answer.get_data(as_text=True)
        asked = client.get("/batches/1", headers={"Accept": "application/json"})
    finally:
        root.handlers[:], root.level = before
    number = answer.headers["X-Request-Id"]
    assert answer.status_code == 500
    assert number in page
    assert asked.json
    assert asked.json["request"] == asked.headers["X-Request-Id"]
    logged = capsys.readouterr().err
    assert "avrovin" not in logged
    told = [line for line in map(json.loads, logged.splitlines()) if line.get("request") == number]
    assert [line["message"] for line in told] == ["GET /batches/<int:batch_id> failed", "answered"]
    assert told[0]["error"][0] == "builtins.ValueError"
    assert "in fails" in told[0]["error"][-1]
    assert {"method": "GET", "route": "/batches/<int:batch_id>", "status": 500}.items() <= told[1].items()
    assert told[1]["ms"] > 0
