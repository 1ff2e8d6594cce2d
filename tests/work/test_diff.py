"""Diffs give both texts back; a moved span holds the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.diff import Change, merge, move_span, word_diff
from review.text import to_nfc, tokens

TEXT = st.lists(st.sampled_from(["the", "a", "EU", " ", ".", "e\u0301", "é", "\n", "😀"]), max_size=20).map(
    "".join
)


@given(TEXT | st.text(), TEXT | st.text())
def test_a_diff_holds_both_texts(old: str, new: str) -> None:
    changes = word_diff(old, new)
    assert "".join(c.text for c in changes if c.kind != "insert") == old
    assert "".join(c.text for c in changes if c.kind != "delete") == new


def test_a_diff_is_of_whole_words() -> None:
    assert word_diff("Sergei Lavrovin said", "Sergei Lavrov said") == [
        Change("equal", "Sergei "),
        Change("delete", "Lavrovin"),
        Change("insert", "Lavrov"),
        Change("equal", " said"),
    ]


def test_neighbouring_edits_read_as_one() -> None:
    assert [c.kind for c in word_diff("say two words now", "say new things now")] == [
        "equal",
        "delete",
        "insert",
        "equal",
    ]


@given(TEXT, TEXT, st.data())
def test_a_moved_span_holds_the_same_text(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    moved = move_span(old, new, start, end)
    if moved:
        assert new[moved[0] : moved[1]] == old[start:end]


def test_a_span_moves_with_an_edit_before_it_and_is_lost_with_one_inside() -> None:
    assert move_span("see Lavrovin", "I see Lavrovin", 4, 12) == (6, 14)
    assert move_span("see Lavrovin", "see Lavrov", 4, 12) is None


@given(st.text())
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(st.text())
@pytest.mark.fault(5)
def test_offsets_in_composed_text_point_into_the_original(text: str) -> None:
    composed, offsets = to_nfc(text)
    if offsets is not None:
        assert len(offsets) == len(composed) + 1
        assert offsets == sorted(offsets)
        assert offsets[-1] == len(text)


@pytest.mark.parametrize(
    ("base", "yours", "theirs", "merged"),
    [
        ("a b c d", "a B c d", "a b c D", "a B c D"),
        ("a b c d", "a c d", "a b c D", "a c D"),
        ("a b c", "a b c e", "x a b c", "x a b c e"),
        ("a b c", "a B c", "a B c", "a B c"),  # the same change made twice stands once
        ("a b c", "a B c", "a x c", None),
        ("a b c", "a B c", "a c", None),
        ("a b", "a B", "A b", "A B"),  # the space between them is untouched
        ("ab", "Ab", "aB", None),  # one word
        ("", "new", "new", "new"),
        ("", "one", "two", None),
    ],
)
def test_changes_of_two_people_are_merged_word_by_word(
    base: str, yours: str, theirs: str, merged: str | None
) -> None:
    assert merge(base, yours, theirs) == merged
    assert merge(base, theirs, yours) == merged


@given(TEXT | st.text(), TEXT | st.text())
def test_a_change_of_one_side_alone_is_kept_as_it_is(base: str, changed: str) -> None:
    assert merge(base, changed, base) == changed
    assert merge(base, base, changed) == changed
    assert merge(base, changed, changed) == changed
