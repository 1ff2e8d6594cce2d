"""Runs of tokens that are about equally likely to be changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.model import Token

# The least probability that is told at all, and where a run of tokens ends: at the next band.
BANDS = (0.25, 0.4, 0.6, 0.8)
_LONGEST = 8  # tokens; a longer run says "rewrite this", which the flags of its parts say too


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring tokens [first, last] of one band, and the mean of their probabilities."""

    first: int
    last: int
    probability: float


def runs(tokens: Sequence[Token], probabilities: Sequence[float]) -> Iterator[Run]:
    """The runs of a segment in order; marks alone make none."""
    first = 0
    while first < len(tokens):
        band, last = _band(probabilities[first]), first
        while (
            last + 1 < len(tokens) and _band(probabilities[last + 1]) == band and last - first + 1 < _LONGEST
        ):
            last += 1
        if band:
            members = probabilities[first : last + 1]
            yield Run(first, last, sum(members) / len(members))
        first = last + 1


def _band(probability: float) -> int:
    return sum(probability >= edge for edge in BANDS)
