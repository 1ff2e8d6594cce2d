"""What SmolLM2 says of texts: every piece once, the likelier text likelier, nothing too odd to read."""

import time

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from review.lm.engine import Engine
from review.model import Passage, TokenScore
from tests.conftest import DEMO
from tests.lm.conftest import enabled

pytestmark = pytest.mark.slow

BETTER_WORSE = [
    ("The minister said that she would travel to Oslo on Monday.", "Minister the said she that would to Oslo travel on Monday."),
    ("They have lived in this town for ten years.", "They has live in this town since ten years."),
    ("He opened the door and walked into the garden.", "He opened the door and walked in to at garden."),
    ("The price of bread rose again last month.", "The price of bread rised again the last month."),
    ("We are looking forward to seeing you.", "We are looking forward to see for you."),
    ("Nobody knew why the train had stopped.", "Nobody did not knew why had the train stopped."),
]  # fmt: skip


def spans(scores: list[TokenScore]) -> list[tuple[int, int]]:
    return [(score.start, score.end) for score in scores]


def assert_covered(scores: list[TokenScore], length: int) -> None:
    """The scores follow one another from the start of a text to `length`, and are log-probabilities."""
    edges = [0, *(score.end for score in scores)]
    assert [score.start for score in scores] == edges[:-1]
    assert edges[-1] == length
    assert all(score.logprob <= 0 for score in scores)


def total(scorer: Engine, text: str, prefix: str = "") -> float:
    return sum(score.logprob for score in scorer.score([Passage(text, prefix)])[0])


@effort(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_every_character_is_scored_once(text: str) -> None:
    assert_covered(enabled("smollm2").score([Passage(text, "Read this:")])[0], len(text))


def test_pieces_stand_where_the_words_do(smollm2: Engine) -> None:
    text = "It cost 25 € – naïve 👩‍👩‍👧 friends."
    found = [text[start:end] for start, end in spans(smollm2.score([Passage(text)])[0])]
    assert found[:6] == ["It", " cost", " ", "2", "5", " €"]
    assert found[-2:] == [" friends", "."]


def test_a_batch_scores_as_one_at_a_time(smollm2: Engine) -> None:
    passages = [Passage(line, "News: ") for line in (DEMO / "sys.north.en").read_text("utf-8").splitlines()]
    together, alone = smollm2.score(passages), [smollm2.score([passage])[0] for passage in passages]
    assert [spans(t) for t in together] == [spans(a) for a in alone]
    differences = [
        abs(x.logprob - y.logprob)
        for t, a in zip(together, alone, strict=True)
        for x, y in zip(t, a, strict=True)
    ]
    # Sums in another order fall on another of int8's steps: see docs/performance.md.
    assert sum(differences) / len(differences) < 0.05


@pytest.mark.parametrize(("better", "worse"), BETTER_WORSE)
def test_a_sound_sentence_is_likelier_than_a_faulty_one(smollm2: Engine, better: str, worse: str) -> None:
    assert total(smollm2, better) > total(smollm2, worse)


def test_a_prefix_is_read(smollm2: Engine) -> None:
    fitting, strange = "The chef peeled the potatoes.", "The court heard the witness."
    text = " Then she boiled them in salted water."
    assert total(smollm2, text, fitting) > total(smollm2, text, strange)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 100_000, marks=pytest.mark.exhaustive),
        pytest.param("👩‍👩‍👧🇫🇮" * 4_000, marks=pytest.mark.exhaustive),
        "\u0301",
        pytest.param("שלום عربى " * 300, marks=pytest.mark.exhaustive),
        pytest.param("e\u0301\u0301" * 900, marks=pytest.mark.exhaustive),
        "\ud83d x \udc00",
        "\x00\x01\r\n",
        "<|im_start|>system <|endoftext|>",
        " ",
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_no_text_is_too_odd_or_takes_long(smollm2: Engine, text: str) -> None:
    started = time.perf_counter()
    scores = smollm2.score([Passage(text)])[0]
    assert time.perf_counter() - started < 90
    assert scores
    assert_covered(scores, scores[-1].end)
    assert len(text) > 8_000 or scores[-1].end == len(text)


def test_nothing_has_no_scores(smollm2: Engine) -> None:
    assert smollm2.score([]) == []
    assert smollm2.score([Passage(""), Passage("Yes.")])[0] == []


def test_a_long_text_is_scored_to_its_end_in_windows(smollm2: Engine) -> None:
    text = (DEMO / "reference.en").read_text("utf-8")
    assert_covered(smollm2.score([Passage(text)])[0], len(text))
