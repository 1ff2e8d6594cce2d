"""Garbled names: what is flagged, with which right form, and which names stay alone."""

import pytest

from review.checks.run import Checker
from review.model import Context, Document, NameList, Segment, Severity
from tests.checks.examples import flags_on, told

ENDINGS = [
    ("The shares of Elon Muskin company fell.", "Muskin", "Musk’s"),
    ("He spoke with Angela Merkelin.", "Merkelin", "Merkel"),
    ("The mayor lives in Kouvolassa now.", "Kouvolassa", "Kouvola"),
    ("It rained all day in Tampereella.", "Tampereella", "Tampere"),
    ("A letter came to Virtaselle.", "Virtaselle", "Virtanen"),
    ("The flight to Lontooseen was late.", "Lontooseen", "London"),
    ("Trains from Helsingistä are late.", "Helsingistä", "Helsinki"),
    ("She was born in Turussa.", "Turussa", "Turku"),
]

# With the source: text, source, flagged, right.
SOURCED = [
    ("Hongan wins again.", "Hongan voitto. Honka pelasi hyvin.", "Hongan", "Honka"),
    (
        "According to Palusta, the sea rose.",
        "Palusta kerrotaan, että meri nousi. Palu tuhoutui.",
        "Palusta",
        "Palu",
    ),
    ("Vihannin road is closed.", "Vihannin tie on suljettu. Vihanti on hiljainen.", "Vihannin", "Vihanti’s"),
    ("Halmeniuksen book came out.", "Halmeniuksen kirja ilmestyi.", "Halmeniuksen", "Halmenius’s"),
]

ALONE = [
    "Putin and Clinton met in Berlin and Dublin.",
    "Martin Vanhanen met Kimi Räikkönen in Helsinki and Lahti.",
    "Helsingin Sanomat said so.",
    "Anna Mattila, Esa Kosta and Eero Rasta came with Jukka Jalonen.",
    "Maria Huovinen lives in Kokkola, near Ylivieska.",
    "The Russian, the Cuban, the Estonian and the Papuan teams met.",
    "Steven Gerrard, Katrina Kaif and Sabrina Carpenter sang in Savonia.",
    "Anatoli Karpov and Dmitri Medvedev played.",
]

SLAVIC = [
    ("Maria Zaharova spoke.", "Zaharova", "Zakharova"),
    ("Vitali Klitshko boxed.", "Klitshko", "Klitschko"),
    ("Aleksei Navalnyi was arrested.", "Navalnyi", "Navalny"),
    ("Plays by Anton Tšehov.", "Tšehov", "Chekhov"),
    ("Nikita Hruštšov laughed.", "Hruštšov", "Khrushchev"),
    ("Mihail Gorbatšov resigned.", "Gorbatšov", "Gorbachev"),
]


@pytest.mark.parametrize(("text", "flagged", "right"), ENDINGS)
def test_an_ending_left_on_a_name_is_found_in_the_text_alone(text: str, flagged: str, right: str) -> None:
    assert told(flags_on(text, checks=("name-ending",))) == [(flagged, right)]


@pytest.mark.parametrize(("text", "source", "flagged", "right"), SOURCED)
def test_the_source_shows_what_a_rare_name_is_a_form_of(
    text: str, source: str, flagged: str, right: str
) -> None:
    assert told(flags_on(text, source=source, checks=("name-ending",))) == [(flagged, right)]


@pytest.mark.parametrize("text", ALONE)
def test_real_names_that_look_inflected_stay_alone(text: str) -> None:
    flags = flags_on(text)
    assert [flag for flag in flags if flag.check.startswith("name-")] == []


@pytest.mark.parametrize(("text", "flagged", "right"), SLAVIC)
def test_a_slavic_name_is_spelled_as_english_spells_it(text: str, flagged: str, right: str) -> None:
    found = dict(told(flags_on(text, checks=("name-romanisation",))))
    assert found.get(flagged) == right


def test_a_finnish_name_is_not_taken_for_a_slavic_one() -> None:
    assert flags_on("Juha Hirvi met Jaana Ojala in Hanko.", checks=("name-romanisation",)) == []


def test_a_name_inflected_and_romanised_gets_the_english_base() -> None:
    found = flags_on("These are the words of Natalia Petrovskajan.", checks=("name-ending",))
    assert told(found) == [("Petrovskajan", "Petrovskaya")]


def test_an_accepted_spelling_is_at_most_minor() -> None:
    found = flags_on("Aleksandr Pronin came.", source="Aleksandr Pronin tuli.")
    assert {flag.severity for flag in found} <= {Severity.MINOR}


@pytest.mark.parametrize(
    ("text", "flagged", "right"),
    [
        ("The EU:n members agreed.", "EU:n", "EU’s"),
        ("HJK:lle the win was important.", "HJK:lle", "HJK"),
        ("They came by 8:30 to Oulu.", None, None),
    ],
)
def test_endings_after_a_colon(text: str, flagged: str | None, right: str | None) -> None:
    assert told(flags_on(text, checks=("name-suffix",))) == ([(flagged, right)] if flagged else [])


def test_the_reference_shows_what_a_name_should_be() -> None:
    found = flags_on("Then Virtaanen left.", reference="Then Virtanen left.", checks=("name-mismatch",))
    assert told(found) == [("Virtaanen", "Virtanen")]
    assert flags_on("Then Virtanen left.", reference="Then Virtanen left.") == []


def test_the_source_shows_a_misspelt_name() -> None:
    found = flags_on("Then Huvinen left.", source="Sitten Huovinen lähti.", checks=("name-mismatch",))
    assert told(found) == [("Huvinen", "Huovinen")]


def test_one_name_in_two_spellings_is_flagged_once_as_minor() -> None:
    texts = ("Then Säkylänen sang.", "Again Säkylänen sang.", "Nobody but Sakylanen sat.")
    found = flags_on(*texts, checks=("name-inconsistent",))
    assert [(flag.segment, flag.text, flag.severity) for flag in found] == [(3, "Sakylanen", Severity.MINOR)]


def test_a_name_left_out_is_shown_at_the_gap() -> None:
    said = [("Korpela spoke.", "Korpela puhui."), ("Korpela sang.", "Korpela lauloi.")]
    said += [("Korpela sat.", "Korpela istui."), ("Left at once.", "Silloin vanha Korpela lähti heti pois.")]
    segments = [Segment(n, text, source) for n, (text, source) in enumerate(said, start=1)]
    checker = Checker(Context("fi"), ("name-missing",)).read(Document(segments))
    found = [flag for segment in segments for flag in checker.flags(segment)]
    assert [(flag.segment, flag.text, flag.category) for flag in found] == [
        (4, "Left at", "accuracy/omission")
    ]


def test_the_reviewers_list_outranks_every_rule() -> None:
    names = NameList(right={"Zaharova": "Zaharova-Smith"}, accepted=frozenset({"Muskin"}))
    segment = Segment(1, "Zaharova met Elon Muskin family.")
    flags = Checker(Context("fi", names=names)).read(Document([segment])).flags(segment)
    assert [(flag.check, flag.suggestions) for flag in flags] == [("name-listed", ("Zaharova-Smith",))]


def test_an_estonian_source_is_read_by_estonian_rules() -> None:
    source = "Tammiku sõnul on Tammik rahul."
    found = flags_on("According to Tammiku, all is well.", source=source, source_lang="et")
    assert told([flag for flag in found if flag.check.startswith("name-")]) == [("Tammiku", "Tammik")]


def test_a_correction_in_the_document_spoils_no_other_name() -> None:
    texts = ("Lavrov spoke.", "Sergei Lavrovin speech was long.", "Lavrov’s speech was long.")
    assert told(flags_on(*texts)) == [("Lavrovin", "Lavrov’s")]
