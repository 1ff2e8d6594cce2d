"""Whatever the text, the runner gives spans that hold their text; a check that fails takes nothing with it."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.checks import FAMILIES
from review.checks.family import Family
from review.checks.repetition import Repetition
from review.checks.run import Checker
from review.model import Context, Document, Flag, Level, Segment
from tests.checks.examples import flags_on, told

PIECES = [
    "Lavrov",
    "Lavrovin",
    " ‘s",
    "the the",
    "&quot;",
    "”",
    ", ”",
    "2015",
    "\u202e",
    "é",
    "e\u0301",
    " ",
    "\n",
    "👩‍🔬",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=12).map("".join)


@settings(deadline=None)  # the first call reads the word lists
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
@pytest.mark.fault(10)
def test_spans_hold_their_text_in_any_text(texts: list[str], source: str) -> None:
    for flag in flags_on(*texts, source=source):
        assert 0 <= flag.start < flag.end
        assert 0 < flag.confidence <= 1
        assert flag.message
        assert flag.text not in flag.suggestions


@pytest.mark.fault(5)
def test_composed_and_decomposed_accents_get_the_same_flags() -> None:
    text = "Räikkönen ‘s car and Räikkönen ‘s the the team."
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert told(flags_on(composed)) == told(flags_on(decomposed)) != []


class Broken(Family[None]):
    id = "broken"
    checks = ()

    def gather(self, document: Document, context: Context) -> None:
        return None

    def flags(self, segment: Segment, evidence: None) -> Iterator[Flag]:
        raise ZeroDivisionError


@pytest.mark.fault(27)
def test_a_failing_check_is_named_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    segment = Segment(1, "the the end")
    checker = Checker(Context(), families=(Broken(), *FAMILIES)).read(Document([segment]))
    assert told(checker.flags(segment)) == [("the the", "the")]
    assert checker.failures == {"broken"}
    assert "broken" in caplog.text


class Slow(Repetition):
    level = Level.DEEP


def test_the_deep_level_runs_everything_and_the_instant_one_no_deep_family() -> None:
    segment = Segment(1, "the the end")
    ran = {
        level: len(
            Checker(Context(), families=(Slow(), Repetition()), level=level)
            .read(Document([segment]))
            .flags(segment)
        )
        for level in Level
    }
    assert ran == {Level.INSTANT: 1, Level.DEEP: 2}


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "‘s " * 30_000,
        "Lavrovin " * 11_000,
        '"' * 100_000,
        "1.2," * 25_000,
        "\u202e👩‍🔬" * 9_000,
        "the " * 25_000,
        "Ã¤" * 50_000,
        "of the plan " * 8_000,
        "\ufffd" * 33_000,
        "שלום " * 11_000,
        "” “" * 20_000,
        ", ”a" * 15_000,
        "kaupunginjohtaja" * 6_000,
        "per cent email " * 6_000,
        "10 000 " * 14_000,
        "a hour " * 14_000,
    ],
)
@pytest.mark.fault(26)
def test_a_huge_segment_is_checked_all_the_same(text: str) -> None:
    assert isinstance(flags_on(text, source=text), list)
