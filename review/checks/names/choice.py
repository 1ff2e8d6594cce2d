"""Which name a word is a form of: the word itself, or the base of one of its readings.

Every option gets a score, the sum of its weighted evidence; the shares of the scores' exponentials are
the options' probabilities (a conditional logit). weights.tsv has the weights, bench/train_names.py made it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from review.checks.names.evidence import NameEvidence, SourceHere
from review.checks.names.features import Features, around_reading, around_word, of_word
from review.checks.names.mentions import Mention
from review.checks.names.morphology.analysis import Analysis
from review.checks.names.morphology.languages import readings


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that a word may be a form of (`reading` None: the word itself), and its probability."""

    base: str
    reading: Analysis | None
    share: float


@cache
def weights(language: str, sourced: bool) -> Mapping[str, float]:
    """The weight of each feature for a source language, where the source is at hand and where it is not."""
    lines = files(__package__).joinpath("weights.tsv").read_text("utf-8").splitlines()
    header, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    column = header.index(f"{language} {'with' if sourced else 'without'} source")
    return {row[0]: float(row[column]) for row in rows if row[column]}


def _sum(found: Features, by_name: Mapping[str, float]) -> float:
    return sum(by_name.get(name, 0.0) * value for name, value in found)


@lru_cache(maxsize=200_000)
def _options(word: str, code: str, sourced: bool) -> tuple[tuple[Analysis | None, float], ...]:
    """The readings of a word with the score that each has by itself, the word as it is first."""
    by_name = weights(code, sourced)
    every: list[Analysis | None] = [None, *readings(word, code)]
    return tuple((option, _sum(of_word(word, option, code), by_name)) for option in every)


@cache
def _most_around(code: str, sourced: bool) -> float:
    """The most that a word's surroundings can speak against the word as it is."""
    by_name = weights(code, sourced)
    readings_best = sum(
        w * (2 if name.startswith("forms") else 1)
        for name, w in by_name.items()
        if w > 0 and name.startswith(("base in the", "base in this", "forms of the base", "genitive before"))
    )
    word_worst = sum(
        w
        for name, w in by_name.items()
        if w < 0
        and name
        in (
            "word first",
            "word with ’s",
            "word before a name",
            "word after a name",
            "source has a name before",
        )
    )
    return readings_best - word_worst


@lru_cache(maxsize=200_000)
def is_doubtful(word: str, code: str, sourced: bool) -> bool:
    """Whether any surroundings could make a reading of `word` the likeliest."""
    options = _options(word, code, sourced)
    best = max((score for option, score in options if option is not None), default=-math.inf)
    return best + _most_around(code, sourced) > options[0][1]


def choices(mention: Mention, segment: int, evidence: NameEvidence, here: SourceHere | None) -> list[Choice]:
    """The names that `mention` may be a form of, likeliest first."""
    by_name = weights(evidence.language, here is not None)
    scored = []
    for reading, fixed in _options(mention.text, evidence.language, here is not None):
        if reading is None:
            around = around_word(mention, segment, evidence, here)
        else:
            around = around_reading(mention, reading, segment, evidence, here)
        scored.append((fixed + _sum(around, by_name), reading))
    top = max(score for score, _ in scored)
    total = sum(math.exp(score - top) for score, _ in scored)
    found = [
        Choice(reading.base if reading else mention.text, reading, math.exp(score - top) / total)
        for score, reading in scored
    ]
    return sorted(found, key=lambda choice: -choice.share)
