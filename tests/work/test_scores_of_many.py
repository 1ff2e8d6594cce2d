"""The scores of a large batch after a row of corrections are those of scoring all its texts anew."""

import io
import random
from pathlib import Path
from secrets import token_hex

import pytest
import sacrebleu
from flask import Flask

from review.formats.guard import Limits
from review.metrics.catalogue import find_metric
from review.metrics.effort import edits, hter
from review.store.engine import Engine
from review.work import measuring, scoring
from review.work.access import find_batch, find_place
from review.work.aligning import read_aligned
from review.work.correcting import Draft, save
from review.work.importing import Queue, import_batch
from review.work.intake import Given
from tests.conftest import DEMO

pytestmark = pytest.mark.exhaustive

SEGMENTS = 2000
CORRECTED = 40


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")[:-1]


def noisy(texts: list[str], chance: random.Random) -> list[str]:
    """The texts again and again, each time with a word of another text in each."""
    found = []
    for number in range(SEGMENTS):
        words = texts[number % len(texts)].split(" ")
        words[chance.randrange(len(words))] = chance.choice(chance.choice(texts).split(" "))
        found.append(" ".join(words))
    return found


class Later(Queue):
    """A queue whose jobs, all of them checks, are not done while the test lasts."""


def imported(engine: Engine, reviewer: int, machine: list[str], streams: list[list[str]]) -> int:
    def given(texts: list[str]) -> Given:
        return Given("some.en", io.BytesIO("".join(f"{text}\n" for text in texts).encode()))

    intake = read_aligned(
        [("a", given(machine))], references=[given(some) for some in streams], limits=Limits()
    )
    return import_batch(engine, Later(), intake, arrival=token_hex(), reviewer_id=reviewer)


def correct(engine: Engine, reviewer: int, batch: int, number: int, text: str) -> None:
    place = find_place(engine, batch, 1, number)
    draft = Draft(text, place.segment.version, f"{number}-{place.segment.version}", 5.0)
    save(engine, Later(), place, draft, reviewer, Limits())


def shown(engine: Engine, batch: int, row: str) -> dict[str, float]:
    table = scoring.score_table(engine, find_batch(engine, batch))
    assert table
    assert table.rows
    return {score.name: score.value for score in table.rows[row]}


@pytest.mark.parametrize("references", [1, 3])
def test_a_row_of_corrections(app: Flask, references: int) -> None:
    chance = random.Random(references)
    machine = noisy(lines(DEMO / "sys.north.en"), chance)
    streams = [noisy(lines(DEMO / "reference.en"), chance) for _ in range(references)]
    desk = app.extensions["tarkka"]
    engine, reviewer = desk.engine, next(iter(desk.reviewer_ids.values()))
    batch = imported(engine, reviewer, machine, streams)
    measuring.measure_batch(engine, batch)
    texts = list(machine)
    cost = [0.0, 0.0]
    for number in range(1000, 1000 + CORRECTED):
        words = texts[number - 1].split(" ")
        chance.shuffle(words)
        for text in (" ".join(words), "" if number % 20 == 0 else " ".join(["Indeed", *words[1:]])):
            correct(engine, reviewer, batch, number, text)
            texts[number - 1] = text
        spent = edits(machine[number - 1], text)
        cost = [cost[0] + spent[0], cost[1] + spent[1]]
    exact = 0 if references < 3 else 1e-9  # thirds of a word are not exact, and are added in another order
    for row, some in (("a", machine), ("a+corrected", texts)):
        found = shown(engine, batch, row)
        for metric in map(find_metric, ("bleu", "chrf", "ter")):
            anew = metric.score(metric.statistics(some, metric.prepare(streams)).sum(axis=0))
            assert found[metric.name] == pytest.approx(anew, rel=exact, abs=0)
    said = sacrebleu.corpus_bleu(texts, streams).score, sacrebleu.corpus_chrf(texts, streams).score
    assert (shown(engine, batch, "a+corrected")["BLEU"], shown(engine, batch, "a+corrected")["chrF2"]) == said
    assert scoring.effort(find_batch(engine, batch).systems[0]).hter == hter(*cost)
