"""Jobs on the batch's page and by command: how far they are, stopped, gone on with, tried again."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from review import checks
from review.cli import commands
from review.jobs.hands import WorkerHands
from review.store import jobs
from review.store.chunks import Held
from review.work import chunked, flag_jobs
from review.work.flag_jobs import FLAGS
from review.work.job_kinds import KINDS
from tests.conftest import Client
from tests.databases import environ_at
from tests.doing import find_job
from tests.work.deep_family import Unlikely

TEXT = "\n".join(f"The the line {n}." for n in range(1, 21)).encode()


def broken(*_: Any) -> None:
    raise ZeroDivisionError("The the line 1.")


def notices(client: Client, batch: int) -> str:
    """What the page tells above the text, without markup."""
    found = client.page(f"/batches/{batch}").partition('id="notices"')[2].partition('<div class="columns"')[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found.partition(">")[2]).split())


def lines(client: Client) -> int:
    return int(client.upload(translation=TEXT, layout="lines").location.rsplit("/", 1)[1])


def by_command(app: Flask, *arguments: str) -> Result:
    settings = app.extensions["tarkka"].settings
    environ = environ_at(settings.instance) | {"TARKKA_QUEUE_URL": "immediate:", "TARKKA_MODEL": "none"}
    return CliRunner().invoke(commands, ["jobs", *arguments], env=environ)


@pytest.fixture
def stopped(app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch) -> int:
    """A batch of four chunks whose flags were stopped while a worker did the second."""
    monkeypatch.setattr(flag_jobs, "_CHUNK", 5)
    batch, desk = lines(client), app.extensions["tarkka"]
    hands, job = WorkerHands(), chunked.begin(desk.engine, desk.settings, FLAGS, batch)
    held = chunked.take(desk.engine, job.id, hands)
    assert held
    chunked.do(desk.engine, desk.settings, FLAGS, held, hands)
    assert "5 of 20 Stop" in notices(client, batch)
    assert client.post(f"/batches/{batch}/jobs/{job.id}/stop", system="1").status_code == 303
    return batch


def job_of(app: Flask, batch: int, kind: str = "flags") -> jobs.Job:
    found = find_job(app.extensions["tarkka"].engine, batch, kind)
    assert found
    return found


def test_a_stopped_job_says_how_far_it_came_and_goes_on(app: Flask, client: Client, stopped: int) -> None:
    assert notices(client, stopped) == "The checks were stopped after 5 of 20 segments. Go on"
    progress = client.get(f"/batches/{stopped}/progress").json
    assert progress
    assert progress["state"] == "cancelled"
    client.post(f"/batches/{stopped}/jobs/{job_of(app, stopped).id}/go-on", system="1")
    assert notices(client, stopped) == ""
    assert job_of(app, stopped).done == 20


def test_the_list_of_batches_says_how_much_was_checked(client: Client, stopped: int) -> None:
    assert "of 5 of 20 checked" in client.page("/batches")


def test_what_has_ended_cannot_be_stopped(app: Flask, client: Client) -> None:
    batch = lines(client)
    address = f"/batches/{batch}/jobs/{job_of(app, batch).id}"
    for what, told in (("stop", "nothing to stop"), ("go-on", "were not stopped")):
        answer = client.post(f"{address}/{what}")
        assert answer.status_code == 422
        assert told in answer.get_data(as_text=True)


def test_a_job_of_another_batch_is_not_there(app: Flask, client: Client, stopped: int) -> None:
    other = lines(client)
    assert client.post(f"/batches/{other}/jobs/{job_of(app, stopped).id}/go-on").status_code == 404


@pytest.mark.fault(27)
def test_a_part_that_breaks_off_is_told_and_can_be_tried_again(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setitem(KINDS, "flags", replace(FLAGS, run=broken))
        batch = lines(client)
    told = notices(client, batch)
    assert "The checks broke off in 1 part of this batch (ZeroDivisionError), three times each" in told
    assert "The the line" not in told, "a text in an error's message stays there"
    client.post(f"/batches/{batch}/jobs/{job_of(app, batch).id}/go-on", system="1")
    assert "broke off" not in notices(client, batch)
    assert "repeated" in client.page(f"/batches/{batch}").lower()


def test_a_text_saved_while_the_deep_checks_are_stopped_waits_for_nothing(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(engine: Any, _: Any, held: Held) -> None:
        jobs.cancel_job(engine, held.job_id)

    monkeypatch.setattr(checks, "FAMILIES", (*checks.FAMILIES, Unlikely()))
    monkeypatch.setitem(KINDS, "deep", replace(KINDS["deep"], run=stopping))
    batch = lines(client)
    assert "The deep checks were stopped after 0 of 20 segments. Go on" in notices(client, batch)
    waiting = client.get(f"/batches/{batch}/segments/2/waiting").json
    assert waiting == {"waiting": False}


def test_commands_list_stop_and_go_on(app: Flask, client: Client, stopped: int) -> None:
    job = str(job_of(app, stopped).id)
    assert job not in by_command(app, "list").output, "it does not run"
    [flags] = [row for row in by_command(app, "list", "--all").output.splitlines() if "flags" in row]
    assert flags.split() == f"{job} flags of batch {stopped}: cancelled, 5 of 20".split()
    row = json.loads(by_command(app, "list", "--all", "--json").output.splitlines()[-1])
    assert (row["batch"], row["done"], row["total"]) == (stopped, 5, 20)
    assert by_command(app, "go-on", job).output == f"A worker goes on with {job}.\n"
    assert job_of(app, stopped).state == jobs.DONE
    refused = by_command(app, "stop", job)
    assert "have come to an end" in str(refused.exception)
    assert "There is no job u123" in str(by_command(app, "stop", "u123").exception)
