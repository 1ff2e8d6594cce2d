"""The order of a news test's systems by every metric, sacreBLEU's own scores beside Tarkka's; writes docs/ranking.md.

usage: python bench/ranking.py FOLDER
(a folder with reference.en and sys.NAME.en; sacreBLEU takes minutes for TER)
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.score import judge, read  # noqa: E402
from review.metrics.catalogue import METRICS, find_metric  # noqa: E402
from review.metrics.metric import Metric  # noqa: E402
from review.metrics.ranking import Rank, ranked  # noqa: E402
from review.metrics.resampling import Table  # noqa: E402
from review.metrics.significance import SAMPLES, Significance, all_pairs, paired_bootstrap  # noqa: E402

PAGE = ROOT / "docs" / "ranking.md"
ABOUT = """# Ranking check

The {count} systems of {year}’s Finnish-English news, {segments:,} segments, by each metric, best first: sacreBLEU 2.6.0’s
own corpus scores beside Tarkka’s. Made by `.venv/bin/python bench/ranking.py FOLDER` on {day}, which stops where a
score, and so the order, is not the same to the last bit. Ranks are ranges as WMT prints them, from the raw p-values of all
pairs (paired bootstrap, {samples:,} samples, p below 0.05): as high as right below the systems that are better, as low as
right above those that are worse. A cluster ends where every system above is better than every one below."""
AGREE = """
**Places side by side**

All metrics put {agreed} of {pairs} pairs of systems in the same order; a difference in place between
systems of overlapping ranks says little.
"""

Scores = dict[str, list[float]]  # of the systems, by metric


def by_sacrebleu(systems: Sequence[list[str]], reference: list[str]) -> Scores:
    """sacreBLEU's corpus scores."""
    found: Scores = {}
    for metric_id in METRICS:
        metric = judge(metric_id, [reference])
        found[metric_id] = [metric.corpus_score(texts, None).score for texts in systems]
    return found


def by_tarkka(metrics: Sequence[Metric], systems: Sequence[list[str]], reference: list[str]) -> Significance:
    """This project's scores, and all pairs compared."""
    prepared = [metric.prepare([reference]) for metric in metrics]
    rows = [[m.statistics(texts, p) for m, p in zip(metrics, prepared, strict=True)] for texts in systems]
    return paired_bootstrap(Table(metrics, rows), all_pairs(len(systems)))


def ranks_of(found: Significance, metric: Metric, number: int) -> list[Rank]:
    """The systems by one metric, best first."""
    comparisons = [one for one in found.comparisons if one.metric == number]
    scores = [row[number] for row in found.scores]
    return ranked(scores, comparisons, higher_is_better=metric.higher_is_better)


def metric_lines(
    metric: Metric, ranks: Sequence[Rank], names: Sequence[str], ours: Sequence[float], said: Sequence[float]
) -> Iterator[str]:
    """One metric's table."""
    yield f"\n**{metric.name}** ({'higher' if metric.higher_is_better else 'lower'} is better)\n"
    yield "| place | system | sacreBLEU | Tarkka | rank | cluster |"
    yield "| ---: | --- | ---: | ---: | --- | ---: |"
    for place, rank in enumerate(ranks, start=1):
        span = str(rank.first) if rank.first == rank.last else f"{rank.first}–{rank.last}"
        scores = f"{said[rank.system]:.6f} | {ours[rank.system]:.6f}"
        yield f"| {place} | {names[rank.system]} | {scores} | {span} | {rank.cluster} |"
    yield f"\n`{metric.signature(1)}`"


def place_lines(
    metrics: Sequence[Metric], orders: Sequence[list[int]], names: Sequence[str]
) -> Iterator[str]:
    """Each system's place by every metric, and how many pairs stand in the same order by all."""
    pairs = all_pairs(len(names))
    places = [{system: place for place, system in enumerate(order, start=1)} for order in orders]
    agreed = sum(len({some[a] < some[b] for some in places}) == 1 for a, b in pairs)
    yield AGREE.format(agreed=agreed, pairs=len(pairs))
    yield f"| system | {' | '.join(metric.name for metric in metrics)} |"
    yield "| --- |" + " ---: |" * len(metrics)
    for system in sorted(range(len(names)), key=lambda system: sum(some[system] for some in places)):
        yield f"| {names[system]} | {' | '.join(str(some[system]) for some in places)} |"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    reference = read(folder / "reference.en")
    files = sorted(folder.glob("sys.*.en"))
    names, systems = [file.name[4:-3] for file in files], [read(file) for file in files]
    metrics = [find_metric(metric_id) for metric_id in METRICS]
    found = by_tarkka(metrics, systems, reference)
    said = by_sacrebleu(systems, reference)
    about = {"count": len(names), "year": folder.resolve().name, "segments": len(reference)}
    lines = [ABOUT.format(**about, samples=SAMPLES, day=f"{date.today():%-d %B %Y}")]
    orders = []
    for number, metric in enumerate(metrics):
        ours = [row[number] for row in found.scores]
        if ours != said[metric.id]:
            sys.exit(f"{metric.name}: {ours} is not sacreBLEU's {said[metric.id]}")
        ranks = ranks_of(found, metric, number)
        orders.append([rank.system for rank in ranks])
        lines += metric_lines(metric, ranks, names, ours, said[metric.id])
    lines += place_lines(metrics, orders, names)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
