"""Words, abbreviations and segments left in the source's language; names, loans and titles stay alone."""

import pytest

from tests.checks.examples import flags_on, told

WITHOUT_SOURCE = [
    ("The hallitus met on Monday.", ["hallitus"]),
    ("The new kunnanvaltuusto and the mayor agreed.", ["kunnanvaltuusto"]),
    ("They bought a polkupyöräkypärä there.", ["polkupyöräkypärä"]),  # two words written as one
    ("We ate pasta in the sauna and sang karaoke.", []),
    ("The zeitgeist, the glasnost, a smörgåsbord.", []),
    ("Helsingin Sanomat and Kansallisteatteri reported.", []),
    ("Write to hallitus@example.fi or see www.eduskunta.fi/hallitus.", []),
]
WITH_SOURCE = [
    ("Rikosylikomisario kertoi asiasta.", "The rikosylikomisario told of it.", ["rikosylikomisario"]),
    ("Kyse on ahtaajien liitosta.", "It is about the ahtaajien union.", ["ahtaajien"]),
    ("Hän otti mutta ei antanut.", "She took mutta did not give.", ["mutta"]),
    ("Hän on Oulusta.", "She is on board.", []),
    ("Eilen Kitee voitti.", "Then kitee won.", []),
]
ABBREVIATED = [
    ("Anna Aalto (vihr.) left.", "(vihr.)", "(Green League)"),
    ("Anna Aalto (kok) left.", "(kok)", "(National Coalition Party)"),
    ("Anna Aalto (r.) left.", "(r.)", "(Swedish People’s Party)"),
    ("Anna Aalto ( sd. ) left.", "( sd. )", "(Social Democratic Party)"),
    ("It cost 5 milj. euros.", " milj.", " million"),
    ("It cost 2,000 mrd euros.", " mrd", " billion"),
    ("Fish, esim. pike, ate.", "esim.", "e.g."),
    ("Fish, birds jne. ate.", "jne.", "etc."),
]
FINE = [
    "Anna Aalto (SDP), Tarkka (R) and a note (ps) at the end (r).",
    "The rest (vas) of it, a plan (kd) for milj and mrd.",
    "5 mm. of rain.",
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_SOURCE)
def test_finnish_words_are_known_by_their_frequency(text: str, expected: list[str]) -> None:
    assert [flag.text for flag in flags_on(text, checks=("untranslated-word",))] == expected


@pytest.mark.parametrize(("source", "text", "expected"), WITH_SOURCE)
def test_words_of_the_source_are_flagged(source: str, text: str, expected: list[str]) -> None:
    assert [flag.text for flag in flags_on(text, source=source, checks=("untranslated-word",))] == expected


def test_a_word_that_opens_a_segment_is_no_title() -> None:
    [found] = flags_on("hallitus agreed.", checks=("untranslated-word",))
    assert found.confidence > 0.6


def test_estonian_words_are_known_from_the_source_alone() -> None:
    source, text = "Ettevõtte juhataja lahkus.", "The juhataja of the company left."
    found = flags_on(text, source=source, source_lang="et", checks=("untranslated-word",))
    assert [flag.text for flag in found] == ["juhataja"]


def test_a_word_in_a_title_is_doubted() -> None:
    for text in ("The film “Musta hallitus” won.", "He read Suuren hallituksen muistio."):
        found = flags_on(text, checks=("untranslated-word",))
        assert found
        assert all(flag.confidence < 0.5 for flag in found)


@pytest.mark.parametrize(("text", "flagged", "right"), ABBREVIATED)
def test_finnish_abbreviations(text: str, flagged: str, right: str) -> None:
    assert told(flags_on(text, checks=("untranslated-abbreviation",))) == [(flagged, right)]


@pytest.mark.parametrize("text", FINE)
def test_other_brackets_and_units_are_left_alone(text: str) -> None:
    assert flags_on(text, checks=("untranslated-abbreviation",)) == []


@pytest.mark.parametrize("source", ["Hallitus päätti asiasta maanantaina.", None])
def test_a_whole_segment_is_one_flag(source: str | None) -> None:
    checks = ("untranslated-segment", "untranslated-word")
    [found] = flags_on("Hallitus päätti asiasta maanantaina.", source=source, checks=checks)
    assert found.check == "untranslated-segment"
    assert found.text == "Hallitus päätti asiasta maanantaina"


@pytest.mark.parametrize("text", ["Anna Aalto, Helsinki", "Nokia 3–1 Ilves", "Radio Nova 10.30", "OK"])
def test_names_and_numbers_may_equal_their_source(text: str) -> None:
    assert flags_on(text, source=text) == []
