"""TER is sacreBLEU's to the last bit: its shifts, its limits, its beam and its ways with white space."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics import TER
from sacrebleu.metrics.lib_ter import BeamEditDistance, translation_edit_rate

from review.errors import BadInput
from review.metrics.ter import Ter
from review.metrics.ter_beam import beam_holds
from review.metrics.ter_shift import edits
from tests.metrics.scored import assert_equal_to_sacrebleu, corpora, newstest

pytestmark = pytest.mark.slow

OPTIONS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("normalized", "no_punct", "asian_support", "case_sensitive"), st.booleans())
)
LETTERS = "".join(map(chr, range(0x400, 0x460)))
NOWHERE = "\0"  # what stands for a word that the reference does not have


@st.composite
def moved(draw: st.DrawFn, longest: int, letters: str) -> tuple[str, str]:
    """A reference of one-letter words, and a hypothesis: the same with words moved, lost and made up."""
    reference = draw(st.text(letters, max_size=longest))
    words = reference
    for _ in range(draw(st.integers(0, 5))):
        start, end, target = sorted(draw(st.tuples(*[st.integers(0, len(words))] * 3)))
        words = words[:start] + words[end:target] + words[start:end] + words[target:]
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(words)))
        words = (
            words[:start]
            + draw(st.text(letters + NOWHERE, max_size=3))
            + words[start + draw(st.integers(0, 2)) :]
        )
    return "".join(word if word in reference else NOWHERE for word in words), reference


def assert_same_edits(hypothesis: str, reference: str) -> None:
    assert edits(hypothesis, reference) == translation_edit_rate(list(hypothesis), list(reference))[0]


@given(st.text("ab\0", max_size=9), st.text("ab", max_size=9))
@example("", "")
@example("", "ab")
@example("ab", "")
@example("aabaaab", "aaabaab")  # a shift to a place among the shifted words themselves
@settings(max_examples=300, deadline=None)
def test_few_words_that_are_often_the_same(hypothesis: str, reference: str) -> None:
    assert_same_edits(hypothesis, reference)


@given(moved(25, "abcdefghijklmnop"))
@settings(max_examples=300, deadline=None)
def test_words_that_have_moved(pair: tuple[str, str]) -> None:
    assert_same_edits(*pair)


@given(moved(90, "abcdefghij"))
@settings(max_examples=40, deadline=None)
def test_segments_longer_than_the_beam(pair: tuple[str, str]) -> None:
    assert_same_edits(*pair)


def test_where_the_beam_matters() -> None:
    """Words that stand 27 places from their own are outside: sacreBLEU finds more edits than there are."""
    hypothesis, reference = NOWHERE * 27 + LETTERS[:30], LETTERS[:30] + LETTERS[-27:]
    fewest = Levenshtein.distance(hypothesis, reference)
    assert fewest < BeamEditDistance(list(reference))(list(hypothesis))[0]
    assert not beam_holds(hypothesis, reference, fewest)
    assert_same_edits(hypothesis, reference)


@pytest.mark.parametrize("lengths", [(1, 60), (2, 120), (60, 1), (200, 3), (30, 50), (50, 30)])
def test_lengths_far_apart(lengths: tuple[int, int]) -> None:
    """The beam grows where the reference is more than 50 times as long."""
    hypothesis, reference = ("cbda" * 50)[: lengths[0]], ("abcde" * 40)[: lengths[1]]
    assert_same_edits(hypothesis, reference)


@pytest.mark.parametrize("length", [40, 60, 90])
def test_more_shifts_than_are_looked_at(length: int) -> None:
    """After a thousand, the best of the last round is not made any more."""
    assert_same_edits(
        ("ab" * length)[: length // 2] + ("ba" * length)[: length // 2], ("aab" * length)[:length]
    )


def test_shifts_no_farther_than_fifty_places() -> None:
    for length in (45, 60):
        words = LETTERS[:length]
        assert_same_edits(words + "abc", "abc" + words)
        assert_same_edits("abc" + words, words + "abc")


@pytest.mark.parametrize("length", [9, 10, 11, 12])
def test_shifts_of_no_more_than_ten_words(length: int) -> None:
    moving, staying = LETTERS[:length], LETTERS[-18:]
    assert_same_edits(moving + staying, staying + moving)


@given(corpora(), OPTIONS)
@example((["", " "], [["", "a"], ["a", ""]]), {})
@example((["a"], [["don't. 's"]]), {"normalized": True})  # the reference is taken apart twice
@example((["ΣΑΣ Σ İ"], [["σας ς i̇"]]), {})
@example((["a.b"], [["a b"]]), {"no_punct": True})
@example((["日本、語"], [["日本 語"]]), {"normalized": True, "no_punct": True, "asian_support": True})
@settings(deadline=None)
def test_any_text(corpus: tuple[list[str], list[list[str]]], options: dict[str, bool]) -> None:
    assert_equal_to_sacrebleu(Ter(**options), TER(**options), *corpus)


def test_mean_length_of_three_references_is_a_fraction() -> None:
    corpus = ["a b c"] * 50, [["a b c"] * 50, ["a"] * 50, ["b a c"] * 50]
    found = assert_equal_to_sacrebleu(Ter(), TER(), *corpus)
    assert found[0].tolist() == [0, 7 / 3]


@pytest.mark.parametrize("references", [1, 3])
@pytest.mark.parametrize("options", [{}, {"normalized": True, "no_punct": True, "case_sensitive": True}])
def test_a_sample_of_real_systems(references: int, options: dict[str, bool]) -> None:
    reference, systems = newstest("newstest2018")
    streams = [reference, *systems.values()][:references]
    for name in ("google", "uedin.5631"):
        corpus = systems[name][1500:1525], [stream[1500:1525] for stream in streams]
        assert_equal_to_sacrebleu(Ter(**options), TER(**options), *corpus)


def test_references_serve_many_systems() -> None:
    references = [["the cat sat", "a dog"], ["the cat sits", "dogs"]]
    metric = Ter()
    prepared = metric.prepare(references)
    for system in (["a cat sat", "a dog"], ["", "new words here"], ["the cat", "dogs"]):
        assert metric.statistics(system, prepared).tolist() == TER()._extract_corpus_statistics(
            system, references
        )


def test_more_words_than_a_byte_counts() -> None:
    words = [f"w{n}" for n in range(400)]
    assert_equal_to_sacrebleu(Ter(), TER(), [" ".join(words[3:])], [[" ".join(words)]])


def test_numbers_of_segments_are_compared_first() -> None:
    metric: Any = Ter()
    with pytest.raises(BadInput, match="2 hypotheses and 3 references"):
        metric.statistics(["a", "b"], metric.prepare([["a", "b", "c"]]))
    for nothing in ([], [[]]):
        with pytest.raises(BadInput, match="nothing to score"):
            metric.prepare(nothing)
