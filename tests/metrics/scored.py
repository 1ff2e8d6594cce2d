"""Texts that metrics are tried on, and sacreBLEU's word on them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from review.metrics.metric import Metric
from tests.conftest import shared

YEARS = ("newstest2015", "newstest2016", "newstest2017", "newstest2018")
# Few letters, so that n-grams repeat; marks and digits for the tokenisers; white space of every kind.
LETTERS = "abAB5-.,'\"(&;<> "
SPACES = " \t\r\n\x0b\x0c\x1c\x85\xa0\u2003\u2028\u3000"
ODD = "äÄßΣςσIİé\u0301\u200b\u202e٣½中文ー。😀\ue000\x00"

WORDS = (
    'a|b|ab|3.5|1,000|-|...|.,.|5..5|10-12|x-y|it\'s|&quot;|&amp;lt;|<skipped>|<skip-\nped>|(hi)|"x",|U.S.|ΟΔΟΣ.'
    "|co-operate,|'s|%)|“so”|-\nb"
).split("|")

words = st.sampled_from(WORDS)
texts = st.one_of(
    st.text(LETTERS, max_size=30),
    st.text(LETTERS + SPACES + ODD, max_size=20),
    st.lists(words, max_size=9).map(" ".join),
    st.text(max_size=12),
)


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Hypotheses, and one to four references of as many segments, some equal to a hypothesis."""
    hypotheses = draw(st.lists(texts, min_size=1, max_size=6))
    references = draw(
        st.lists(
            st.tuples(*(st.one_of(texts, st.just(text)) for text in hypotheses)).map(list),
            min_size=1,
            max_size=4,
        )
    )
    return hypotheses, references


def read_lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")[:-1]


def newstest(year: str) -> tuple[list[str], dict[str, list[str]]]:
    """The reference and all systems of a year."""
    folder = shared(f"data/fi-en/{year}")
    systems = {f.name[4:-3]: read_lines(f) for f in sorted(folder.glob("sys.*.en"))}
    return read_lines(folder / "reference.en"), systems


def assert_equal_to_sacrebleu(
    metric: Metric,
    judge: Any,
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    sentence: Any = None,
) -> NDArray[np.float64]:
    """Statistics, score, segments' scores (by `sentence`, the judge if None), name and signature."""
    found = metric.statistics(hypotheses, metric.prepare(references))
    assert found.shape == (len(hypotheses), metric.width)
    assert found.tolist() == judge._extract_corpus_statistics(hypotheses, references)
    said = judge.corpus_score(hypotheses, references)
    assert (metric.name, metric.score(found.sum(axis=0))) == (said.name, said.score)
    assert metric.signature(len(references)) == str(judge.get_signature())
    each = [
        (sentence or judge).sentence_score(hypothesis, some).score
        for hypothesis, *some in zip(hypotheses, *references, strict=True)
    ]
    assert metric.segment_scores(found).tolist() == each
    return found
