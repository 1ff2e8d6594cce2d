"""What a worker answers, and what the command says that asks."""

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client

from review.settings import Settings
from review.watchpost import watchpost
from tests.test_cli import refused, run

TOKEN = "a-token-for-metrics"


@pytest.mark.parametrize(
    ("accounts", "token", "authorization", "status"),
    [
        (False, "", "", 200),  # it is reached from its own machine only
        (True, "", "", 404),
        (True, "", "Bearer ", 404),
        (True, TOKEN, "", 404),
        (True, TOKEN, "Bearer wrong", 404),
        (True, TOKEN, f"Basic {TOKEN}", 404),
        (True, TOKEN, f"Bearer {TOKEN}", 200),
        (True, TOKEN, f"bearer {TOKEN}", 200),
    ],
)
def test_who_reads_figures(
    settings: Settings, accounts: bool, token: str, authorization: str, status: int
) -> None:
    client = Client(watchpost(replace(settings, accounts=accounts, metrics_token=token)))
    answer = client.get("/metrics", headers={"Authorization": authorization} if authorization else {})
    assert answer.status_code == status
    assert ("tarkka_build_info" in answer.text) == (status == 200)
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/batches").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("url", ["http://127.0.0.1:1/readyz", "no address"])
def test_what_does_not_answer_is_told_in_a_line(url: str) -> None:
    assert refused(run("health", "--url", url), "does not answer")


@pytest.mark.slow
def test_a_worker_without_accounts_answers_its_own_machine_only(tmp_path: Path) -> None:
    given = ("worker", "--metrics-host", "0.0.0.0", "--metrics-port", "0")
    assert refused(run(*given, instance=tmp_path), "nobody has to sign in")
