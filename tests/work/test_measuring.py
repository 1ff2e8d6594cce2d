"""The scores that pages show follow every change of a text, and are those of scoring everything anew."""

import pytest
import sacrebleu
from flask import Flask

from review.store import statistics
from review.work import measuring, scoring
from review.work.access import find_batch
from tests.conftest import Client
from tests.web.steps import keys, undo

pytestmark = pytest.mark.slow

REFERENCE = ["The mayor of Lahti came.", "Nobody had seen the old boat.", "It was cold in Turku."]
MACHINE = ["Mayor of Lahtis came.", "Nobody saw boat that was old.", "It was cold in Turku."]


def imported(client: Client, machine: list[str], *references: list[str]) -> int:
    def lines(texts: list[str]) -> bytes:
        return "".join(f"{text}\n" for text in texts).encode()

    given = [(f"ref{n}.en", lines(texts)) for n, texts in enumerate(references)]
    answer = client.upload(translation=("a.en", lines(machine)), reference=given, layout="lines")
    return int(answer.location.rsplit("/", 1)[1])


def shown(app: Flask, batch_id: int) -> dict[str, list[float]]:
    engine = app.extensions["tarkka"].engine
    table = scoring.score_table(engine, find_batch(engine, batch_id))
    assert table
    assert table.rows
    return {name: [score.value for score in row] for name, row in table.rows.items()}


def judged(texts: list[str], *references: list[str]) -> list[float]:
    metrics = (sacrebleu.BLEU(), sacrebleu.CHRF(), sacrebleu.TER())
    return [metric.corpus_score(texts, list(references)).score for metric in metrics]


@pytest.mark.parametrize("references", [[REFERENCE], [REFERENCE, list(reversed(REFERENCE))]])
def test_scores_are_sacrebleus_before_and_after_every_correction(
    app: Flask, client: Client, references: list[list[str]]
) -> None:
    batch = imported(client, MACHINE, *references)
    assert list(shown(app, batch).values()) == [judged(MACHINE, *references)]
    texts = list(MACHINE)
    for version, (number, text) in enumerate([(1, "The mayor of Lahti came."), (2, ""), (2, "A boat.")]):
        client.save(batch, number, text, version=max(0, version - 1))
        texts[number - 1] = text
        assert shown(app, batch)["a+corrected"] == judged(texts, *references)
        assert shown(app, batch)["a"] == judged(MACHINE, *references)


def test_scores_follow_a_step_and_its_undo(app: Flask, client: Client) -> None:
    batch = imported(client, MACHINE, REFERENCE)
    client.save(batch, 3, MACHINE[2])
    where, asked = f"/batches/{batch}/replace", {"find": "boat", "put": "old boat"}
    preview = client.page(f"{where}?find=boat&put=old+boat")
    page = client.page(client.post(where, change=keys(preview), **asked).location)
    changed = [text.replace("boat", "old boat") for text in MACHINE]
    assert shown(app, batch)["a+corrected"] == judged(changed, REFERENCE)
    undo(client, batch, page)
    assert shown(app, batch)["a+corrected"] == judged(MACHINE, REFERENCE)


def test_a_large_batch_is_measured_once_and_then_kept_up(app: Flask, client: Client) -> None:
    machine, reference = (MACHINE * 50, REFERENCE * 50)
    batch = imported(client, machine, reference)
    engine = app.extensions["tarkka"].engine
    table = scoring.score_table(engine, find_batch(engine, batch))
    assert table
    assert table.rows is None
    client.post(f"/batches/{batch}/scores")
    client.save(batch, 4, "The mayor of Lahti came.")
    machine[3] = "The mayor of Lahti came."
    assert shown(app, batch)["a+corrected"] == judged(machine, reference)


@pytest.mark.fault(24)
def test_what_a_killed_job_left_is_found_and_measured_on(app: Flask, client: Client) -> None:
    batch = imported(client, MACHINE, REFERENCE)
    engine = app.extensions["tarkka"].engine
    assert measuring.unfinished(engine) == []
    system = find_batch(engine, batch).systems[0].id
    before = shown(app, batch)
    statistics.begin_measuring(engine, system, "another kind")
    assert measuring.unfinished(engine) == [batch]
    measuring.keep_up(engine, batch)
    measuring.keep_up(engine, batch)
    assert shown(app, batch) == before


def test_statistics_of_another_kind_are_made_anew(app: Flask, client: Client) -> None:
    batch = imported(client, MACHINE, REFERENCE)
    engine = app.extensions["tarkka"].engine
    system = find_batch(engine, batch).systems[0].id
    before = shown(app, batch)
    old = statistics.Measured(1, 0, b"\0" * 16, b"\0" * 16)
    statistics.put_measured(engine, system, "another kind", [old])
    client.post(f"/batches/{batch}/scores")
    assert shown(app, batch) == before


def test_the_review_page_shows_the_scores_as_they_stand(client: Client) -> None:
    batch = imported(client, MACHINE, REFERENCE)
    client.save(batch, 1, REFERENCE[0])
    panel = (
        client.page(f"/batches/{batch}/segments/2")
        .partition('id="live-scores"')[2]
        .partition("</details>")[0]
    )
    texts = [REFERENCE[0], *MACHINE[1:]]
    for before, after in zip(judged(MACHINE, REFERENCE), judged(texts, REFERENCE), strict=True):
        assert f"<td>{before:.2f}</td><td>{after:.2f}</td>" in panel
    assert "HTER" in panel
    assert 'id="live-scores"' not in client.page(f"/batches/{client.paste('No reference.')}/segments/1")
