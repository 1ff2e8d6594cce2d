"""Repeated words and HTML entities: tables of what is flagged and what is not."""

import pytest

from review.checks.run import Checker
from review.model import Context, Document, Segment
from tests.checks.examples import flags_on, told

REPEATED = [
    ("He went to the the harbour.", "the the", "the"),
    ("The The harbour is closed.", None, None),  # a name, by its capitals
    ("He lived in in Oulu.", "in in", "in"),
    ("He had had enough.", None, None),
    ("She said that that was all.", None, None),
    ("They saw Duran Duran in Baden Baden.", None, None),
    ("It was a long, long day, very very long.", None, None),
    ("Well-known known facts.", None, None),
    ("It grew 20 20 per cent.", None, None),
    ("We we agreed.", "We we", "We"),
    ("They voted on on the plan.", "on on", "on"),
]

ENTITIES = [
    ("He said &quot;no&quot;.", [("&quot;", "“"), ("&quot;", "”")]),
    ("Fish &amp; chips.", [("&amp;", "&")]),
    ("It&#39;s late.", [("&#39;", "’")]),
    ("It&#x27;s late.", [("&#x27;", "’")]),
    ("A&nbsp;B", [("&nbsp;", " ")]),
    ("Twice escaped &amp;quot;no.", [("&amp;quot;", "“")]),
    ("AT&T and R&D; Q&A.", []),
    ("x &unknownthing; y", []),
]


@pytest.mark.parametrize(("text", "flagged", "right"), REPEATED)
def test_repeated_words(text: str, flagged: str | None, right: str | None) -> None:
    assert told(flags_on(text, checks=("repeated-word",))) == ([(flagged, right)] if flagged else [])


def test_a_particle_before_its_preposition_is_doubted_less() -> None:
    [particle] = flags_on("All will join in in the singing.")
    [slip] = flags_on("She sang in in Oulu.")
    assert particle.confidence < 0.6 < slip.confidence


@pytest.mark.parametrize(("text", "expected"), ENTITIES)
def test_html_entities(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(flags_on(text, checks=("html-entity",))) == expected


def test_checks_on_english_leave_other_languages_alone() -> None:
    segment = Segment(1, "Lavrovin puhe, ja ja &quot;loppu&quot;. Lavrov")
    checker = Checker(Context("", "fi")).read(Document([segment]))
    assert {flag.check for flag in checker.flags(segment)} == {"html-entity"}
