"""Odd phrasing and grammar with the real grammar and the real language model."""

from collections.abc import Sequence

import pytest

from review.checks.grammar import Grammar
from review.checks.phrasing import Phrasing
from review.checks.run import Checker
from review.errors import MissingPart
from review.lm import load_scorer, load_tagger
from review.model import Context, Document, Flag, Level, Scorer, Segment
from review.settings import Settings
from tests.conftest import MODELS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return load_scorer(Settings(model_dir=str(MODELS)), "smollm2")


def deep_flags(texts: Sequence[str], scorer: Scorer | None = None, source: str | None = None) -> list[Flag]:
    segments = [Segment(n, text, source) for n, text in enumerate(texts, start=1)]
    context = Context("fi", "en", scorer=scorer, tagger=load_tagger())
    checker = Checker(context, families=(Grammar(), Phrasing()), level=Level.DEEP).read(Document(segments))
    found = [flag for segment in segments for flag in checker.flags(segment)]
    assert not checker.failures
    for flag in found:
        assert texts[flag.segment - 1][flag.start : flag.end] == flag.text
        assert 0 < flag.confidence < 1
    return found


GRAMMAR = [
    ("They was late for the meeting.", "grammar-agreement", "was", "were"),
    ("She have a new plan for the harbour.", "grammar-agreement", "have", "has"),
    ("This is a more better plan.", "grammar-comparison", "more better", "better"),
    ("The town has several problem.", "grammar-number", "several problem", "several problems"),
    ("There were many library in the town.", "grammar-number", "many library", "many libraries"),
    ("The story was published Politico.", "grammar-passive", "published Politico", "published by Politico"),
]
GOOD_GRAMMAR = [
    "They were late, and she has a new plan.",
    "If I were you, I would wait.",
    "He was elected President of the republic.",
    "The story was published Tuesday by a paper.",
    "A people without a past has many a problem.",
    "The men and she were there.",
]


@pytest.mark.parametrize(("text", "check", "flagged", "right"), GRAMMAR)
def test_grammar_that_english_does_not_have(text: str, check: str, flagged: str, right: str) -> None:
    found = [f for f in deep_flags([text]) if f.check == check]
    assert [(f.text, f.suggestions[0]) for f in found] == [(flagged, right)]


@pytest.mark.parametrize("text", GOOD_GRAMMAR)
def test_good_grammar_is_left_alone(text: str) -> None:
    assert [f for f in deep_flags([text]) if f.check.startswith("grammar-")] == []


def surest(text: str, scorer: Scorer) -> float:
    return max((f.confidence for f in deep_flags([text], scorer)), default=0.0)


@pytest.mark.parametrize(
    ("odd", "good"),
    [
        ("The boat was already headwind on Monday.", "The boat was already late on Monday."),
        ("The council made a decide to wait.", "The council made a decision to wait."),
    ],
)
def test_odd_wording_is_surer_to_be_changed_than_good(odd: str, good: str, scorer: Scorer) -> None:
    assert surest(odd, scorer) > surest(good, scorer)


def test_a_name_alone_is_no_odd_phrasing_of_the_first_view(scorer: Scorer) -> None:
    found = deep_flags(["The mayor met Wozzelquist and Brandybuckson in Quaxelhome."], scorer)
    assert [f for f in found if f.confidence >= 0.7 and "Brandybuckson" in f.text] == []


def test_flags_speak_of_the_text_they_were_read_on(scorer: Scorer) -> None:
    context = Context("", "en", scorer=scorer, tagger=load_tagger())
    family = Phrasing()
    evidence = family.gather(Document([Segment(1, "The boat was already headwind.")]), context)
    assert list(family.flags(Segment(1, "Another text."), evidence)) == []


NASTY = [
    "",
    " ",
    "x" * 21_000,
    "word " * 5_000,
    "👩‍👩‍👧‍👦" * 40,
    "שלום עולם، مرحبا بالعالم",
    "a\u0301" * 500,
    "\u200b\u202e evil",
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_text_is_too_odd_to_be_read(text: str, scorer: Scorer) -> None:
    deep_flags([text, "An ordinary sentence follows."], scorer, source=text)


def test_every_evidence_has_its_weights(scorer: Scorer) -> None:
    for model in (None, scorer):
        for source in (None, "Lause."):
            assert isinstance(deep_flags(["The plan are good."], model, source), list)


def test_a_model_that_is_damaged_is_one_sentence(tmp_path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "smollm2"
    folder.mkdir()
    for file in (MODELS / "smollm2").iterdir():
        (folder / file.name).write_bytes(file.read_bytes() if file.suffix != ".bin" else b"broken")
    with pytest.raises(MissingPart, match="models enable smollm2"):
        load_scorer(Settings(model_dir=str(tmp_path)), "smollm2")
