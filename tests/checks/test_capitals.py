"""Small letters are flagged where English has a capital, and only there."""

import pytest

from tests.checks.examples import flags_on, told

BAD = [
    ("They met on monday and tuesdays.", [("monday", "Monday"), ("tuesdays", "Tuesdays")]),
    ("It opened on 3 may 2021.", [("may", "May")]),
    ("It opened on 3 march, in june.", [("march", "March"), ("june", "June")]),
    ("It opens in august.", [("august", "August")]),
    (
        "The russian and finnish ships met two germans.",
        [("russian", "Russian"), ("finnish", "Finnish"), ("germans", "Germans")],
    ),
    ("Many finns agreed.", [("finns", "Finns")]),
    ("It was late. she left.", [("she", "She")]),
    ("He came (with his wife). they left.", [("they", "They")]),
    ("Then i was told that i’m late.", [("i", "I"), ("i", "I")]),
]
GOOD = [
    "The people may march on, an august body; 15 may leave, 20 march on.",
    "ON MONDAY THE RUSSIAN SHIP LEFT. IT SANK.",
    "polish the table, swiss cheese, french fries, a dutch oven",
    "See finnish.example.org, #finnish, @russian, anna.finnish@example.org and /russian/.",
    "Ships, cars, etc. were sold. The co. grew by approx. ten.",
    "“Was it late?” she asked. He waited … and left ... slowly.",
    "Smith Assn. sells, so does Berg & Co. in Oulu, Miss. too.",
    "It was late. iPhone sales fell. von Essen left.",
    "On page i. and (i) and i.e. the x–i part.",
    "The words of the president.the end",
]


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_flags_small_letters(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(flags_on(text)) == expected


@pytest.mark.parametrize("text", GOOD)
def test_leaves_other_small_letters_alone(text: str) -> None:
    assert [flag for flag in flags_on(text) if flag.check.endswith("-capital")] == []
