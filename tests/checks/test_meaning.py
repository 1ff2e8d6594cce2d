"""The checks on meaning: tables of right and wrong translations, of Finnish and of Estonian."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.checks.lexicon.language import lexicon_of
from review.checks.lexicon.nations import nations
from tests.checks.examples import flags_on, told

DATES = [
    ("fi", "Kokous on maanantaina.", "The meeting is on Tuesday.", [("Tuesday", "Monday")]),
    ("fi", "Kokous on maanantaina.", "The meeting is on Monday.", []),
    ("fi", "Kokous on maanantai-iltana Oulussa.", "The meeting is on Monday evening in Oulu.", []),
    ("fi", "Joka perjantai syötiin kalaa.", "Fish was eaten on Saturdays.", [("Saturdays", "Fridays")]),
    ("fi", "Se avattiin tammikuussa.", "It was opened in June.", [("June", "January")]),
    ("fi", "Elokuvan ensi-ilta on toukokuun lopulla.", "The film opens in late May.", []),
    ("fi", "Tapaaminen on 3.5.2021 Turussa.", "The meeting is in Turku on 3 April 2021.", [("April", "May")]),
    ("fi", "Se maksoi 3.5 euroa.", "It cost 3.5 euros in April.", []),
    ("fi", "Hän tuli eilen.", "She came on Wednesday.", []),
    ("fi", "Hän saapui perjantaina Ouluun.", "She arrived in Oulu.", [("She arrived", "")]),
    ("fi", "Hän saapui maanantaina Ouluun.", "She arrived in Oulu yesterday.", []),
    ("fi", "Se avattiin maaliskuussa.", "It may be opened in March.", []),
    ("et", "Ta tuli esmaspäeval.", "He came on Sunday.", [("Sunday", "Monday")]),
    ("et", "Ta tuli jaanuaris ja läks juunis.", "He came in January and left in June.", []),
    ("et", "Ta tuli märtsis.", "He came in May.", [("May", "March")]),
]

QUANTITIES = [
    ("fi", "Se maksoi 40 euroa.", "It cost 40 dollars.", [("dollars", "euros")]),
    ("fi", "Se maksoi 40 euroa.", "It cost $40.", [("$", "€")]),
    ("fi", "Se maksoi 40 euroa.", "It cost €40.", []),
    ("fi", "Se maksoi 40 puntaa.", "It cost 40 quid.", []),
    (
        "fi",
        "Euroopan komissio tukee euroalueen maita.",
        "The European Commission supports the countries.",
        [],
    ),
    ("fi", "Matkaa on 40 kilometriä.", "It is 40 miles away.", [("miles", "kilometres")]),
    ("fi", "Matkaa on 40 kilometriä.", "It is 25 miles (40 kilometres) away.", []),
    ("fi", "Se kesti 40 minuuttia.", "It took 40 hours.", [("hours", "minutes")]),
    ("fi", "55-kiloinen koira", "a 55-kilometre dog", [("kilometre", "kilo")]),
    ("fi", "Hän on 55-vuotias.", "He is 55 years old.", []),
    ("fi", "Se maksoi 40 euroa.", "It cost about 40.", [("about 40", "")]),
    ("fi", "Nousu oli 40 prosenttia.", "The rise was 40 per cent.", []),
    ("et", "See maksis 40 krooni.", "It cost 40 euros.", [("euros", "kronor")]),
    ("et", "Peaminister Mark Rutte astus tagasi.", "Prime Minister Mark Rutte resigned.", []),
]

NATIONS = [
    ("fi", "Venäläinen lehti kertoi asiasta.", "A Swedish newspaper reported it.", [("Swedish", "Russian")]),
    ("fi", "Venäjän ja Ruotsin suhteet", "Relations between Russia and Sweden", []),
    ("fi", "Yhdysvaltalaiset tutkijat löysivät sen.", "American researchers found it.", []),
    ("fi", "Yhdysvaltalaiset tutkijat löysivät sen.", "Researchers in the U.S. found it.", []),
    ("fi", "Etelä-Korean presidentti", "The president of North Korea", [("North Korea", "South Korea")]),
    ("fi", "Saksalaiset voittivat.", "The Dutch won.", [("Dutch", "German")]),
    ("fi", "Englannin kuningas", "the British king", []),
    ("fi", "Maan hallitus erosi.", "The Russian government resigned.", []),
    ("fi", "Botswanan hallitus erosi.", "The government of Zimbabwe resigned.", [("Zimbabwe", "Botswana")]),
    (
        "et",
        "Soome president käis Rootsis.",
        "The president of Estonia was in Sweden.",
        [("Estonia", "Finland")],
    ),
    ("et", "Venemaa leht kirjutas sellest.", "A Russian newspaper wrote of it.", []),
]

DENIALS = [
    ("fi", "Hän ei tullut.", "He has come.", [("has come", "has not come")]),
    ("fi", "Hän ei tullut.", "He did not come.", []),
    ("fi", "Hän ei tullut.", "He didn&#39;t come.", []),
    ("fi", "Hän ei tullut.", "He did n't come.", []),
    ("fi", "Hän ei onnistunut.", "He failed.", []),
    ("fi", "Hän ei nähnyt ketään.", "He was unable to see anyone.", []),
    ("fi", "Se ei ole vain hyvä.", "It is good and more.", []),
    ("fi", "Eikö hän tule?", "Is he coming?", []),
    ("fi", "Ohjelma alkaa klo 20 (ET).", "The programme starts at 20 (ET).", []),
    ("fi", "Hän tuli kotiin.", "He did not come home.", [("not", "")]),
    ("fi", "Hän tuli sanomatta mitään.", "He came and did not say a word.", []),
    ("fi", "Asunnoton mies", "a man who does not have a home", []),
    ("fi", "Se oli paras ja halvin.", "It was not only the best, it was the cheapest.", []),
    ("et", "Ta ei tulnud.", "He has come.", [("has come", "has not come")]),
    ("et", "Ta sõi kõik ära.", "He has eaten everything.", []),
]

LENGTHS = [
    ("fi", "Hän saapui perjantaina Ouluun ja tapasi siellä kaupunginjohtajan ja " * 2, "She is here.", 1),
    ("fi", "Hän saapui Ouluun ja tapasi siellä johtajan.", "She came to Oulu and met the manager there.", 0),
    ("fi", "Hän saapui Ouluun illalla.", "She came to Oulu in the evening. " * 12, 1),
    ("fi", "Ei.", "No, that is not at all how it is.", 0),
    ("sv", "Hon kom till Uleåborg och träffade direktören.", "She.", 0),
]

MISMATCH = ("day-mismatch", "day-missing", "month-mismatch", "month-missing")
MEASURE = ("currency-mismatch", "currency-missing", "unit-mismatch")
DENIAL = ("negation-missing", "negation-added")
TABLES = [
    *((MISMATCH, *row) for row in DATES),
    *((MEASURE, *row) for row in QUANTITIES),
    *((("nation-mismatch",), *row) for row in NATIONS),
    *((DENIAL, *row) for row in DENIALS),
]


@pytest.mark.parametrize(("checks", "language", "source", "text", "expected"), TABLES)
def test_meaning_against_the_source(
    checks: tuple[str, ...], language: str, source: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(flags_on(text, source=source, source_lang=language, checks=checks)) == expected


@pytest.mark.parametrize(("language", "source", "text", "count"), LENGTHS)
def test_length_against_the_source(language: str, source: str, text: str, count: int) -> None:
    found = flags_on(text, source=source, source_lang=language, checks=("text-short", "text-long"))
    assert len(found) == count


def test_a_reason_names_both_sides() -> None:
    [flag] = flags_on("He left on Tuesday.", source="Hän lähti maanantaina.", checks=("day-mismatch",))
    assert flag.message == "The source has “maanantaina” (Monday); the text has “Tuesday”."


@pytest.mark.parametrize(
    ("reference", "text", "expected"),
    [
        ("He left on Monday.", "He left on Tuesday.", [("Tuesday", "Monday")]),
        ("It cost 40 euros.", "It cost 40 dollars.", [("dollars", "euros")]),
        ("A Russian newspaper", "A Swedish newspaper", [("Swedish", "Russian")]),
        ("He has never come.", "He has come.", [("has come", "has not come")]),
        ("He left in May.", "In May he left.", []),
    ],
)
def test_a_reference_serves_where_there_is_no_source(
    reference: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(flags_on(text, reference=reference, source_lang="")) == expected


def test_what_a_reference_has_too_is_right() -> None:
    text, source, reference = "He left on Tuesday.", "Hän lähti eilen, maanantaina.", "He left on Tuesday."
    assert flags_on(text, source=source, reference=reference, checks=MISMATCH) == []


@given(st.text(max_size=60))
def test_terms_stand_where_they_are_told_to(text: str) -> None:
    for code in ("en", "fi", "et"):
        lexicon = lexicon_of(code)
        assert lexicon is not None
        for terms in (lexicon.days, lexicon.months, lexicon.currencies, lexicon.units, nations(code)):
            for one in terms.find(text):
                assert text[one.start : one.end] == one.text


@pytest.mark.parametrize("code", ["fi", "et"])
def test_languages_share_their_keys(code: str) -> None:
    lexicon, english = lexicon_of(code), lexicon_of("en")
    assert lexicon is not None
    assert english is not None
    for kind in ("days", "months", "currencies", "units"):
        assert set(getattr(lexicon, kind).table) <= set(getattr(english, kind).table)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Anna Virtanen, he ", "hän "),
        ("5 miles ", "5 km "),
        ("12 ", "13 "),
        ("Russian dollar May ", "ruotsi euro tammikuu "),
        ("is a ", "ei "),
        ("unless", "epä"),
    ],
)
@pytest.mark.fault(26)
def test_a_huge_segment_is_held_against_a_huge_source(text: str, source: str) -> None:
    texts = [piece * (100_000 // len(piece)) for piece in (text, source)]
    checks = (
        *MISMATCH,
        *MEASURE,
        *DENIAL,
        "nation-mismatch",
        "number-mismatch",
        "pronoun-gender",
        "text-short",
    )
    started = time.process_time()
    flags_on(texts[0], source=texts[1], checks=checks)
    assert time.process_time() - started < 10  # seconds; a quadratic search takes minutes
