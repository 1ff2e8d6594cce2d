"""TER on every real translation there is, by all sets of options: sacreBLEU's statistics, segment by segment."""

from itertools import product

import pytest
from sacrebleu.metrics import TER

from review.metrics.ter import Ter
from tests.metrics.scored import YEARS, newstest

pytestmark = pytest.mark.exhaustive

OPTIONS = ("normalized", "no_punct", "asian_support", "case_sensitive")


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("options", [{"normalized": True}, {"no_punct": True, "case_sensitive": True}])
def test_every_system(year: str, options: dict[str, bool]) -> None:
    """Every fortieth segment; without options test_every_segment takes all."""
    reference, systems = newstest(year)
    some = slice(None, None, 40)
    metric, judge = Ter(**options), TER(**options, references=[reference[some]])
    prepared = metric.prepare([reference[some]])
    for name, system in systems.items():
        found = metric.statistics(system[some], prepared)
        expected = judge._extract_corpus_statistics(system[some], None)
        assert found.tolist() == expected, name
        assert metric.score(found.sum(axis=0)) == judge._aggregate_and_compute(expected).score, name


@pytest.mark.parametrize(
    "options", [dict(zip(OPTIONS, on, strict=True)) for on in product((False, True), repeat=4)]
)
def test_all_options_against_four_references(options: dict[str, bool]) -> None:
    reference, systems = newstest("newstest2018")
    streams = [stream[:100] for stream in (reference, *systems.values())]
    for references, system in ((streams[:4], streams[-1]), (streams[1:4], streams[0])):
        metric, judge = Ter(**options), TER(**options, references=references)
        found = metric.statistics(system, metric.prepare(references))
        expected = judge._extract_corpus_statistics(system, None)
        assert found.tolist() == expected
        assert metric.score(found.sum(axis=0)) == judge._aggregate_and_compute(expected).score
        assert metric.signature(len(references)) == str(judge.get_signature())


def test_every_system_as_the_reference_of_the_next() -> None:
    """Translations that are closer to one another than to the reference."""
    _, systems = newstest("newstest2018")
    texts = [system[::25] for system in systems.values()]
    for system, reference in zip(texts, texts[1:] + texts[:1], strict=True):
        metric = Ter()
        found = metric.statistics(system, metric.prepare([reference]))
        assert found.tolist() == TER()._extract_corpus_statistics(system, [reference])
