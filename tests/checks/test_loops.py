"""Phrases in a loop are flagged as one span; what people repeat on purpose is not."""

import pytest

from tests.checks.examples import flags_on, told

BAD = [
    ("He sat on the quay on the quay.", "on the quay on the quay", "on the quay"),
    ("The price of the price of the price of fish.", "The price of the price of", "The price of"),
    (
        "They plan to sail and plan to sail and plan to sail.",
        "plan to sail and plan to sail",
        "plan to sail and",
    ),
    ("It was fish fish fish fish fish.", "fish fish fish fish", "fish fish"),
    ("In the old Town in the old town.", "In the old Town in the old town", "In the old Town"),
]
GOOD = [
    "It grew and more and more people came, one by one by boat, year after year after year.",
    "New York, New York is a song; so is Duran Duran Duran Duran.",
    "No more, no more, he cried.",
    "They won 6-4 6-4, then 10 20 10 20.",
    "The head of the house of the king of the sea.",
    "He had had enough of it.",
]


@pytest.mark.parametrize(("text", "flagged", "right"), BAD)
def test_flags_a_phrase_said_again(text: str, flagged: str, right: str) -> None:
    found = flags_on(text, checks=("repeated-phrase",))
    assert [flag.suggestions[0] for flag in found] == [right]
    assert found[0].text.startswith(flagged)


@pytest.mark.parametrize("text", GOOD)
def test_leaves_what_is_repeated_on_purpose(text: str) -> None:
    assert told(flags_on(text, checks=("repeated-phrase",))) == []


def test_a_chorus_is_doubted_less_than_a_loop() -> None:
    [chorus] = flags_on("We love you, we love you, we love you.", checks=("repeated-phrase",))
    [loop] = flags_on("They met in the hall in the hall in the hall.", checks=("repeated-phrase",))
    assert chorus.confidence < 0.6 < loop.confidence
