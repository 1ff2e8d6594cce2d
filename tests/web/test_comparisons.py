"""The comparison of a batch's systems: sacreBLEU's numbers, refusals by name, groups, pictures, files."""

import csv
import io
import json
import re
from itertools import pairwise
from typing import Any

import pytest
import sacrebleu
from flask import Flask
from sacrebleu.significance import PairedTest

from review.model import DEFAULT_CONFIDENCE
from review.work.access import find_place
from tests.conftest import Client

pytestmark = pytest.mark.slow

REFERENCE = [f"The mayor of Town {n} came to see the {n} old boats in the harbour." for n in range(40)]
SYSTEMS = {
    "good": [line.replace("came", "went") if n % 3 else line for n, line in enumerate(REFERENCE)],
    "fair": [line.replace("the", "a").replace("came", "went") for line in REFERENCE],
    "poor": [line.replace("mayor of", "head").replace("old boats", "boat") for line in REFERENCE],
}


def imported(
    client: Client, systems: dict[str, list[str]] = SYSTEMS, reference: list[str] = REFERENCE
) -> int:
    def lines(texts: list[str]) -> bytes:
        return "".join(f"{text}\n" for text in texts).encode()

    given = [(f"{name}.en", lines(texts)) for name, texts in systems.items()]
    answer = client.upload(translation=given, reference=("r.en", lines(reference)), layout="lines")
    return int(answer.location.rsplit("/", 1)[1])


def exported(client: Client, batch: int, query: str = "") -> Any:
    return json.loads(client.page(f"/batches/{batch}/compare/export/json?{query}"))


@pytest.mark.parametrize(("test", "samples"), [("bs", 200), ("ar", 300)])
def test_the_numbers_are_sacrebleus(client: Client, test: str, samples: int) -> None:
    batch = imported(client)
    found = exported(client, batch, f"test={test}&samples={samples}")
    kinds = {"BLEU": sacrebleu.BLEU, "chrF2": sacrebleu.CHRF, "TER": sacrebleu.TER}
    metrics = {name: kind(references=[REFERENCE]) for name, kind in kinds.items()}
    _, judged = PairedTest(
        list(SYSTEMS.items()), metrics, references=None, test_type=test, n_samples=samples
    )()
    assert [row["name"] for row in found["systems"]] == list(SYSTEMS)
    for n, metric in enumerate(found["metrics"]):
        theirs = judged[metric["name"]]
        for row, said in zip(found["systems"], theirs, strict=True):
            cell = row["cells"][n]
            assert cell["score"] == said.score
            assert cell["p"] == said.p_value
            assert cell["half"] == (said.ci if test == "bs" else None)


def test_ranks_and_all_pairs(client: Client) -> None:
    found = exported(client, imported(client), "pairs=all&samples=200&metric=chrf")
    assert len(found["pairs"]) == 3
    [ranks] = found["ranks"]
    assert next(rank["name"] for rank in ranks) == "good"
    assert [rank["cluster"] for rank in ranks] == sorted(rank["cluster"] for rank in ranks)


def test_a_system_with_missing_segments_is_refused_by_name_or_compared_on_the_rest(client: Client) -> None:
    gaps = [text if n not in (4, 7) else "" for n, text in enumerate(SYSTEMS["fair"])]
    batch = imported(client, {**SYSTEMS, "fair": gaps})
    page = client.page(f"/batches/{batch}/compare")
    assert "<b>fair</b> did not translate 2 segments (5, 8)" in page
    assert "p, Holm" not in page
    page = client.page(f"/batches/{batch}/compare?common=1")
    assert "38 segments" in page
    assert "2 segments were left out" in page
    kept = [n for n in range(40) if n not in (4, 7)]
    found = exported(client, batch, "common=1&metric=chrf")
    expected = sacrebleu.corpus_chrf([SYSTEMS["good"][n] for n in kept], [[REFERENCE[n] for n in kept]])
    assert found["systems"][0]["cells"][0]["score"] == expected.score
    assert "p, Holm" in client.page(f"/batches/{batch}/compare?of=1&of=3")


def test_corrected_text_stands_beside_its_system_and_is_never_ranked(client: Client) -> None:
    batch = imported(client)
    for number in range(1, 31):
        client.save(batch, number, REFERENCE[number - 1], system="3", seconds="12")
    page = client.page(f"/batches/{batch}/compare?pairs=all")
    assert "poor+corrected" in page
    assert "never ranked among systems" in page
    assert "poor+corrected" not in page.partition("<h2>Ranks")[2].partition("</section>")[0]
    picture = page.partition("best first</h2>")[2].partition("</svg>")[0]
    drawn = re.findall(r'text-anchor="end">([a-z+]+)</text>', picture)
    assert drawn.index("poor+corrected") == drawn.index("poor") + 1
    assert drawn[0] == "good"
    found = exported(client, batch, "pairs=all")
    [row] = found["corrected"]
    assert row["name"] == "poor+corrected"
    assert row["cells"][0]["p"] < 0.05
    [review] = found["review"]
    assert (review["segments"], review["seconds"], review["timed"]) == (30, 360.0, 30)
    assert review["names_before"] <= review["names_after"] == review["names"]
    assert min(review["replaced"], review["inserted"]) > 0


def test_what_review_did_is_counted_by_kind(client: Client) -> None:
    """A name is right where the text has it as a word: “Oslo” is not in “Oslos”, nor in a longer name."""
    reference = ["Then Lavrov came to Oslo.", "It was “Oslo’s” first day in May."]
    machine = ["Then Lavrovin came to the Oslos.", "It was Oslo first day in Mayo."]
    batch = imported(client, {"a": machine}, reference)
    client.save(batch, 1, "Then Lavrov came to Oslos.", seconds="30")
    client.save(batch, 2, "It was the first day of Oslo in May.", seconds="10")
    [review] = exported(client, batch, "samples=10")["review"]
    assert (review["names"], review["names_before"], review["names_after"]) == (4, 1, 3)
    assert (review["replaced"], review["inserted"], review["deleted"]) == (3, 2, 1)
    assert review["hter"] == pytest.approx(100 * (2 + 4) / (5 + 9))
    page = client.page(f"/batches/{batch}/compare?samples=10").partition('id="reviewed"')[2]
    for told in ("1 of 4", "3 of 4", "0.7</td>", "20.0</td>"):
        assert told in page


def test_a_comparison_follows_what_is_reviewed(client: Client) -> None:
    """It is made once for the texts as they stand, and anew when somebody changes or confirms one."""
    batch = imported(client)
    assert exported(client, batch)["review"] == []
    client.save(batch, 1, SYSTEMS["good"][0])
    [confirmed] = exported(client, batch)["review"]
    assert (confirmed["segments"], confirmed["edited"]) == (1, 0)
    client.save(batch, 2, "Something else.")
    client.save(batch, 3, REFERENCE[2], seconds="7")
    found = exported(client, batch)
    assert (found["review"][0]["segments"], found["review"][0]["seconds"]) == (3, 7.0)
    texts = [SYSTEMS["good"][0], "Something else.", REFERENCE[2], *SYSTEMS["good"][3:]]
    assert found["corrected"][0]["cells"][0]["score"] == sacrebleu.corpus_bleu(texts, [REFERENCE]).score
    assert exported(client, batch) == found


def test_means_are_of_all_segments(client: Client) -> None:
    batch = imported(client, {name: texts * 8 for name, texts in SYSTEMS.items()}, REFERENCE * 8)
    client.post(f"/batches/{batch}/scores")
    pictures = exported(client, batch, "samples=10&drawn=chrf&of=3")["pictures"]
    assert len(pictures["by_length"]) < 320
    scores = [
        sacrebleu.sentence_chrf(text, [reference]).score
        for text, reference in zip(SYSTEMS["poor"], REFERENCE, strict=True)
    ]
    assert sum(one["segments"] for one in pictures["length_means"]) == 320
    total = sum(one["mean"] * one["segments"] for one in pictures["length_means"])
    assert total == pytest.approx(8 * sum(scores))


@pytest.mark.parametrize("by", ["document", "length", "flag", "names"])
def test_groups_of_segments(client: Client, demo: int, by: str) -> None:
    found = exported(client, demo, f"by={by}&samples=10")
    assert found["buckets"]
    if by in ("length", "names"):
        assert sum(group["segments"] for group in found["buckets"]) == found["segments"]
    assert f"By {'kind of flag' if by == 'flag' else by}" in client.page(
        f"/batches/{demo}/compare?by={by}&samples=10"
    )


def test_every_point_leads_to_its_segment(client: Client, demo: int) -> None:
    page = client.page(f"/batches/{demo}/compare?samples=10")
    links = set(re.findall(rf'href="(/batches/{demo}/segments/\d+[^"]*)" tabindex', page))
    assert len(links) > 10
    assert client.get(links.pop()).status_code == 200
    found = exported(client, demo, "samples=10")
    assert sum(found["pictures"]["apart"]) == found["segments"]


@pytest.mark.fault(14)
def test_files_say_what_they_hold_and_hold_no_formula(client: Client) -> None:
    batch = imported(client, {"=1+1|_&": SYSTEMS["good"], "fair": SYSTEMS["fair"]})
    where = f"/batches/{batch}/compare/export"
    rows = list(csv.DictReader(io.StringIO(client.page(f"{where}/csv"))))
    assert [row["metric"] for row in rows[:3]] == ["BLEU", "chrF2", "TER"]
    assert not rows[0]["system"].startswith("=")
    latex = client.page(f"{where}/latex")
    assert r"=1+1|\_\&" in latex
    assert r"\bottomrule" in latex
    markdown = client.page(f"{where}/markdown")
    assert "| =1+1\\|_& |" in markdown
    assert "seed 12345" in markdown
    assert client.get(f"{where}/xls").status_code == 404


@pytest.mark.parametrize(
    "query", ["of=9", "of=0", "of=x", "metric=comet", "test=t", "samples=0", "samples=99999999", "by=mood"]
)
def test_what_there_is_not_is_refused(client: Client, demo: int, query: str) -> None:
    answer = client.get(f"/batches/{demo}/compare?{query}")
    assert answer.status_code == 422
    assert "Traceback" not in answer.get_data(as_text=True)


def test_a_batch_without_reference_says_so(client: Client) -> None:
    batch = client.paste("One text.\n\nAnother.")
    assert client.get(f"/batches/{batch}/compare").status_code == 422


def test_a_long_comparison_is_made_in_a_job_and_kept(client: Client) -> None:
    """What was not scored yet is scored by the same job."""
    batch = imported(client, {name: texts * 4 for name, texts in SYSTEMS.items()}, REFERENCE * 4)
    query = "metric=chrf&test=ar&samples=100000"
    page = client.page(f"/batches/{batch}/compare?{query}")
    assert "takes more than a moment" in page
    assert "have still to be scored" in page
    assert client.get(f"/batches/{batch}/compare/waiting?{query}").json == {"found": False}
    assert client.get(f"/batches/{batch}/compare/export/csv?{query}").status_code == 404
    answer = client.post(f"/batches/{batch}/compare", metric="chrf", test="ar", samples="100000")
    assert "p, Holm" in client.page(answer.location)
    assert client.get(f"/batches/{batch}/compare/waiting?{query}").json == {"found": True}
    # What is quick needs no job once the segments are scored.
    assert "p, Holm" in client.page(f"/batches/{batch}/compare?metric=chrf&samples=100")


def test_nothing_is_made_of_a_batch_that_a_system_did_not_translate_whole(client: Client) -> None:
    gaps = [text if n != 4 else "" for n, text in enumerate(SYSTEMS["fair"] * 4)]
    batch = imported(client, {"good": SYSTEMS["good"] * 4, "fair": gaps}, REFERENCE * 4)
    answer = client.post(f"/batches/{batch}/compare", metric="chrf", test="ar", samples="100000")
    assert "<b>fair</b> did not translate 1 segment (5)" in client.page(answer.location)


def test_a_bar_leads_to_the_segments_that_it_counts(client: Client) -> None:
    batch = imported(client)
    found = exported(client, batch, "drawn=ter&samples=10")["pictures"]
    judge = sacrebleu.TER()
    for system, spread in zip(SYSTEMS.values(), found["spread"], strict=True):
        pairs = zip(system, REFERENCE, strict=True)
        scores = [judge.sentence_score(text, [reference]).score for text, reference in pairs]
        for bar, count in zip(found["bins"], spread["counts"], strict=True):
            inside = [n for n, x in enumerate(scores, 1) if bar["low"] <= x < (bar["high"] or 1e9)]
            assert count == len(inside)
            query = f"metric=ter&system={spread['position']}&low={bar['low']}"
            query += f"&high={bar['high']}" if bar["high"] else ""
            page = client.page(f"/batches/{batch}/compare/segments?{query}&order=document")
            assert [int(n) for n in re.findall(r"<h2>Segment (\d+)</h2>", page)] == inside
            if count:
                assert query in client.page(f"/batches/{batch}/compare?drawn=ter").replace("&amp;", "&")


def test_two_systems_side_by_side_segment_by_segment(client: Client) -> None:
    batch = imported(client, {name: texts * 2 for name, texts in SYSTEMS.items()}, REFERENCE * 2)
    client.post(f"/batches/{batch}/scores")
    where = f"/batches/{batch}/compare/segments?metric=chrf&system=1&beside=3&order=gain"
    first = client.page(where)
    assert "80 segments, 1 to 50 of them here" in first
    assert "<ins>" in first
    following = re.search(r'href="([^"]+)">Next page', first)
    assert following
    second = client.page(following.group(1).replace("&amp;", "&"))
    assert "51 to 80 of them here" in second
    numbers = re.findall(r"<h2>Segment (\d+)</h2>", first + second)
    assert sorted(map(int, numbers)) == list(range(1, 81))
    shown = re.findall(r"</a> <b>([\d.]+)</b></dt>", first + second)
    gains = [float(ours) - float(theirs) for theirs, ours in zip(shown[::2], shown[1::2], strict=True)]
    assert all(a > b - 0.21 for a, b in pairwise(gains))  # as rounded for the page
    assert "No segment" in client.page(f"{where}&from=900&low=101")


@pytest.mark.parametrize(
    ("query", "status"),
    [("system=9", 404), ("beside=9", 404), ("metric=comet", 422), ("order=mood", 422), ("low=x", 422)],
)
def test_segments_that_there_are_not(client: Client, demo: int, query: str, status: int) -> None:
    assert client.get(f"/batches/{demo}/compare/segments?{query}").status_code == status


def test_segments_of_a_batch_without_scores_are_refused_in_words(client: Client) -> None:
    answer = client.get(f"/batches/{client.paste('One text.')}/compare/segments")
    assert answer.status_code == 422
    assert "no scores yet" in answer.get_data(as_text=True)


def test_flags_that_are_hidden_at_first_are_not_counted(client: Client, app: Flask) -> None:
    """A time in the form of another language is flagged as not very sure, a repeated word as sure."""
    machine = ["The boat left at 20.15.", "The boat boat left."]
    batch = imported(client, {"a": machine}, ["The boat left at 8:15 p.m.", "The boat left."])
    points = exported(client, batch, "samples=10")["pictures"]["by_flags"]
    assert [point["x"] for point in points] == [0, 1]
    engine = app.extensions["tarkka"].engine
    [hidden] = find_place(engine, batch, 1, 1).segment.flags
    assert hidden.flag.confidence < DEFAULT_CONFIDENCE


def test_systems_without_a_common_segment_are_refused(client: Client) -> None:
    odd = [text if n % 2 else "" for n, text in enumerate(REFERENCE)]
    even = ["" if n % 2 else text for n, text in enumerate(REFERENCE)]
    batch = imported(client, {"odd": odd, "even": even})
    answer = client.get(f"/batches/{batch}/compare?common=1")
    assert answer.status_code == 422
    assert "no segment that all these systems translated" in answer.get_data(as_text=True)
