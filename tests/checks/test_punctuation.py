"""Broken spacing around apostrophes, quotation marks and stops is flagged; good typography is not."""

import pytest

from tests.checks.examples import flags_on, told

BAD = [
    ("The minister ‘s plan failed.", " ‘s", "’s"),
    ("The minister 's plan failed.", " 's", "’s"),
    ("The EU’ s budget grew.", "’ s", "’s"),
    ("The EU’s and the bank ’ s budget grew.", " ’ s", "’s"),
    ("We don ’t know.", " ’t", "’t"),
    ("It‘s raining.", "‘s", "’s"),
    ("“It is late, ”Anna said.", ", ”", ",” "),
    ("“Is it late? ”Anna asked.", "? ”", "?” "),
    ('"It is late, "Anna said.', ', "', '," '),
    ("“ It is late,” Anna said.", "“ ", "“"),
    ("“It is late ” Anna said.", " ”", "”"),
    ("On Monday , she left.", " ,", ","),
    ("She left on Monday .", " .", "."),
    ("Did she leave ?", " ?", "?"),
    ("It was late.She left.", ".", ". "),
    ("It was late,and she left.", ",", ", "),
    ("Was it late?She left.", "?", "? "),
]

GOOD = [
    "The ministers’ plan failed.",
    "The minister’s plan, the bank's budget.",
    "“It is late,” Anna said, “and cold.”",
    '"It is late," Anna said, "and cold."',
    'He said, "wait" and left.',
    "He waited … and left.",
    "He waited ... and left.",
    "She called it ‘a mess’ and left.",
    "James’ sister in ’s-Hertogenbosch.",
    "The rate rose .5 points, from .NET to .com.",
    "“He said ‘no’,” Anna told us.",
    "Rock ’n’ roll in the ’90s.",
    "She has a Ph.D. from U.S.Senate.gov, written in Node.js.",
    "See www.example.com/A,b or mail anna.Berg@example.org for 1,000 of them.",
]


@pytest.mark.parametrize(("text", "flagged", "right"), BAD)
def test_flags_broken_spacing_with_what_should_stand(text: str, flagged: str, right: str) -> None:
    assert told(flags_on("It’s a first segment.", text)) == [(flagged, right)]


@pytest.mark.parametrize("text", GOOD)
def test_leaves_good_punctuation_alone(text: str) -> None:
    assert flags_on(text) == []


def test_takes_the_apostrophe_that_the_document_uses() -> None:
    assert told(flags_on("It's Anna's. That's it.", "The bank ‘s plan.")) == [(" ‘s", "'s")]
