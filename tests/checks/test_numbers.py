"""Numbers are compared by what they mean, not by how they are written."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.checks.numbers.roman import roman
from review.checks.numbers.spelled import SPELLED
from tests.checks.examples import flags_on, told


@dataclass(frozen=True)
class Words:
    """A language's words from one to nineteen, and how it builds tens, hundreds and thousands."""

    units: list[str]
    tens: list[str]
    hundred: str
    thousand: str
    one: str  # before hundred and thousand, where there is one only
    gap: str

    def spell(self, number: int) -> str:
        thousands, rest = divmod(number, 1000)
        head = f"{self._below(thousands) if thousands > 1 else self.one}{self.thousand} " if thousands else ""
        return f"{head}{self._below(rest)}".strip()

    def _below(self, number: int) -> str:
        hundreds, rest = divmod(number, 100)
        head = (
            f"{self.units[hundreds] if hundreds > 1 else self.one}{self.hundred}{self.gap}"
            if hundreds
            else ""
        )
        if rest < 20:
            return f"{head}{self.units[rest]}"
        return f"{head}{self.tens[rest // 10]}{self.gap}{self.units[rest % 10]}"


_ENGLISH = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
WORDS = {
    "en": Words(
        ["", *_ENGLISH.split()],
        ["", "", *"twenty thirty forty fifty sixty seventy eighty ninety".split()],
        " hundred ",
        " thousand",
        "one",
        " ",
    ),
    "fi": Words(
        ["", *"yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen".split()]
        + [
            f"{unit}toista"
            for unit in "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän".split()
        ],
        ["", ""]
        + [f"{u}kymmentä" for u in "kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän".split()],
        "sataa",
        "tuhatta",
        "",
        "",
    ),
    "et": Words(
        ["", *"üks kaks kolm neli viis kuus seitse kaheksa üheksa kümme".split()]
        + [f"{unit}teist" for unit in "üks kaks kolm neli viis kuus seitse kaheksa üheksa".split()],
        ["", ""] + [f"{u}kümmend" for u in "kaks kolm neli viis kuus seitse kaheksa üheksa".split()],
        "sada ",
        " tuhat",
        "",
        " ",
    ),
}

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
    ("Puolen miljoonan asukkaan kaupunki.", "A city of 500,000."),
    ("Hän tuli puoli kolmelta.", "He came at 2.30."),
    ("Junat kulkevat iltakuuteen.", "The trains run until 6 in the evening."),
    ("Kello 13–15 on näyttely.", "An exhibition from 1 to 3 pm."),
    ("Ohjelma alkaa 17.30.", "The programme begins at 5.30."),
    ("Ohjelma alkaa kello 18.", "The programme begins at 18 : 00."),
    ("Matkaa on 500 kilometriä.", "It is 300 miles away."),
    ("Helle oli 40 astetta.", "The heat was 104 degrees."),
    ("Neljännes vastasi.", "Of them 25 per cent answered."),
    ("1700-luvun talo.", "An 18th-century house."),
    ("Kuningas Kustaa II Aadolf.", "King Gustav 2 Adolf."),
    ("Yli 30 vuotta.", "More than three decades."),
    ("Kasvua oli 3–5 miljoonaa.", "It grew by 3 million to 5 million."),
    ("Kasvua oli 110 miljoonaa vuotta.", "A 110-million-year-old."),
    ("Noin metrin pituinen.", "About 1 m long."),
]

DIFFERENT = [
    ("Vuonna 2015 myytiin auto.", "In 015, a car was sold.", [("015", "2015")]),
    ("Hinta oli 3,5 miljoonaa euroa.", "The price was 35 million euros.", [("35", "3.5")]),
    ("Se tapahtui 14. helmikuuta.", "It happened on 15 February.", [("15", "14")]),
    ("Hinta oli 1 200 euroa.", "The price was 12,000 euros.", [("12,000", "1,200")]),
    ("Auto myytiin.", "The 7 cars were sold.", [("7", "")]),
    ("Laina on 3 miljardia euroa.", "The loan is 3 million euros.", [("3 million", "3 billion")]),
    ("Laina on 3,5 miljoonaa euroa.", "The loan is 3.5 euros.", [("3.5", "3.5 million")]),
    ("Linja 5 kulkee aina.", "The line always runs.", [("The line", "")]),
    ("Matkaa on 500 kilometriä.", "It is 900 miles away.", [("900", "500")]),
]

ESTONIAN = [
    ("Kohal oli sada seitsekümmend inimest.", "There were 170 people."),
    ("Neljal protsendil on internet.", "4% have the internet."),
    ("See ehitati XVII sajandil.", "It was built in the 17th century."),
    ("Kolm miljardit krooni.", "3 billion kroons."),
    ("Poolteist tundi hiljem.", "1.5 hours later."),
    ("Kaheksakümnendat sünnipäeva peeti.", "The 80th birthday was celebrated."),
]


@pytest.mark.parametrize(("source", "text"), SAME)
def test_same_numbers_written_otherwise_are_right(source: str, text: str) -> None:
    assert flags_on(text, source=source) == []


@pytest.mark.parametrize(("source", "text", "expected"), DIFFERENT)
def test_other_numbers_are_flagged_with_the_one_of_the_source(
    source: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(flags_on(text, source=source)) == expected


@pytest.mark.parametrize(("source", "text"), ESTONIAN)
def test_estonian_numbers_written_otherwise_are_right(source: str, text: str) -> None:
    assert flags_on(text, source=source, source_lang="et") == []


@given(st.integers(1, 999_999))
def test_numbers_in_words_are_read_back(number: int) -> None:
    for language, words in WORDS.items():
        assert number in set(SPELLED[language](words.spell(number))), words.spell(number)


@given(st.integers(1, 399))
def test_roman_numerals_are_read_back(number: int) -> None:
    letters = ""
    rest = number
    for value, letter in zip((100, 90, 50, 40, 10, 9, 5, 4, 1), "C XC L XL X IX V IV I".split(), strict=True):
        letters += letter * (rest // value)
        rest %= value
    assert list(roman(f"century {letters} ended")) == [number]


@pytest.mark.parametrize("text", ["I, the Ill-fated MIX", "IIII VX", "Civil"])
def test_other_letters_are_no_roman_numerals(text: str) -> None:
    assert [value for value in roman(text) if value > 1] == []


def test_a_reference_serves_where_there_is_no_source() -> None:
    assert told(flags_on("It cost 40 euros.", reference="It cost 45 euros.")) == [("40", "45")]


def test_without_source_and_reference_no_number_is_doubted() -> None:
    assert flags_on("It cost 40 euros in 015.") == []


def test_a_code_of_an_entity_is_no_number() -> None:
    assert flags_on("It&#39;s 5.", source="Se on 5.", checks=("number-mismatch",)) == []


def test_a_number_in_other_units_is_doubted_less_than_a_garbled_one() -> None:
    [converted] = flags_on("He weighed 190 pounds.", source="Hän painoi 66,7 kiloa.")
    [garbled] = flags_on("In 015 he left.", source="Vuonna 2015 hän lähti.")
    assert converted.confidence < 0.6 < garbled.confidence
