"""Inline codes: what of them is flagged, what is suggested, and that other checks see past them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.checks.run import Checker
from review.codes import codes_broken, markers, with_codes_of, without_codes
from review.model import Context, Document, Segment
from tests.checks.examples import flags_on, told

GOOD = [
    ("Avaa ⟦1⟧ovi⟦/1⟧.", "Open the ⟦1⟧door⟦/1⟧."),
    ("⟦1⟧Avaa⟦/1⟧ ⟦2/⟧", "⟦2/⟧ ⟦1⟧Open⟦/1⟧"),
    ("⟦1⟧a⟦2⟧b⟦/1⟧c⟦/2⟧", "⟦1⟧a⟦2⟧b⟦/1⟧c⟦/2⟧"),  # they cross in the source too
    ("⟦1⟧a⟦/1⟧", ""),
    ("⟦1/⟧a⟦1/⟧", "⟦1/⟧b⟦1/⟧"),
    ("a ⟦x⟧ ⟦0/⟧ ⟦/1/⟧", "b"),  # no codes
    ("a", "the ⟦x⟧ brackets of semantics, ⟦"),
]

BAD = [
    ("Avaa ⟦1/⟧ovi.", "Open the door.", "code-missing", "door", "⟦1/⟧door"),
    ("Laura maksoi ⟦1/⟧ euroa.", "Laura paid euros.", "code-missing", "paid", "paid ⟦1/⟧"),
    ("Avaa ovi⟦1/⟧ Tarkka.", "Open the door Tarkka.", "code-missing", "door", "door⟦1/⟧"),
    ("⟦1/⟧ Avaa ovi.", "Open the door.", "code-missing", "Open", "⟦1/⟧ Open"),
    ("⟦1/⟧Avaa ovi.", "Open the door.", "code-missing", "Open", "⟦1/⟧Open"),
    ("Avaa ovi.⟦1/⟧", "Open the door.", "code-missing", "door.", "door.⟦1/⟧"),
    ("Avaa ovi⟦1/⟧.", "Open the door.", "code-missing", "door", "door⟦1/⟧"),
    ("Osta ⟦1⟧Tarkka⟦/1⟧ nyt.", "Buy Tarkka now.", "code-missing", "Tarkka", "⟦1⟧Tarkka⟦/1⟧"),
    ("⟦1⟧Avaa ovi.⟦/1⟧", "Open the door.", "code-missing", "Open the door.", "⟦1⟧Open the door.⟦/1⟧"),
    ("Avaa ⟦1⟧vanha ovi⟦/1⟧ nyt.", "Open the ⟦1⟧old door now.", "code-missing", "door", "door⟦/1⟧"),
    ("Avaa ⟦1⟧vanha ovi⟦/1⟧ nyt.", "Open the old door⟦/1⟧ now.", "code-missing", "old", "⟦1⟧old"),
    ("Avaa ⟦1⟧vanha ovi⟦/1⟧ nyt.", "Open the old door now.", "code-missing", "now", ""),  # where is a guess
    ("Avaa ovi.", "Open the ⟦1/⟧door.", "code-added", "⟦1/⟧", ""),
    ("Avaa ⟦1/⟧ovi.", "Open ⟦1/⟧the ⟦1/⟧door.", "code-doubled", "⟦1/⟧", ""),
    ("⟦1⟧a⟦/1⟧", "⟦/1⟧b⟦1⟧", "code-order", "⟦/1⟧b⟦1⟧", "⟦1⟧b⟦/1⟧"),
    ("⟦1⟧a⟦2⟧b⟦/2⟧⟦/1⟧", "⟦1⟧a⟦2⟧b⟦/1⟧c⟦/2⟧", "code-order", "⟦/1⟧c⟦/2⟧", "⟦/2⟧c⟦/1⟧"),
    ("Avaa ⟦1⟧ovi⟦/1⟧.", "Open the ⟦door⟦/1⟧.", "code-missing", "⟦", "⟦1⟧"),
    ("Avaa ⟦1⟧ovi⟦/1⟧.", "Open the ⟦1⟧door/1⟧.", "code-missing", "/1⟧", "⟦/1⟧"),
    ("Avaa ⟦1⟧ovi⟦/1⟧.", "Open the ⟦⟧door⟦/⟧.", "code-missing", "⟦⟧door⟦/⟧", "⟦1⟧door⟦/1⟧"),
    ("Avaa ⟦1/⟧.", "Open ⟦1/⟧1⟧.", "code-added", "1⟧", ""),
    ("Avaa ⟦ ovi ⟦1/⟧.", "Open the ⟦ door.", "code-missing", "door", "door⟦1/⟧"),
    ("⟦1/⟧", "…", "code-missing", "…", "…⟦1/⟧"),
]


@pytest.mark.parametrize(("source", "text"), GOOD)
def test_codes_as_in_the_source_are_not_flagged(source: str, text: str) -> None:
    assert [flag for flag in flags_on(text, source=source) if flag.check.startswith("code-")] == []


@pytest.mark.parametrize(("source", "text", "check", "flagged", "right"), BAD)
def test_broken_codes_are_flagged(source: str, text: str, check: str, flagged: str, right: str) -> None:
    flags = [flag for flag in flags_on(text, source=source) if flag.check.startswith("code-")]
    assert [flag.check for flag in flags] == [check]
    assert told(flags) == [(flagged, right)]


def test_each_missing_code_is_offered_for_a_bit_of_its_own() -> None:
    flags = flags_on("⟦door ⟦/⟧ key ⟦x", source="⟦1/⟧ovi ⟦2/⟧ avain")
    assert told([flag for flag in flags if flag.check.startswith("code-")]) == [
        ("⟦", "⟦1/⟧"),
        ("⟦/⟧", "⟦2/⟧"),
        ("⟦", ""),
    ]


@pytest.mark.parametrize("target", ["fi", "de", "en"])
def test_codes_are_checked_in_every_language(target: str) -> None:
    segment = Segment(1, "Tür", "⟦1/⟧ovi")
    checker = Checker(Context("fi", target)).read(Document([segment]))
    assert "code-missing" in {flag.check for flag in checker.flags(segment)}


PAST_CODES = [
    ("Hän maksoi ⟦3⟧5 euroa⟦/3⟧.", "She paid ⟦3⟧5 euros⟦/3⟧."),
    ("Klikkaa ⟦1/⟧ nyt, ⟦2⟧Anna⟦/2⟧.", "Click ⟦1/⟧ now, ⟦2⟧Anna⟦/2⟧."),
    ("⟦1⟧Laiva⟦/1⟧⟦2/⟧lähti.", "The ⟦1⟧ship⟦/1⟧⟦2/⟧left."),
    ("⟦12⟧Laiva⟦/12⟧ lähti kello 8.", "The ⟦12⟧sh⟦/12⟧ip left at 8."),
    ("⟦1⟧⟦2⟧Laiva⟦/2⟧⟦/1⟧", "⟦1⟧⟦2⟧The ship⟦/2⟧⟦/1⟧"),
]


@pytest.mark.parametrize(("source", "text"), PAST_CODES)
def test_other_checks_see_past_codes(source: str, text: str) -> None:
    assert flags_on(text, source=source) == []


def test_flags_on_words_with_codes_stand_right_and_keep_them() -> None:
    text = "She went to the ⟦1⟧the harbour⟦/1⟧."
    [flag] = flags_on(text, source="Hän meni ⟦1⟧satamaan⟦/1⟧.", checks=("repeated-word",))
    assert (flag.text, flag.suggestions) == ("the ⟦1⟧the", ("the⟦1⟧",))


def test_decomposed_accents_and_codes_together() -> None:
    text = "Cafe\u0301 ⟦1⟧the ⟦2/⟧the cafe\u0301⟦/1⟧"
    [flag] = flags_on(text, checks=("repeated-word",))
    assert flag.text == "the ⟦2/⟧the"


PIECES = st.lists(
    st.sampled_from(
        ["⟦1⟧", "⟦/1⟧", "⟦2/⟧", "⟦", "1⟧", "⟦3⟧", "⟦/3⟧", " ", "word", "e\u0301", "8", ".", "the the", "\n"]
    ),
    max_size=12,
).map("".join)


@given(PIECES, PIECES)
def test_any_text_is_checked_and_every_suggestion_keeps_the_codes_of_its_span(source: str, text: str) -> None:
    for flag in flags_on(text, source=source):
        if not flag.check.startswith("code-"):
            for suggestion in flag.suggestions:
                assert [m.text for m in markers(suggestion)] == [m.text for m in markers(flag.text)]


@given(PIECES, PIECES)
def test_suggestion_by_suggestion_the_codes_become_those_of_the_source(source: str, text: str) -> None:
    kinds = ("code-missing", "code-added", "code-doubled", "code-order")
    for _ in range(30):
        flags = flags_on(text, source=source, checks=kinds)
        mending = next((flag for flag in flags if flag.suggestions), None)
        if mending is None:
            assert {problem.kind for problem in codes_broken(source, text)} <= {"missing"} or not text.strip()
            return
        text = text[: mending.start] + mending.suggestions[0] + text[mending.end :]
    raise AssertionError(f"{text} is never mended")


@given(PIECES)
def test_a_text_without_its_codes_maps_back(text: str) -> None:
    bare, offsets = without_codes(text)
    if offsets is not None:
        assert len(offsets) == len(bare) + 1
        assert all(bare[n] in (text[at], " ") for n, at in enumerate(offsets[:-1]))
        assert offsets == sorted(offsets)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("⟦1⟧Lavrovin⟦/1⟧", "Lavrov", "⟦1⟧Lavrov⟦/1⟧"),
        ("Lavrov⟦1⟧in⟦/1⟧", "Lavrov", "Lavrov⟦1⟧⟦/1⟧"),
        ("Mus⟦1/⟧kin", "Musk", "Mus⟦1/⟧k"),
        ("a⟦2/⟧b c⟦1/⟧", "x y z", "x y z⟦2/⟧⟦1/⟧"),
        ("plain", "text", "text"),
        ("⟦1/⟧", "", "⟦1/⟧"),
    ],
)
def test_a_suggestion_keeps_codes(old: str, new: str, expected: str) -> None:
    assert with_codes_of(old, new) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Open the door.", [("code-missing", "⟦1⟧…⟦/1⟧ of the machine’s text is missing.", "Open the ⟦1⟧door⟦/1⟧.")]),
        ("Open the ⟦1⟧gate⟦/1⟧ ⟦2/⟧.", [("code-added", "The machine’s text has no ⟦2/⟧.", "Open the ⟦1⟧gate⟦/1⟧ .")]),
        ("Open a ⟦1⟧gate⟦/1⟧.", []),
    ],
)  # fmt: skip
def test_without_a_source_the_machines_text_says_which_codes_there_are(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    segment = Segment(1, text, machine="Open the ⟦1⟧door⟦/1⟧.")
    checker = Checker(Context(), {"code-missing", "code-added"}).read(Document([segment]))
    found = checker.flags(segment)
    mended = [text[: f.start] + f.suggestions[0] + text[f.end :] for f in found]
    assert [(f.check, f.message, new) for f, new in zip(found, mended, strict=True)] == expected
