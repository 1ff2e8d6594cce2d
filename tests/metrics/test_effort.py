"""Edits are sacreBLEU's TER edits, also where they are counted without it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import TER

from review.metrics.effort import edits

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "A", "d,", "é"]), max_size=9).map(" ".join)


@given(TEXTS, TEXTS)
@example("", "")
@example("a", "")
@example("", "a")
@example("a b c", "c a b")
@example("A b", "a B")
@settings(max_examples=300, deadline=None)
def test_edits_are_those_of_ter(hypothesis: str, correction: str) -> None:
    score = TER().sentence_score(hypothesis, [correction])
    assert edits(hypothesis, correction) == (float(score.num_edits), float(score.ref_length))


@pytest.mark.parametrize(
    ("hypothesis", "correction", "expected"),
    [
        ("Lavrovin said so", "Lavrov said so", (1.0, 3.0)),
        ("so said Lavrov and left", "Lavrov said so and left", (2.0, 5.0)),
        ("one two", "one two three", (1.0, 3.0)),
    ],
)
def test_edits_by_hand(hypothesis: str, correction: str, expected: tuple[float, float]) -> None:
    assert edits(hypothesis, correction) == expected
