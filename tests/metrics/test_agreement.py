"""Krippendorff's alpha: the published examples, the definition by brute force, and its interval."""

from collections.abc import Hashable, Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.metrics.agreement import Scale, agreement, alpha

Row = Sequence[Hashable]


def units(*observers: str) -> list[list[Hashable]]:
    """A table of observers' values, "." where one is missing, as the values of each unit."""
    rows = [row.split() for row in observers]
    return [[int(v) if v.isdigit() else v for v in column if v != "."] for column in zip(*rows, strict=True)]


# Krippendorff 2011, sections A to C.
BINARY = units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
LETTERS = units("a a b b d c c c e d d a", "b a b b b c c c e d d d")
FOUR = units(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


@pytest.mark.parametrize(
    ("data", "scale", "expected"),
    [
        (BINARY, Scale.NOMINAL, 0.095),
        (LETTERS, Scale.NOMINAL, 0.692),
        (FOUR, Scale.NOMINAL, 0.743),
        (FOUR, Scale.ORDINAL, 0.815),
        (FOUR, Scale.INTERVAL, 0.849),
    ],
)
def test_the_published_examples(data: list[Row], scale: Scale, expected: float) -> None:
    found = alpha(data, scale)
    assert found is not None
    assert round(found, 3) == expected


def by_definition(data: Sequence[Row], scale: Scale) -> float | None:
    """Observed over expected disagreement, pair by pair."""
    paired = [unit for unit in data if len(unit) > 1]
    every = [value for unit in paired for value in unit]

    def apart(a: Hashable, b: Hashable) -> float:
        if scale is Scale.NOMINAL:
            return float(a != b)
        assert isinstance(a, int)
        assert isinstance(b, int)
        if scale is Scale.INTERVAL:
            return float((a - b) ** 2)
        low, high = sorted((a, b))
        between = sum(every.count(g) for g in {v for v in every if isinstance(v, int) and low <= v <= high})
        return 0.0 if a == b else (between - (every.count(a) + every.count(b)) / 2) ** 2

    n = len(every)
    observed = sum(sum(apart(a, b) for a, b in permutations(u, 2)) / (len(u) - 1) for u in paired)
    expected = sum(apart(a, b) for a, b in permutations(every, 2))
    return None if not expected else 1 - (n - 1) * observed / expected


@pytest.mark.parametrize("scale", list(Scale))
@given(data=st.lists(st.lists(st.integers(0, 5), max_size=4), max_size=8))
def test_it_is_what_the_definition_says(data: list[list[int]], scale: Scale) -> None:
    found, expected = alpha(data, scale), by_definition(data, scale)
    assert found == (None if expected is None else pytest.approx(expected))


def test_full_agreement_is_one_and_nothing_to_differ_in_is_unknown() -> None:
    assert alpha([[1, 1], [2, 2]], Scale.ORDINAL) == 1
    assert alpha([[1, 1], [1, 1]], Scale.NOMINAL) is None
    assert alpha([[1], []], Scale.NOMINAL) is None


def test_the_interval_holds_alpha_and_is_the_same_each_time() -> None:
    groups = [[unit] for unit in FOUR]
    first = agreement(groups, Scale.NOMINAL)
    assert first == agreement(groups, Scale.NOMINAL)
    assert first.low is not None
    assert first.high is not None
    assert first.alpha is not None
    assert first.low < first.alpha < first.high <= 1
    assert first.units == 11, "the unit that one person judged is left out"


def test_words_of_one_segment_are_drawn_together() -> None:
    """A hundred words in two segments are no more evidence than two segments."""
    words = [[[1, 1], [0, 0]] * 25, [[1, 0], [0, 1]] * 25]
    together = agreement(words, Scale.NOMINAL)
    apart = agreement([[unit] for group in words for unit in group], Scale.NOMINAL)
    assert together.alpha == apart.alpha
    assert together.low is not None
    assert together.high is not None
    assert apart.low is not None
    assert apart.high is not None
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_how_many_pairs_are_equal() -> None:
    assert agreement([[["a", "a", "b"]], [["b", "b"]]], Scale.NOMINAL).same == 0.5


def test_nobody_judged_anything() -> None:
    found = agreement([[[1]], []], Scale.INTERVAL)
    assert (found.alpha, found.units, found.same) == (None, 0, None)
