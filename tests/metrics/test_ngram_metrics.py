"""BLEU, chrF and chrF++ are sacreBLEU's to the last bit."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF

from review.errors import BadInput
from review.metrics.bleu import Bleu
from review.metrics.chrf import Chrf
from tests.metrics.scored import assert_equal_to_sacrebleu, corpora, newstest, texts

CHRF_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "char_order": st.sampled_from([1, 2, 6, 9]),
        "word_order": st.integers(0, 4),
        "beta": st.sampled_from([1, 2, 3]),
        "lowercase": st.booleans(),
        "whitespace": st.booleans(),
        "eps_smoothing": st.booleans(),
    },
)
BLEU_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "tokenize": st.sampled_from(["13a", "none", "intl", "char", "zh"]),
        "lowercase": st.booleans(),
        "smooth_method": st.sampled_from(["none", "floor", "add-k", "exp"]),
        "max_ngram_order": st.sampled_from([1, 2, 4, 5, 8]),
        "effective_order": st.booleans(),
    },
)


def judge_bleu(options: dict[str, Any]) -> tuple[Any, Any]:
    return BLEU(**options, force=True), BLEU(**{**options, "effective_order": True})


@settings(deadline=None)
@given(corpora(), CHRF_OPTIONS)
@example((["", " "], [["", "a"], ["a", ""]]), {})
@example((["a b c"], [["a b c"]]), {"word_order": 2})
def test_chrf_of_any_text(corpus: tuple[list[str], list[list[str]]], options: dict[str, Any]) -> None:
    assert_equal_to_sacrebleu(Chrf(**options), CHRF(**options), *corpus)


@settings(deadline=None)
@given(corpora(), BLEU_OPTIONS)
@example((["", " "], [["", "a"], ["a", ""]]), {})
@example((["a b c"], [["a b c"]]), {"effective_order": True})
def test_bleu_of_any_text(corpus: tuple[list[str], list[list[str]]], options: dict[str, Any]) -> None:
    judge, sentence = judge_bleu(options)
    assert_equal_to_sacrebleu(Bleu(**options), judge, *corpus, sentence)


@pytest.mark.parametrize("value", [0.01, 2.5])
@pytest.mark.parametrize("method", ["floor", "add-k"])
def test_bleu_with_another_amount_of_smoothing(method: str, value: float) -> None:
    options = {"smooth_method": method, "smooth_value": value}
    judge, sentence = judge_bleu(options)
    corpus = ["a b c d e", "x y", "c a"], [["a b d e f", "x z", "b a"]]
    assert_equal_to_sacrebleu(Bleu(**options), judge, *corpus, sentence)


@settings(max_examples=200, deadline=None)
@given(st.lists(texts, min_size=1, max_size=3).map(" ".join))
def test_words_are_those_of_13a(text: str) -> None:
    """Every word once more in the reference, after another one: lengths and matches tell where words end."""
    judge, sentence = judge_bleu({})
    assert_equal_to_sacrebleu(Bleu(), judge, [text], [[f"y {BLEU()._preprocess_segment(text)}"]], sentence)


@pytest.mark.parametrize("references", [1, 3])
def test_a_sample_of_real_systems(references: int) -> None:
    reference, systems = newstest("newstest2018")
    streams = [reference, *systems.values()][:references]
    for name in ("google", "uedin.5631"):
        corpus = systems[name][1500:1620], [stream[1500:1620] for stream in streams]
        judge, sentence = judge_bleu({})
        assert_equal_to_sacrebleu(Bleu(), judge, *corpus, sentence)
        assert_equal_to_sacrebleu(Chrf(), CHRF(), *corpus)
        assert_equal_to_sacrebleu(Chrf(word_order=2), CHRF(word_order=2), *corpus)


def test_more_kinds_of_characters_than_a_key_holds() -> None:
    """Runs of segments are halved, and a segment that is too much by itself is sacreBLEU's."""
    many = ["".join(map(chr, range(0x4E00 + 40 * n, 0x4E00 + 40 * n + 60))) for n in range(120)]
    huge = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    judge, sentence = judge_bleu({"tokenize": "char", "max_ngram_order": 6})
    metric = Bleu(tokenize="char", max_ngram_order=6)
    corpus = [*many, huge[5:]], [[*many[1:], "", huge]]
    assert_equal_to_sacrebleu(Chrf(), CHRF(), *corpus)
    assert_equal_to_sacrebleu(metric, judge, *corpus, sentence)


def test_references_serve_many_systems() -> None:
    references = [["the cat sat", "a dog"], ["the cat sits", "dogs"]]
    for metric, judge in ((Bleu(), BLEU()), (Chrf(word_order=2), CHRF(word_order=2))):
        prepared = metric.prepare(references)
        for system in (["a cat sat", "a dog"], ["", "new words here"], ["the cat", "dogs"]):
            found = metric.statistics(system, prepared)
            assert found.tolist() == judge._extract_corpus_statistics(system, references)


@pytest.mark.parametrize("metric", [Bleu(), Chrf()], ids=lambda metric: metric.name)
def test_numbers_of_segments_are_compared_first(metric: Any) -> None:
    with pytest.raises(BadInput, match="2 hypotheses and 3 references"):
        metric.statistics(["a", "b"], metric.prepare([["a", "b", "c"]]))
    with pytest.raises(BadInput, match="3 segments and another 2"):
        metric.prepare([["a", "b", "c"], ["a", "b"]])
    for nothing in ([], [[]]):
        with pytest.raises(BadInput, match="nothing to score"):
            metric.prepare(nothing)
