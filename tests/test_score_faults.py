"""What scores must survive, by row of the list of faults: on the command, on the pages, in the library."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import sacrebleu
from flask import Flask

from review.errors import BadInput
from review.metrics.catalogue import METRICS, find_metric
from review.metrics.effort import edits, hter
from review.work import scoring
from review.work.access import find_batch
from tests.conftest import Client
from tests.test_cli import refused, run

pytestmark = pytest.mark.slow

CHOSEN = [part for metric in METRICS for part in ("--metric", metric)]
JUDGES = {
    "BLEU": sacrebleu.BLEU(),
    "chrF2": sacrebleu.CHRF(),
    "chrF2++": sacrebleu.CHRF(word_order=2),
    "TER": sacrebleu.TER(),
}
DECOMPOSED = "Nykyisin äiti ei tunne hänen tyttöään."


def as_lines(texts: list[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode()


def written(folder: Path, **files: list[str]) -> dict[str, Path]:
    for name, texts in files.items():
        (folder / name).write_bytes(as_lines(texts))
    return {name: folder / name for name in files}


def by_command(folder: Path, system: list[str], *references: list[str]) -> dict[str, float]:
    files = written(folder, system=system, **{f"r{n}": texts for n, texts in enumerate(references)})
    given = [part for name, file in files.items() if name != "system" for part in ("--reference", file)]
    result = run("score", *given, "--system", files["system"], *CHOSEN, "--json")
    assert result.returncode == 0, result.stderr
    [found] = json.loads(result.stdout)["systems"]
    return {name: cell["score"] for name, cell in found["scores"].items()}


def imported(client: Client, system: list[str], *references: list[str]) -> int:
    given = [(f"r{n}.en", as_lines(texts)) for n, texts in enumerate(references)]
    answer = client.upload(translation=("a.en", as_lines(system)), reference=given, layout="lines")
    return int(answer.location.rsplit("/", 1)[1])


def on_page(app: Flask, batch: int, row: str = "a") -> dict[str, float]:
    engine = app.extensions["tarkka"].engine
    table = scoring.score_table(engine, find_batch(engine, batch))
    assert table
    assert table.rows
    return {score.name: score.value for score in table.rows[row]}


def by_library(system: list[str], *references: list[str]) -> dict[str, float]:
    found = {}
    for metric in map(find_metric, METRICS):
        statistics = metric.statistics(system, metric.prepare(references))
        found[metric.name] = metric.score(statistics.sum(axis=0))
    return found


def by_sacrebleu(system: list[str], *references: list[str]) -> dict[str, float]:
    return {name: judge.corpus_score(system, references).score for name, judge in JUDGES.items()}


def assert_everywhere(
    app: Flask, client: Client, folder: Path, said: dict[str, float], system: list[str], *references: Any
) -> int:
    """The same scores by command, library and page; the batch."""
    assert by_command(folder, system, *references) == said
    assert by_library(system, *references) == said
    batch = imported(client, system, *references)
    assert on_page(app, batch) == {name: said[name] for name in ("BLEU", "chrF2", "TER")}
    return batch


@pytest.mark.fault(1)
def test_row_1_numbers_that_differ_are_refused_with_both(client: Client, tmp_path: Path) -> None:
    files = written(tmp_path, three=["a", "b", "c"], two=["a", "b"])
    three, two = files["three"], files["two"]
    told = refused(run("score", "--reference", three, "--system", two), "three has 3 lines, ")
    assert told
    assert refused(run("score", "--reference", three, "--system", two), "two has 2: ")
    more = ["--reference", three, "--reference", two, "--system", three]
    assert refused(run("score", *more), "two has 2: ")
    for field in ("reference", "source"):
        given = {"translation": ("a.en", three.read_bytes()), field: ("b.en", two.read_bytes())}
        page = client.upload(status=422, layout="lines", **given).get_data(as_text=True)
        assert "a.en has 3 lines" in page
        assert "b.en has 2" in page
    for metric in map(find_metric, METRICS):
        for system, reference, told_of in ((2, 3, "2 hypotheses and 3"), (3, 2, "3 hypotheses and 2")):
            with pytest.raises(BadInput, match=told_of):
                metric.statistics(["a"] * system, metric.prepare([["a"] * reference]))


@pytest.mark.fault(2)
def test_row_2_nothing_is_said_to_be_nothing(client: Client, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    assert refused(run("score", "--reference", empty, "--system", empty), "nothing to score")
    answer = client.upload(status=422, layout="lines", translation=("a.en", b""), reference=("r.en", b""))
    assert "nothing to import" in answer.get_data(as_text=True)
    for metric in map(find_metric, METRICS):
        with pytest.raises(BadInput, match="nothing to score"):
            metric.prepare([[]])


@pytest.mark.parametrize(
    ("system", "references"),
    [
        (["", "The cat sat on the mat.", "It is"], [["A dog.", "", "It was"]]),
        (["", "The cat sat on the mat."], [["", "The cat sat on a mat."]]),
        (["", "here"], [["", ""], ["two words", ""]]),
    ],
)
@pytest.mark.fault(3)
def test_row_3_empty_segments_score_as_sacrebleu_has_it(
    app: Flask, client: Client, tmp_path: Path, system: list[str], references: list[list[str]]
) -> None:
    said = by_sacrebleu(system, *references)
    assert_everywhere(app, client, tmp_path, said, system, *references)


@pytest.mark.fault(3)
def test_row_3_hter_of_empty_against_empty_is_0(client: Client) -> None:
    assert hter(*edits("", "")) == 0
    batch = imported(client, ["", "The cat sat."], ["A dog.", "The cat sat."])
    client.save(batch, 1, "")
    assert "0.0 % over 1 reviewed" in client.page(f"/batches/{batch}")


@pytest.mark.fault(4)
def test_row_4_short_segments_are_scored_by_the_orders_they_have(
    app: Flask, client: Client, tmp_path: Path
) -> None:
    """A segment by itself as sacreBLEU's sentence mode, a corpus of it as sacreBLEU's corpus mode."""
    texts = ["It is", "Yes.", "No", "The cat sat on the mat."]
    sentence = sacrebleu.BLEU(effective_order=True)
    metric = find_metric("bleu")
    found = metric.segment_scores(metric.statistics(texts, metric.prepare([texts])))
    assert found.tolist() == [sentence.sentence_score(text, [text]).score for text in texts]
    batch = assert_everywhere(app, client, tmp_path, by_sacrebleu(texts[:1], texts[:1]), texts[:1], texts[:1])
    assert "<b>100.0</b>" in client.page(f"/batches/{batch}/compare/segments")


@pytest.mark.parametrize("hypothesis", ["NFC", "NFD"])
@pytest.mark.parametrize("reference", ["NFC", "NFD"])
@pytest.mark.fault(5)
def test_row_5_accents_count_the_same_composed_and_decomposed(
    app: Flask, client: Client, tmp_path: Path, hypothesis: Any, reference: Any
) -> None:
    texts = (
        [DECOMPOSED, "Café Ångström, naïve", "plain words"],
        ["Nykyään äiti tunsi hänet.", "A café", "word"],
    )
    plain = [[unicodedata.normalize("NFC", text) for text in some] for some in texts]
    system = [unicodedata.normalize(hypothesis, text) for text in texts[0]]
    references = [unicodedata.normalize(reference, text) for text in texts[1]]
    said = by_sacrebleu(*plain)
    batch = assert_everywhere(app, client, tmp_path, said, system, references)
    assert client.export(batch) == as_lines(system)
    assert edits(system[0], plain[0][0])[0] == 0


@pytest.mark.fault(6)
def test_row_6_only_a_line_feed_ends_a_segment(app: Flask, client: Client, tmp_path: Path) -> None:
    system = ["One\u2028two\u0085three\rfour\x0bfive", "A\x0cb\x1cc", "end"]
    reference = ["One two\u2029three four", "A b\u2028c", "the end"]
    batch = assert_everywhere(app, client, tmp_path, by_sacrebleu(system, reference), system, reference)
    assert client.export(batch) == as_lines(system)
    assert "has 3 segments" not in client.page(f"/batches/{batch}")
    assert client.get(f"/batches/{batch}/segments/4").status_code == 404
