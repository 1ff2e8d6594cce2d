"""Quotation marks: mirrored, foreign, alone, mixed."""

import pytest

from tests.checks.examples import flags_on, told

CHECKS = ("quote-mirrored", "quote-foreign", "quote-unbalanced", "quote-mixed")
BAD = [
    ("”No,” she said.", [("”", "“")]),
    ("She said (”no”) and “yes“.", [("”", "“"), ("“", "”")]),
    ("„No,“ she said.", [("„", "“"), ("“", "”")]),
    ("She said «no».", [("«", "“"), ("»", "”")]),
    ("“No, she said.", [("“", "")]),
    ("“No,” she said, “and “yes”.", [("“", "")]),
    ('“No," she said.', [('"', "”")]),
    ('"No,” she said.', [('"', "“")]),
]
GOOD = [
    "“No,” she said, “and ‘yes’.”",
    '"No," she said, "in 2015" and left.',
    'A 17" screen, 5\'10" tall.',
    "She said &quot;no&quot; and left.",
    "The dogs’ tails, rock ’n’ roll.",
]


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_flags_wrong_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(flags_on(text, checks=CHECKS)) == expected


@pytest.mark.parametrize("text", GOOD)
def test_leaves_right_marks_alone(text: str) -> None:
    assert flags_on(text, checks=CHECKS) == []


def test_a_quotation_may_go_on_over_segments() -> None:
    assert (
        flags_on("“It was late.", "“It was cold,” she said, and left.", "I went home.”", checks=CHECKS) == []
    )


def test_a_source_with_a_lone_mark_excuses_one() -> None:
    assert flags_on("“It was late.", source="”Oli myöhä.", checks=CHECKS) == []
    assert told(flags_on("“It was late.", source="”Oli myöhä.”", checks=CHECKS)) == [("“", "")]
