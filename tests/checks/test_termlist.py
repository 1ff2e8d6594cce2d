"""The term list's checks: what is flagged and what is left alone."""

import pytest

from review.checks.run import Checker
from review.checks.termlist import TermList
from review.checks.termlist.forms import is_form
from review.model import Context, Document, Flag, Segment, Term

TERMS = (
    Term("kansanedustaja", ("MP", "member of parliament"), ("deputy", "people's representative")),
    Term("Euroopan unioni", ("European Union", "EU")),
    Term("kunta", ("municipality",)),
    Term("hallitus", ("government",)),
    Term("", (), ("Finlandish",)),
)


def flags_on(text: str, source: str | None, *terms: Term, source_lang: str = "fi") -> list[Flag]:
    context = Context(source_lang, "en", terms=terms or TERMS)
    segment = Segment(1, text, source)
    checker = Checker(context, {"term-missing", "term-forbidden"}).read(Document([segment]))
    found = checker.flags(segment)
    assert not checker.failures
    assert all(text[f.start : f.end] == f.text for f in found)
    return found


@pytest.mark.parametrize(
    ("text", "source", "check", "span", "suggestion"),
    [
        ("The deputy left.", "Kansanedustaja lähti.", "term-forbidden", "deputy", "MP"),
        ("Deputies said; the deputy left.", "Kansanedustajat lähtivät.", "term-forbidden", "Deputies", "MP"),
        ("Two Deputys left.", "Kaksi kansanedustajaa lähti.", "term-forbidden", "Deputys", "MPs"),
        (
            "A people’s representative left.",
            "Kansanedustajan mukaan.",
            "term-forbidden",
            "people’s representative",
            "MP",
        ),
        ("The deputy’s car.", "Kansanedustajan auto.", "term-forbidden", "deputy", "MP"),
        ("The deputy left.", None, "term-forbidden", "deputy", "MP"),
        ("It is a Finlandish song.", "Se on suomalainen laulu.", "term-forbidden", "Finlandish", ""),
        ("The politician said so.", "Kansanedustaja sanoi niin.", "term-missing", "The politician", ""),
        ("The town decides.", "Kunnissa päätetään.", "term-missing", "The town", ""),
        ("The Union decides on it.", "Euroopan unionin neuvosto päättää.", "term-missing", "The Union", ""),
        ("Said.", "Hallituksen mukaan.", "term-missing", "Said", ""),
    ],
)
def test_what_is_flagged(text: str, source: str | None, check: str, span: str, suggestion: str) -> None:
    found = flags_on(text, source)[0]
    assert (found.check, found.text, (*found.suggestions, "")[0]) == (check, span, suggestion)
    assert found.category == "terminology/wrong-term"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The MP left.", "Kansanedustaja lähti."),
        ("The members of parliament left.", "Kansanedustajat lähtivät."),
        ("The members of Parliament left.", "Kansanedustajat lähtivät."),
        ("The deputy minister left.", "Apulaisministeri lähti."),
        ("The EU’s council decides.", "Euroopan unionin neuvosto päättää."),
        ("The municipalities decide.", "Kunnat päättävät."),
        ("The king slept.", "Kuningas nukkui."),
        ("Government programme", "Hallitusohjelma"),
        ("", "Kansanedustaja lähti."),
        ("Nothing here.", None),
        ("Nothing here.", "Ei mitään tässä."),
    ],
)
def test_what_is_left_alone(text: str, source: str | None) -> None:
    assert flags_on(text, source) == []


@pytest.mark.parametrize(
    ("word", "of", "language", "expected"),
    [
        ("kaupungin", "kaupunki", "fi", True),
        ("kaupungeissa", "kaupunki", "fi", True),
        ("kunnan", "kunta", "fi", True),
        ("kuntien", "kunta", "fi", True),
        ("ihmisten", "ihminen", "fi", True),
        ("ihmisiä", "ihminen", "fi", True),
        ("hallituksia", "hallitus", "fi", True),
        ("hallituksensa", "hallitus", "fi", True),
        ("koiria", "koira", "fi", True),
        ("taloja", "talo", "fi", True),
        ("kaloissa", "kala", "fi", True),
        ("lakeja", "laki", "fi", True),
        ("kuninkaan", "kunta", "fi", False),
        ("hallitusohjelma", "hallitus", "fi", False),
        ("koirakin", "koira", "fi", True),
        ("linna", "linnan", "fi", False),
        ("parties", "party", "en", True),
        ("voted", "vote", "en", True),
        ("party", "part", "en", False),
        ("eu", "eu", "en", True),
        ("eus", "eu", "en", False),
        ("riigikogus", "riigikogu", "et", True),
    ],
)
def test_forms_of_a_word(word: str, of: str, language: str, expected: bool) -> None:
    assert is_form(word, of, language) is expected


@pytest.mark.slow
def test_an_empty_list_costs_nothing_and_a_large_one_is_read() -> None:
    assert TermList().gather(Document([]), Context()) is None
    many = tuple(Term(f"sana{n}", (f"word{n}",)) for n in range(5000))
    assert flags_on("The word7 is used.", "Sana7 on käytössä.", *many) == []
    assert [f.check for f in flags_on("It is used.", "Sana7 on käytössä.", *many)] == ["term-missing"]


def test_terms_of_any_characters_are_taken_as_they_are() -> None:
    odd = (Term("!!!", ("…",)), Term("a\u0301b", ("é",)), Term("(", (), ("[",)), Term("x" * 500, ("y",)))
    assert [f.check for f in flags_on("áb …", "Áb !!! ( [", *odd)] == ["term-missing"]
    assert flags_on("é …", "Áb !!! ( [", *odd) == []
