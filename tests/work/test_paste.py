"""Pasted text becomes clean paragraphs; two texts that do not match can be joined and split until they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.work.paste import (
    clean_paragraphs,
    first_divergence,
    guess_title,
    join_next,
    paragraphs,
    split_at,
    split_points,
)

PASTED = [
    ("One.\n\nTwo.\n", "One.\n\nTwo.\n"),
    ("One.\r\nTwo.\r\nThree.", "One.\n\nTwo.\n\nThree.\n"),  # Word: a paragraph a line
    ("One.\n\n\n \nTwo.", "One.\n\nTwo.\n"),
    ("  One.  \n\nTwo.\u00a0", "One.\n\nTwo.\n"),
    ("One.\u000bstill one.\n\nTwo.", "One.\nstill one.\n\nTwo.\n"),
    ("• One\n• Two\n", "One\n\nTwo\n"),
    ("hyphen\u00adated\u200b\n\nTwo", "hyphenated\n\nTwo\n"),
    (
        "This line was broken by a mail program at about seventy characters and\n"
        "goes on here in the same paragraph until it comes to its end, which is\n"
        "now.\n\nThe next paragraph is short.",
        "This line was broken by a mail program at about seventy characters and "
        "goes on here in the same paragraph until it comes to its end, which is "
        "now.\n\nThe next paragraph is short.\n",
    ),
]


@pytest.mark.parametrize(("pasted", "clean"), PASTED)
def test_pasted_text_arrives_as_clean_paragraphs(pasted: str, clean: str) -> None:
    assert clean_paragraphs(pasted) == clean


@given(st.text(st.sampled_from("ab. \n\r\u00a0\u000b\u2028•")))
def test_cleaning_twice_changes_no_words(text: str) -> None:
    once = clean_paragraphs(text)
    assert "".join(clean_paragraphs(once).split()) == "".join(once.split())
    assert len(paragraphs(clean_paragraphs(once))) >= len(paragraphs(once)) - 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The council met. It rained.", "The council met"),
        (" date 2021-02-09 The council met. It rained.", "The council met"),
        ("Headline without stop\n\nThe council met.", "Headline without stop"),
        ("   \n\n", "Untitled"),
    ],
)
def test_a_title_is_the_first_sentence(text: str, title: str) -> None:
    assert guess_title(text) == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = guess_title("word " * 40)
    assert len(title) <= 71
    assert title.endswith("word…")


FINNISH = [
    "Ensimmäinen kappale on tässä.",
    "Toinen kappale. Se on pidempi kuin muut, paljon pidempi.",
    "Kolmas.",
    "Neljäs kappale päättää.",
]


@pytest.mark.parametrize(
    ("english", "at", "longer"),
    [
        (
            [
                "The first paragraph is here.",
                "The second paragraph.",
                "It is longer than the others, much longer.",
                "Third.",
                "The fourth paragraph ends it.",
            ],
            1,
            "source",
        ),
        (
            [
                "The first paragraph is here. The second paragraph. It is longer than the rest, much longer.",
                "Third.",
                "The fourth paragraph ends it.",
            ],
            0,
            "hypothesis",
        ),
    ],
)
def test_finds_where_two_texts_part(english: list[str], at: int, longer: str) -> None:
    found = first_divergence(english, FINNISH, "source")
    assert (found.at, found.longer) == (at, longer)


@pytest.mark.slow
@pytest.mark.parametrize("missing", [0, 59, 60, 61, 119, 120, 1500, 2999])
def test_long_texts_are_parted_where_they_part(missing: int) -> None:
    whole = ["word " * (10 + 37 * n % 101) for n in range(3000)]
    found = first_divergence(whole, whole[:missing] + whole[missing + 1 :], "source")
    assert abs(found.at - missing) <= 1


@pytest.mark.parametrize(
    ("paragraph", "goes_on"),
    [
        ("One. Two? “Three!” Four", ["Two? “", "“Three", "Four"]),
        ("Ankkuri oli ylhäällä. ”Kapteeni kysyi”, Rosta sanoi.", ["”Kapte"]),
        ("Hän puhui. – Emme tiedä.", ["– Emme"]),
        ("Captain K. O. Westerlin sailed at 2.30 p.m. as usual. Nobody saw.", ["Nobody"]),
    ],
)
def test_a_paragraph_is_split_where_a_sentence_begins(paragraph: str, goes_on: list[str]) -> None:
    assert [paragraph[point : point + 6] for point in split_points(paragraph)] == goes_on


def test_joining_and_splitting_are_each_others_undo() -> None:
    text = "One. Two.\n\nThree.\n"
    [point] = split_points("One. Two.")
    apart = split_at(text, 0, point)
    assert apart == "One.\n\nTwo.\n\nThree.\n"
    assert join_next(apart, 0) == text
