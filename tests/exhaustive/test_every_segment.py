"""Every segment of every real translation there is: sacreBLEU's statistics by BLEU, chrF, chrF++ and TER."""

from typing import Any

import pytest
from sacrebleu.metrics import BLEU, CHRF, TER

from review.metrics.catalogue import METRICS, find_metric
from tests.conftest import SHARED
from tests.metrics.scored import YEARS, newstest

pytestmark = pytest.mark.exhaustive

FILES = [(f.parent.name, f.name[4:-3]) for year in YEARS for f in SHARED.glob(f"data/fi-en/{year}/sys.*.en")]


def judge(metric_id: str, references: list[list[str]]) -> Any:
    if metric_id == "bleu":
        return BLEU(references=references)
    if metric_id == "ter":
        return TER(references=references)
    return CHRF(word_order=metric_id.count("+"), references=references)


@pytest.mark.parametrize("metric_id", METRICS)
@pytest.mark.parametrize(("year", "name"), sorted(FILES))
def test_every_segment(year: str, name: str, metric_id: str) -> None:
    reference, systems = newstest(year)
    metric, sacrebleu = find_metric(metric_id), judge(metric_id, [reference])
    found = metric.statistics(systems[name], metric.prepare([reference]))
    expected = sacrebleu._extract_corpus_statistics(systems[name], None)
    differing = [
        n for n, (row, said) in enumerate(zip(found.tolist(), expected, strict=True), 1) if row != said
    ]
    assert differing == []
    assert metric.score(found.sum(axis=0)) == sacrebleu._aggregate_and_compute(expected).score


def test_there_are_files() -> None:
    newstest(YEARS[0])  # leaves the test out where the data are missing, and in CI fails
    assert len(FILES) > len(YEARS)
