"""Text cut into tokens on purpose is known from the whole file; there, spaces and quotation marks say nothing."""

import pytest

from review.checks.tokenised import Spacing
from review.model import Document, Segment
from tests.checks.examples import flags_on, told

TOKENISED = [
    "He left , and she stayed .",
    "It was late , he said .",
    "The bank 's plan failed by 5 % .",
    'She said " no " and left .',
]
ORDINARY = ["He left, and she stayed.", "It was late, he said.", "It’s the bank’s plan."]


def document(texts: list[str]) -> Document:
    return Document([Segment(n, text) for n, text in enumerate(texts, start=1)])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (TOKENISED, True),
        ([text.replace(" ,", "\u00a0,") for text in TOKENISED], True),
        (["The bank 's plan , the town 's plan ,", "Ana 's and Li 's"], True),
        (ORDINARY, False),
        ([*ORDINARY, "The plan , sadly , failed ."], False),
        (["A slip , here ."], False),
        ([], False),
    ],
)
def test_tokenised_text_is_told_from_the_whole_file(texts: list[str], expected: bool) -> None:
    assert Spacing(document(texts)).tokenised is expected


def test_tokenised_text_has_no_flag_on_spaces_or_quotation_marks() -> None:
    assert flags_on(*TOKENISED) == []


def test_one_odd_space_in_ordinary_text_is_still_flagged() -> None:
    assert told(flags_on(*ORDINARY, "The plan , sadly, failed.")) == [(" ,", ",")]
