"""Numbers are compared by what they mean, not by how they are written."""

import pytest

from tests.checks.examples import flags_on, told

SAME = [
    ("Vuonna 2015 myytiin 3,5 miljoonaa autoa.", "In 2015, 3.5 million cars were sold."),
    ("Hinta oli 1 200 euroa.", "The price was 1,200 euros."),
    ("Hinta oli 1 200 euroa.", "The price was 1200 euros."),
    ("Kokous alkaa kello 14.30.", "The meeting begins at 2.30 p.m."),
    ("Kokous alkaa kello 14.", "The meeting begins at 2 pm."),
    ("Paikalla oli seitsemänkymmentäviisi ihmistä.", "There were 75 people."),
    ("Paikalla oli 75 ihmistä.", "Seventy-five people were there."),
    ("Paikalla oli kaksisataakuusi ihmistä.", "There were 206 people."),
    ("1990-luvulla rakennettiin paljon.", "Much was built in the 1990s."),
    ("90-luvulla rakennettiin paljon.", "Much was built in the 1990s."),
    ("1800-luvulla kirjoitettu.", "Written in the 19th century."),
    ("Kausi 2014–2015 oli hyvä.", "The 2014–15 season was good."),
    ("Tapaaminen on 3.5.2021.", "The meeting is on 3 May 2021."),
    ("Syksyllä ’02 kaikki oli toisin.", "In autumn 2002 all was different."),
    ("Ottelu päättyi 3–1.", "The match ended 3–1."),
    ("Suomi voitti toisen kerran.", "Finland won for the 2nd time."),
    ("Puolitoista tuntia myöhemmin.", "1.5 hours later."),
    ("Kaksi tuhatta ihmistä.", "Some 2,000 people."),
    ("Kolmen miljardin euron laina.", "A loan of 3 billion euros."),
]

DIFFERENT = [
    ("Vuonna 2015 myytiin auto.", "In 015, a car was sold.", [("015", "2015")]),
    ("Hinta oli 3,5 miljoonaa euroa.", "The price was 35 million euros.", [("35", "3.5")]),
    ("Se tapahtui 14. helmikuuta.", "It happened on 15 February.", [("15", "14")]),
    ("Hinta oli 1 200 euroa.", "The price was 12,000 euros.", [("12,000", "1,200")]),
    ("Auto myytiin.", "The 7 cars were sold.", [("7", "")]),
]


@pytest.mark.parametrize(("source", "text"), SAME)
def test_same_numbers_written_otherwise_are_right(source: str, text: str) -> None:
    assert flags_on(text, source=source) == []


@pytest.mark.parametrize(("source", "text", "expected"), DIFFERENT)
def test_other_numbers_are_flagged_with_the_one_of_the_source(
    source: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(flags_on(text, source=source)) == expected


def test_a_reference_serves_where_there_is_no_source() -> None:
    assert told(flags_on("It cost 40 euros.", reference="It cost 45 euros.")) == [("40", "45")]


def test_without_source_and_reference_no_number_is_doubted() -> None:
    assert flags_on("It cost 40 euros in 015.") == []


def test_a_code_of_an_entity_is_no_number() -> None:
    assert flags_on("It&#39;s 5.", source="Se on 5.", checks=("number-mismatch",)) == []


def test_a_number_in_other_units_is_doubted_less_than_a_garbled_one() -> None:
    [converted] = flags_on("He weighed 147 pounds.", source="Hän painoi 66,7 kiloa.")
    [garbled] = flags_on("In 015 he left.", source="Vuonna 2015 hän lähti.")
    assert converted.confidence < 0.6 < garbled.confidence
