"""Text read in the wrong encoding is flagged with what was meant; accents of any language are not."""

import pytest

from tests.checks.examples import flags_on, told

BAD = [
    ("HÃ¤meenlinna is old.", [("Ã¤", "ä")]),
    ("Donâ€™t go to the cafÃ©.", [("â€™", "’"), ("Ã©", "é")]),
    ("It cost Â£5 at 20Â°C.", [("Â£", "£"), ("Â°", "°")]),
    ("J\ufffdrvi said he doesn\ufffdt.", [("\ufffd", ""), ("\ufffd", "’")]),
    ("â€œNo,â€\x9d she said.", [("â€œ", "“"), ("â€\x9d", "”")]),
]
GOOD = [
    "Räikkönen drank a café au lait in São Paulo at 20 °C.",
    "Žižek, Łódź, Ångström, Ærø, naïve, “quoted”, it’s – and so on…",
    "Â is a letter; so are Ã and â.",
    "Ξένος, Привет, שלום, 你好, 👩‍🔬",
]


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_damage_is_flagged_with_what_was_meant(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(flags_on(text, checks=("encoding-damage",))) == expected


@pytest.mark.parametrize("text", GOOD)
def test_accents_are_left_alone(text: str) -> None:
    assert flags_on(text, checks=("encoding-damage",)) == []
