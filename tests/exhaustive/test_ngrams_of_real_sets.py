"""BLEU, chrF and chrF++ of every real system there is, by segment and corpus, and both tests, are sacreBLEU's."""

import pytest
from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.significance import PairedTest

from review.metrics.bleu import Bleu
from review.metrics.chrf import Chrf
from review.metrics.resampling import Table
from review.metrics.significance import against_baseline, paired_bootstrap, paired_randomisation
from tests.metrics.scored import YEARS, assert_equal_to_sacrebleu, newstest

pytestmark = pytest.mark.exhaustive


@pytest.mark.parametrize("lowercase", [False, True], ids=["cased", "lowercased"])
@pytest.mark.parametrize("year", YEARS)
def test_every_system_against_the_reference(year: str, lowercase: bool) -> None:
    """Every fifth segment, lower-cased every fifteenth, and one system whole."""
    reference, systems = newstest(year)
    sentence = BLEU(lowercase=lowercase, effective_order=True)
    for name, texts in systems.items():
        some = slice(None, None, 15 if lowercase else 1 if name == "uedin.5631" else 5)
        corpus = texts[some], [reference[some]]
        assert_equal_to_sacrebleu(Bleu(lowercase=lowercase), BLEU(lowercase=lowercase), *corpus, sentence)
        for order in (0, 2):
            options = {"word_order": order, "lowercase": lowercase}
            assert_equal_to_sacrebleu(Chrf(**options), CHRF(**options), *corpus)


@pytest.mark.parametrize("tokenize", ["none", "intl", "char", "zh"])
def test_every_tokeniser(tokenize: str) -> None:
    reference, systems = newstest("newstest2018")
    options = {"tokenize": tokenize, "smooth_method": "floor"}
    for texts in systems.values():
        sentence = BLEU(effective_order=True, **options)
        assert_equal_to_sacrebleu(Bleu(**options), BLEU(**options), texts[::5], [reference[::5]], sentence)


@pytest.mark.parametrize("year", YEARS)
def test_several_references(year: str) -> None:
    """Other systems stand in for further references, once one segment too early."""
    reference, *systems = (texts[::5] for texts in (newstest(year)[0], *newstest(year)[1].values()))
    texts, *others = systems
    for references in ([reference, others[0]], [reference, *others[:3]], [[*others[1][1:], "x"], reference]):
        sentence = BLEU(effective_order=True)
        assert_equal_to_sacrebleu(Bleu(), BLEU(), texts, references, sentence)
        for options in ({}, {"word_order": 2}, {"whitespace": True, "eps_smoothing": True}):
            assert_equal_to_sacrebleu(Chrf(**options), CHRF(**options), texts, references)


def test_both_tests_on_four_systems() -> None:
    reference, systems = newstest("newstest2018")
    systems = dict(list(systems.items())[:4])
    judges = {"BLEU": BLEU(), "chrF2": CHRF(), "chrF2++": CHRF(word_order=2)}
    metrics = [Bleu(), Chrf(), Chrf(word_order=2)]
    prepared = [metric.prepare([reference]) for metric in metrics]
    table = Table(
        metrics,
        [
            [m.statistics(texts, p) for m, p in zip(metrics, prepared, strict=True)]
            for texts in systems.values()
        ],
    )
    pairs = against_baseline(len(systems))
    for test, name, samples in ((paired_bootstrap, "bs", 1000), (paired_randomisation, "ar", 1000)):
        found = test(table, pairs, samples)
        _, said = PairedTest(list(systems.items()), judges, [reference], name, samples)()
        for comparison in found.comparisons:
            result = said[metrics[comparison.metric].name][comparison.pair[1]]
            assert result.p_value == comparison.p_value
        if found.intervals is not None:
            for number, metric in enumerate(metrics):
                intervals = [(row[number].mean, row[number].half) for row in found.intervals]
                assert intervals == [(result.mean, result.ci) for result in said[metric.name]]
