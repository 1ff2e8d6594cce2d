"""Both paired tests give sacreBLEU's own numbers, with any block of draws; Holm and WMT's clusters."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

from review.errors import BadInput
from review.metrics import resampling
from review.metrics.bleu import Bleu
from review.metrics.chrf import Chrf
from review.metrics.ranking import Rank, ranked
from review.metrics.resampling import Table
from review.metrics.significance import (
    Comparison,
    against_baseline,
    all_pairs,
    holm,
    paired_bootstrap,
    paired_randomisation,
)
from review.metrics.ter import Ter
from tests.metrics.scored import newstest

JUDGES: dict[str, Any] = {
    "BLEU": BLEU(),
    "chrF2": CHRF(),
    "chrF2++": CHRF(word_order=2),
    "chrF2s": CHRF(eps_smoothing=True),
    "BLEUf": BLEU(smooth_method="floor"),
    "BLEUa": BLEU(smooth_method="add-k"),
    "BLEUh": BLEU(smooth_method="add-k", smooth_value=1.5),
    "TER": TER(),
}
OURS = [
    Bleu(),
    Chrf(),
    Chrf(word_order=2),
    Chrf(eps_smoothing=True),
    Bleu(smooth_method="floor"),
    Bleu(smooth_method="add-k"),
    Bleu(smooth_method="add-k", smooth_value=1.5),
    Ter(),
]


def table(metrics: Sequence[Any], systems: Sequence[Sequence[str]], references: list[list[str]]) -> Table:
    prepared = [metric.prepare(references) for metric in metrics]
    return Table(
        metrics,
        [[m.statistics(texts, p) for m, p in zip(metrics, prepared, strict=True)] for texts in systems],
    )


def by_sacrebleu(
    judge: Any, systems: dict[str, list[str]], references: list[list[str]], test: str, samples: int
) -> list[Any]:
    """Its results for one metric, the baseline's first."""
    run = PairedTest(list(systems.items()), {"one": judge}, references, test, samples)
    _, found = run()
    (name,) = set(found) - {"System"}
    return found[name]


def compare(systems: dict[str, list[str]], references: list[list[str]], samples: int = 100) -> None:
    for ours, judge in zip(OURS, JUDGES.values(), strict=True):
        filled = table([ours], list(systems.values()), references)
        pairs = against_baseline(len(systems))
        said = by_sacrebleu(judge, systems, references, "bs", samples)
        found = paired_bootstrap(filled, pairs, samples)
        assert [row[0] for row in found.scores] == [result.score for result in said]
        assert found.intervals is not None
        intervals = [(row[0].mean, row[0].half) for row in found.intervals]
        assert intervals == [(result.mean, result.ci) for result in said]
        assert [c.p_value for c in found.comparisons] == [result.p_value for result in said[1:]]
        said = by_sacrebleu(judge, systems, references, "ar", 2 * samples)
        found = paired_randomisation(filled, pairs, 2 * samples)
        assert found.intervals is None
        assert [c.p_value for c in found.comparisons] == [result.p_value for result in said[1:]]


def sample_of(year: str, count: int, names: Sequence[str]) -> tuple[dict[str, list[str]], list[str]]:
    reference, systems = newstest(year)
    return {name: systems[name][:count] for name in names}, reference[:count]


@pytest.mark.slow
def test_real_systems() -> None:
    systems, reference = sample_of("newstest2018", 150, ["google", "uedin.5631", "JUCBNMT.5559"])
    compare(systems, [reference])


def test_three_references_whose_mean_length_is_a_fraction() -> None:
    names = ["google", "uedin.5631", "online-A.0", "NICT.5515"]
    systems, reference = sample_of("newstest2018", 25, names)
    compare(
        {name: systems[name] for name in names[:2]}, [reference, systems["online-A.0"], systems["NICT.5515"]]
    )


def test_corpora_of_a_few_short_segments_where_some_draws_hold_nothing() -> None:
    systems = {"a": ["x", "", "the cat", "b c d e"], "b": ["", "y z", "the dog", "b c e d"]}
    compare(systems, [["q", "y", "the cat sat", "b c d e f"]])
    compare(systems, [["q", "", "the cat sat", ""], ["", "z", "cat", "b"]])


def test_a_system_against_itself_is_never_significant() -> None:
    systems, reference = sample_of("newstest2018", 20, ["google"])
    compare({"google": systems["google"], "again": systems["google"]}, [reference])


def test_blocks_of_draws_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    systems, reference = sample_of("newstest2018", 70, ["google", "uedin.5631"])
    filled = table(OURS[:3], list(systems.values()), [reference])
    whole = [test(filled, [(0, 1)], 333) for test in (paired_bootstrap, paired_randomisation)]
    monkeypatch.setattr(resampling, "_AT_ONCE", 70 * 33)
    assert [test(filled, [(0, 1)], 333) for test in (paired_bootstrap, paired_randomisation)] == whole


def test_sums_that_32_bits_round_are_added_as_sacrebleu_does() -> None:
    """Very long corpora, and with several references TER's mean lengths, which are fractions."""

    class Given(Ter):
        def prepare(self, references: Any) -> Any:
            return None

        def statistics(self, hypotheses: Sequence[str], prepared: Any) -> Any:
            return np.array([[float(n) for n in text.split()] for text in hypotheses])

    class GivenJudge(TER):
        def _extract_corpus_statistics(self, hypotheses: Any, references: Any) -> Any:
            self.num_refs = 1
            return [[float(n) for n in text.split()] for text in hypotheses]

    judge, metric = GivenJudge(), Given()
    for rows in (
        [["1 3.3333333333333335", "2 7", "5 5.666666666666667", "3 9"], ["1 3.3333333333333335", "3 7"] * 2],
        [["4000001 8000003", "3000007 9000001", "1 2"], ["4000003 8000003", "3000011 9000001", "0 2"]],
    ):
        systems = {str(n): row for n, row in enumerate(rows)}
        said = by_sacrebleu(judge, systems, [rows[0]], "bs", 100)
        found = paired_bootstrap(table([metric], rows, [rows[0]]), [(0, 1)], 100)
        assert found.intervals is not None
        assert [(row[0].mean, row[0].half) for row in found.intervals] == [(r.mean, r.ci) for r in said]
        assert found.comparisons[0].p_value == said[1].p_value
        said = by_sacrebleu(judge, systems, [rows[0]], "ar", 100)
        found = paired_randomisation(table([metric], rows, [rows[0]]), [(0, 1)], 100)
        assert found.comparisons[0].p_value == said[1].p_value


def test_systems_are_compared_on_the_same_segments() -> None:
    with pytest.raises(BadInput, match="2 and 3 segments"):
        Table([Bleu()], [[np.zeros((3, 10))], [np.zeros((2, 10))]])
    with pytest.raises(BadInput, match="nothing to score"):
        Table([Bleu()], [])


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.6]) == [1.0, 1.0]
    assert holm([]) == []


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_holm_rejects_as_the_step_down_procedure_does(p_values: list[float]) -> None:
    corrected = holm(p_values)
    rejected, order = set(), sorted(range(len(p_values)), key=p_values.__getitem__)
    for step, place in enumerate(order):
        if min(1.0, (len(p_values) - step) * p_values[place]) > 0.05:
            break
        rejected.add(place)
    assert {place for place, p in enumerate(corrected) if p <= 0.05} == rejected
    assert all(p <= c <= 1 for p, c in zip(p_values, corrected, strict=True))


def test_clusters_end_where_all_above_beat_all_below() -> None:
    scores = [20.0, 31.0, 30.0, 29.0]
    beaten = {(0, 1), (0, 2), (0, 3), (1, 3)}
    comparisons = [Comparison(0, pair, 0.0, 0.01 if pair in beaten else 0.2, 1.0) for pair in all_pairs(4)]
    expected = [Rank(1, 1, 2, 1), Rank(2, 1, 3, 1), Rank(3, 2, 3, 1), Rank(0, 4, 4, 2)]
    assert ranked(scores, comparisons, higher_is_better=True) == expected
    errors = [-score for score in scores]
    assert ranked(errors, comparisons, higher_is_better=False) == expected
