"""Pronouns for people whose given name tells their gender: a table of right and wrong ones."""

import pytest

from review.checks.gender.people import full_names
from tests.checks.examples import flags_on, told

CHECKS = ("pronoun-gender", "pronoun-thing")

SINGLE = [
    ("Anneli Virtala said that he would resign.", [("he", "she")]),
    ("Anneli Virtala said that she would resign.", []),
    ("Matti Virtala showed her house.", [("her", "his")]),
    ("Matti Virtala was there, and they saw her in the garden.", [("her", "him")]),
    ("Anneli Virtala hurt himself.", [("himself", "herself")]),
    ("Anneli Virtala opened the door. His house was cold.", [("His", "Her")]),
    ("Anneli Virtala gave the firm its support.", []),
    ("Anneli Virtala gave its support to the firm.", [("its", "her")]),
    ("The firm and Anneli Virtala see the harbour and its future.", []),
    ("Anneli Virtala met her husband when he was young.", []),
    ("Anneli Virtala met Matti Ekfors before he left.", []),
    ("Every owner knows his or her rights, says Anneli Virtala, and his or her duties.", []),
    ("The Anneli Virtala Foundation keeps his papers.", []),
    ("Charlotte and its suburbs voted for him.", []),
    ("Mary von der Heide said he would come.", [("he", "she")]),
    ("He said that Anneli Virtala would come.", []),
    ("Virtala said that he would resign.", []),
]


@pytest.mark.parametrize(("text", "expected"), SINGLE)
def test_pronouns_in_one_segment(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(flags_on(text, checks=CHECKS)) == expected


def test_a_surname_keeps_the_gender_of_its_full_name() -> None:
    first = "Anneli Virtala is the minister."
    assert told(flags_on(first, "Virtala said that he would resign.", checks=CHECKS)) == [("he", "she")]


def test_a_surname_of_a_woman_and_a_man_tells_nothing() -> None:
    first = "Anneli Virtala and Matti Virtala are both ministers."
    assert flags_on(first, "Virtala said that he would resign.", checks=CHECKS) == []


def test_a_surname_in_another_name_is_not_the_person() -> None:
    first = "Anneli Virtala is the minister."
    assert flags_on(first, "The Virtala Post wrote that he was ill.", checks=CHECKS) == []


def test_the_more_people_are_near_the_less_sure_it_is() -> None:
    [alone] = flags_on("Anneli Virtala said that he would resign.", checks=CHECKS)
    [named] = flags_on("Anneli Virtala told Ekfors that he would resign.", checks=CHECKS)
    [several] = flags_on("Anneli Virtala thanked Matti Ekfors, he said on Monday.", checks=CHECKS)
    assert alone.confidence > named.confidence > several.confidence


def test_a_full_name_ends_with_its_last_capital() -> None:
    names = [
        (p.name, p.gender) for p in full_names("President Ursula von der Leyen met John F. Reed in Oulu.")
    ]
    assert names == [("Ursula von der Leyen", "f"), ("John F. Reed", "m")]
