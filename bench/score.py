"""Scores and their significance: this project's time beside sacreBLEU's Python API, on one core, in one run.

usage: python bench/score.py SET_DIR [--metric M …] [--systems N] [--long N …] [--rounds N]
(a folder with reference.en and sys.NAME.en; --long: corpora of so many segments, made by repeating with noise)
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy is loaded
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sacrebleu.metrics import BLEU, CHRF, TER  # noqa: E402
from sacrebleu.significance import PairedTest  # noqa: E402

from bench.measure import print_table  # noqa: E402
from review.metrics.catalogue import METRICS, find_metric  # noqa: E402
from review.metrics.metric import Metric  # noqa: E402
from review.metrics.resampling import Table  # noqa: E402
from review.metrics.significance import (  # noqa: E402
    SAMPLES,
    TRIALS,
    against_baseline,
    paired_bootstrap,
    paired_randomisation,
)

# Microseconds a segment that compiled code would need, as estimated.
LOWER_LIMIT = {"bleu": 2, "chrf": 6, "chrf++": 6, "ter": 4}


def judge(metric_id: str, references: Any = None) -> Any:
    """sacreBLEU's metric, with its own cache of references where they are given."""
    if metric_id == "bleu":
        return BLEU(references=references)
    if metric_id == "ter":
        return TER(references=references)
    return CHRF(word_order=metric_id.count("+"), references=references)


def spent(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def read(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")[:-1]


def noisy(texts: Sequence[str], count: int, seed: int) -> list[str]:
    """The texts again and again, from the second time on with a word of another text in each."""
    chance = random.Random(seed)
    found = list(texts[:count])
    while len(found) < count:
        words = texts[len(found) % len(texts)].split(" ")
        words[chance.randrange(len(words))] = chance.choice(chance.choice(texts).split(" "))
        found.append(" ".join(words))
    return found


def compare(metric_id: str, systems: Sequence[list[str]], references: list[list[str]]) -> list[list[str]]:
    """One metric on each system: references made ready each time, and once for all; the ratios' medians."""
    metric, segments = find_metric(metric_id), len(references[0])
    metric.score(metric.statistics(["a b"], metric.prepare([["a c"]])).sum(axis=0))  # what is imported
    judge(metric_id).corpus_score(["a b"], [["a c"]])

    def whole(texts: list[str], prepared: Any = None) -> float:
        prepared = prepared or metric.prepare(references)
        return metric.score(metric.statistics(texts, prepared).sum(axis=0))

    kept, ready = judge(metric_id, references), metric.prepare(references)
    pairs: dict[str, list[tuple[float, float]]] = {"with the references": [], "references kept by both": []}
    for texts in systems:
        ours, score = spent(lambda texts=texts: whole(texts))
        theirs, said = spent(lambda texts=texts: judge(metric_id).corpus_score(texts, references))
        assert said.score == score, (metric_id, said.score, score)
        pairs["with the references"].append((ours, theirs))
        ours, score = spent(lambda texts=texts: whole(texts, ready))
        theirs, said = spent(lambda texts=texts: kept.corpus_score(texts, None))
        assert said.score == score, (metric_id, said.score, score)
        pairs["references kept by both"].append((ours, theirs))
    return [
        [f"{metric.name}, {way}", *_row(times, segments), str(LOWER_LIMIT[metric_id])]
        for way, times in pairs.items()
    ]


def _row(times: Sequence[tuple[float, float]], segments: int) -> list[str]:
    ours, theirs = (1e6 * median(column) / segments for column in zip(*times, strict=True))
    ratios = sorted(theirs / ours for ours, theirs in times)
    return [
        f"{theirs:.1f}",
        f"{ours:.1f}",
        f"{median(ratios):.1f} × ({ratios[0]:.1f} to {ratios[-1]:.1f})",
    ]


class Given:
    """A metric of sacreBLEU's whose statistics are computed already: what is left is the test itself."""

    def __new__(cls, metric: Any, known: dict[int, Any]) -> Any:
        metric._extract_corpus_statistics = lambda texts, _: known[id(texts)]
        metric.num_refs = 1
        return metric


def significance(
    metrics: Sequence[Metric], systems: Sequence[list[str]], references: list[list[str]], rounds: int
) -> list[list[str]]:
    """Both paired tests of all systems against the first, on statistics that are there."""
    prepared = [metric.prepare(references) for metric in metrics]
    table = Table(
        metrics,
        [[m.statistics(texts, p) for m, p in zip(metrics, prepared, strict=True)] for texts in systems],
    )
    given = {}
    for number, metric in enumerate(metrics):
        lists = [
            row[number].tolist() if metric.id == "ter" else row[number].astype(int).tolist()
            for row in table.systems
        ]
        known = {id(texts): some for texts, some in zip(systems, lists, strict=True)}
        given[metric.name] = Given(judge(metric.id), known)
    named = [(str(number), texts) for number, texts in enumerate(systems)]
    pairs = against_baseline(len(systems))
    rows = []
    for title, test, ours_test, samples in (
        ("paired bootstrap", "bs", paired_bootstrap, SAMPLES),
        ("approximate randomisation", "ar", paired_randomisation, TRIALS),
    ):
        times = []
        for _ in range(rounds):
            ours, found = spent(lambda ours_test=ours_test: ours_test(table, pairs))
            theirs, said = spent(lambda test=test: PairedTest(named, given, references, test)())
            for comparison in found.comparisons:
                name, (_, system) = metrics[comparison.metric].name, comparison.pair
                assert said[1][name][system].p_value == comparison.p_value
            times.append((ours, theirs))
        ours, theirs = (median(column) for column in zip(*times, strict=True))
        ratios = [theirs / ours for ours, theirs in times]
        names = ", ".join(metric.name for metric in metrics)
        what = f"{title}, {samples:,} ×, {len(systems)} systems, {len(references[0]):,} segments, {names}"
        rows.append([what, f"{theirs:.2f}", f"{ours:.3f}", f"{median(ratios):.1f} ×"])
    return rows


def one_segment(metric_ids: Sequence[str], texts: list[str], reference: list[str]) -> list[list[str]]:
    """A corrected segment among very many: its statistics anew, the sums changed, every corpus score."""
    metrics = [find_metric(metric_id) for metric_id in metric_ids]
    sums = [m.statistics(texts, m.prepare([reference])).sum(axis=0) for m in metrics]
    times = []
    for number in range(200):
        chosen = [m.prepare([[reference[number]]]) for m in metrics]
        old = [m.statistics([texts[number]], p) for m, p in zip(metrics, chosen, strict=True)]

        def correct(number: int = number, old: list[Any] = old) -> None:
            text = texts[number] + " indeed"
            for m, total, before in zip(metrics, sums, old, strict=True):
                total += m.statistics([text], m.prepare([[reference[number]]]))[0] - before[0]
                m.score(total)

        times.append(spent(correct)[0])
    names = ", ".join(metric.name for metric in metrics)
    return [[f"{len(texts):,} segments, {names}", f"{1000 * median(times):.2f}"]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--metric", dest="metrics", action="append", choices=METRICS)
    parser.add_argument("--systems", type=int, default=13)
    parser.add_argument("--long", type=int, action="append", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    metric_ids = given.metrics or list(METRICS)
    reference = read(given.folder / "reference.en")
    systems = [read(file) for file in sorted(given.folder.glob("sys.*.en"))[: given.systems]]
    head = ["", "sacreBLEU, µs a segment", "Tarkka, µs a segment", "ratio (least to most)", "compiled limit"]
    rows = [row for metric_id in metric_ids for row in compare(metric_id, systems, [reference])]
    print_table(f"Scores of {len(systems)} systems, {len(reference):,} segments each", head, rows)
    for count in given.long:
        repeated = [noisy(texts, count, seed) for seed, texts in enumerate([reference, *systems[:1]])]
        rows = [row for metric_id in metric_ids for row in compare(metric_id, repeated[1:], repeated[:1])]
        print_table(f"Scores of a system of {count:,} segments", head, rows)
    metrics = [find_metric(metric_id) for metric_id in metric_ids]
    rows = significance(metrics, systems[:3], [reference], given.rounds)
    print_table(
        "Significance, on statistics that are there", ["", "sacreBLEU, s", "Tarkka, s", "ratio"], rows
    )
    long = max([len(reference), *given.long])
    rows = one_segment(metric_ids, noisy(systems[0], long, 1), noisy(reference, long, 0))
    print_table("From one corrected segment to all corpus scores", ["", "ms"], rows)


if __name__ == "__main__":
    main()
