"""The deep checks run in the background: in stretches, again after a kill, never in the instant flags' way."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from review import checks
from review.cli import commands
from review.jobs.queue import JobQueue
from review.settings import Settings
from review.store.engine import open_store
from review.work import deepening, models
from review.work.flag_jobs import FLAGS
from review.work.job_kinds import KINDS
from review.work.models import DeepParts, deep_parts
from tests.conftest import Client
from tests.databases import settings_at
from tests.doing import add_lines
from tests.work.deep_family import Unlikely, Words

pytestmark = pytest.mark.slow

PATIENCE = 20.0  # seconds


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Words:
    """A deep family beside the instant ones, and a model for it to ask."""
    words = Words()
    monkeypatch.setattr(checks, "FAMILIES", (*checks.FAMILIES, Unlikely()))
    monkeypatch.setattr(models, "deep_parts", lambda *_: DeepParts(words))
    return words


def marks(client: Client, path: str) -> list[str]:
    return re.findall(r"<mark[^>]*>([^<]+)</mark>", client.page(path))


def test_deep_flags_stand_beside_the_instant_ones(client: Client, model: Words) -> None:
    batch = client.paste("The the odd day.\n\nAn odd end.")
    assert marks(client, f"/batches/{batch}") == ["The the", "odd", "odd"]
    progress = client.get(f"/batches/{batch}/progress").json
    assert progress
    assert (progress["state"], progress["deep"], progress["total"]) == ("done", 2, 2)


def test_instant_flags_computed_again_leave_the_deep_ones(client: Client, model: Words) -> None:
    batch = client.paste("Borrellin odd day.\n\nBorrell came.")
    client.post(f"/batches/{batch}/names/keep", variant="Borrellin", system="1")
    assert marks(client, f"/batches/{batch}") == ["odd"]
    assert model.asked == ["Borrellin odd day.", "Borrell came."], "nothing was asked twice"


def test_a_correction_keeps_moved_deep_flags_and_is_seen_again(client: Client, model: Words) -> None:
    batch = client.paste("An odd day.\n\nAn end.")
    client.save(batch, 1, "Well, an odd day, and an odd night.")
    assert marks(client, f"/batches/{batch}") == ["odd", "odd"]
    assert model.asked[2:] == ["Well, an odd day, and an odd night."]


def test_while_typing_deep_flags_are_moved_or_hidden_and_no_model_is_asked(
    client: Client, model: Words
) -> None:
    batch = client.paste("An odd day.")
    path = f"/batches/{batch}/segments/1/check"
    moved = client.post(path, text="Then: an odd day, odd.", system="1").json
    hidden = client.post(path, text="An even day.", system="1").json
    assert moved
    assert hidden
    assert (moved["open"], hidden["open"]) == (1, 0)
    assert 'data-start="9"' in moved["flags"]
    assert len(model.asked) == 1


def test_a_dismissed_deep_flag_stays_dismissed(client: Client, model: Words) -> None:
    batch = client.paste("An odd day.")
    path = f"/batches/{batch}/segments/1"
    found = re.search(r'name="dismiss" value="(\d+)"', client.page(path))
    assert found
    client.save(batch, 1, "An odd day.", dismiss=found.group(1))
    client.save(batch, 1, "Then an odd day.")
    assert marks(client, f"/batches/{batch}") == []
    assert "1 dismissed" in client.page(path)


def test_long_texts_are_seen_in_stretches_with_what_stands_before(
    app: Flask, client: Client, model: Words
) -> None:
    lines = [f"This is the line with number {n} of this text." for n in range(1, 121)]
    answer = client.upload(translation="\n".join([*lines, ""]).encode(), layout="lines")
    assert marks(client, answer.location) == []
    assert len(model.asked) == 120 + 2 * 3, "three segments are read before each stretch but the first"


@pytest.mark.fault(24)
def test_a_killed_job_goes_on_where_it_was(app: Flask, client: Client, model: Words) -> None:
    batch = client.paste("One odd day.\n\nTwo odd days.")
    desk = app.extensions["tarkka"]
    deepening.ask_again(desk.engine, batch)
    assert deepening.unfinished(desk.engine) == [batch]
    assert "0 of 2</span> segments" in client.page(f"/batches/{batch}")
    desk.queue.resume()
    assert deepening.unfinished(desk.engine) == []
    assert marks(client, f"/batches/{batch}") == ["odd", "odd"]


def test_what_a_missing_model_leaves_out_is_told_and_can_be_run_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "FAMILIES", (*checks.FAMILIES, Unlikely()))
    parts = DeepParts(troubles=("The deep checks did not run. There is no file.",))
    monkeypatch.setattr(models, "deep_parts", lambda *_: parts)
    batch = client.paste("The the odd day.")
    page = client.page(f"/batches/{batch}")
    assert "The deep checks did not run. There is no file. All else works." in page
    assert marks(client, f"/batches/{batch}") == ["The the"]
    monkeypatch.setattr(models, "deep_parts", lambda *_: DeepParts(Words()))
    client.post(f"/batches/{batch}/deep", system="1")
    assert marks(client, f"/batches/{batch}") == ["The the", "odd"]
    assert "did not run" not in client.page(f"/batches/{batch}")


@pytest.mark.fault(27)
def test_a_failing_deep_family_is_named_and_the_batch_is_done(
    client: Client, model: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Iterator[Any]:
        raise ZeroDivisionError

    monkeypatch.setattr(model, "score", fail)
    batch = client.paste("The the odd day.")
    page = client.page(f"/batches/{batch}")
    assert "The checks on Unlikely words failed" in page
    assert 'id="deepening"' not in page


def test_a_model_that_is_not_there_is_one_sentence(settings: Settings) -> None:
    parts = deep_parts(settings, "smollm2")
    assert parts.scorer is None
    assert parts.troubles == (
        "The deep checks ran without a language model. The language model smollm2 is not enabled, or is damaged: "
        "run `python -m review models enable smollm2`.",
    )
    assert deep_parts(settings, "none").troubles == ()


def flagged(article: Path, *options: str) -> Result:
    return CliRunner().invoke(commands, ["flag", str(article), "--format", "jsonl", *options])


def test_the_command_line_runs_the_deep_checks_when_asked(tmp_path: Path, model: Words) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The the odd day.\n", encoding="utf-8")
    assert "unlikely-word" not in flagged(article).stdout
    assert "unlikely-word" in flagged(article, "--level", "deep").stdout
    assert "unlikely-word" in flagged(article, "--level", "deep", "--checks", "unlikely-word").stdout
    model.asked.clear()
    flagged(article, "--level", "deep", "--checks", "repeated-word")
    assert model.asked == [], "no model is loaded for a check that needs none"


def test_on_the_command_line_a_missing_model_is_one_warning(
    tmp_path: Path, model: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "deep_parts", lambda *_: DeepParts(troubles=("There is no model.",)))
    article = tmp_path / "article.txt"
    article.write_text("The the odd day.\n", encoding="utf-8")
    result = flagged(article, "--level", "deep", "--model", "gemma")
    assert result.stderr == "tarkka: There is no model.\n"
    assert "repeated-word" in result.stdout
    assert result.exit_code == 1


def test_long_deep_checks_hold_no_flags_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flagged, go_on = Event(), Event()
    settings = settings_at(tmp_path)
    engine = open_store(settings)
    batches = [add_lines(engine, ["A line."]) for _ in range(3)]
    monkeypatch.setitem(KINDS, "deep", replace(deepening.DEEPENING, run=lambda *_: go_on.wait(PATIENCE)))
    monkeypatch.setitem(KINDS, "flags", replace(FLAGS, run=lambda *_: flagged.set()))
    queue = JobQueue(settings, engine)
    for batch in batches:
        queue.deepen_batch(batch)
    queue.flag_batch(batches[0])
    consumers = queue.lanes.consumers()
    for consumer in consumers:
        consumer.start()
    try:
        assert flagged.wait(PATIENCE / 2)
    finally:
        go_on.set()
        for consumer in consumers:
            consumer.stop(graceful=True)
