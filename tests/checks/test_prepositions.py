"""Two prepositions that never go together are flagged; chains and stranded ones are not."""

import pytest

from tests.checks.examples import flags_on, told

BAD = [
    ("Before during the meeting she left.", "Before during", "Before and during"),
    ("They spoke during of the meal.", "during of", "during"),
    ("Despite of the rain they sailed.", "Despite of", "Despite"),
    ("It was late. After in the harbour they slept.", "After in", "After"),
    ("He lives at of the town.", "at of", "at"),
    ("The key lies in of the drawer.", "in of", "in"),
]
GOOD = [
    "It came from under the bridge, up to the door and out of the house.",
    "The woman he spoke with during lunch and lived with at home.",
    "At at least ten places, of at most ten people, with at best a map.",
    "From among the crowd, for in the end he won, in for a treat.",
    "It has existed since before the war, until after the peace.",
    "By far the best, in between and from behind.",
    "A house broken into on Sunday.",
]


@pytest.mark.parametrize(("text", "flagged", "right"), BAD)
def test_flags_two_prepositions(text: str, flagged: str, right: str) -> None:
    assert told(flags_on(text, checks=("doubled-preposition",))) == [(flagged, right)]


@pytest.mark.parametrize("text", GOOD)
def test_leaves_chains_and_stranded_prepositions_alone(text: str) -> None:
    assert flags_on(text, checks=("doubled-preposition",)) == []
