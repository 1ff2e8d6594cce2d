"""Articles: two of them, one behind its adjective, and “a” for “an”, by the sound that follows."""

import pytest

from tests.checks.examples import flags_on, told

DOUBLED = [
    ("She became the a chair.", "the a", "a"),
    ("A the chair was elected.", "A the", "The"),
    ("They lost a their boat.", "a their", "their"),
    ("They sold our the boat.", "our the", "our"),
    ("Vitamin A the body can store.", None, None),
    ("He gave her the keys and him a map.", None, None),
    ("The A team and the An Post building.", None, None),
    ("A la carte, à la mode.", None, None),
]
INVERTED = [
    ("Swedish the parliament voted.", "Swedish the", "The Swedish"),
    ("He left. Cuban the embassy stayed.", "Cuban the", "The Cuban"),
    ("A speech of Estonian the president.", "Estonian the", "the Estonian"),
    ("She met former the minister.", "former the", "the former"),
    ("Main the street is closed.", "Main the", "The main"),
    ("She speaks Swedish the whole day.", None, None),
    ("In Finnish the word is long.", None, None),
    ("For Russian the Academy sets the rules.", None, None),
    ("Russian, the language of Pushkin.", None, None),
    ("The Russian administration.", None, None),
]
FORMS = [
    ("It took a hour.", "a", "an"),
    ("A apple a day.", "A", "An"),
    ("He is an European.", "an", "a"),
    ("An university opened.", "An", "A"),
    ("She is a MP.", "a", "an"),
    ("She is an UN envoy.", "an", "a"),
    ("It has a 8-metre mast.", "a", "an"),
    ("It was an 10-year plan.", "an", "a"),
    ("It was a unimportant, a unnecessary trip.", "a", "an"),
    ("He took a e-bike.", "a", "an"),
    ("It is an one-off.", "an", "a"),
    ("A Åland ferry sank.", "A", "An"),
]
RIGHT = [
    "An hour, an honest heir, an honour.",
    "A European, a unit, a union, a one-off, a Ukrainian, a useful euro, a unanimous vote, a eulogy.",
    "An uninteresting, unintended, unidentified, unanswered umbrella is an understatement.",
    "An FBI agent, an MP, an SDP vote, an X-ray, an EU rule, a UN rule, a BBC film, a US ship.",
    "A NATO ship, an NATO ship, a SIM card, an AIDS ward.",
    "An historic hotel, a historic hotel, an hotel.",
    "An 8, an 18, an 80-year-old, an 11,000-strong crowd, an 11th, a 10, a 110, a 1,100, an 1100.",
    "Group A is in Serie A on Monday, vitamin A or E.",
    "An Uber, an Uzbek, a uniform, a Uruguayan, an Yle report.",
    "He bought a, as it were, useless thing.",
]


@pytest.mark.parametrize(("text", "flagged", "right"), DOUBLED)
def test_two_articles_before_one_noun(text: str, flagged: str | None, right: str | None) -> None:
    assert told(flags_on(text, checks=("doubled-article",))) == ([(flagged, right)] if flagged else [])


@pytest.mark.parametrize(("text", "flagged", "right"), INVERTED)
def test_an_article_behind_its_adjective(text: str, flagged: str | None, right: str | None) -> None:
    assert told(flags_on(text, checks=("article-after-adjective",))) == (
        [(flagged, right)] if flagged else []
    )


@pytest.mark.parametrize(("text", "flagged", "right"), FORMS)
def test_an_article_against_the_sound_that_follows(text: str, flagged: str, right: str) -> None:
    assert (flagged, right) in told(flags_on(text, checks=("a-or-an",)))


@pytest.mark.parametrize("text", RIGHT)
def test_right_forms_and_divided_usage_are_left_alone(text: str) -> None:
    assert flags_on(text, checks=("a-or-an",)) == []
