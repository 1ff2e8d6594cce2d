"""What every metric is: statistics per segment that add up, and a score of their sum."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from review.errors import BadInput

Array = NDArray[Any]
Statistics = NDArray[np.float64]  # a row per segment
_Part = TypeVar("_Part")
CHUNK = 100  # segments that are worked on at once: what they need stays in the processor's cache


class Prepared(Protocol):
    """References made ready; any number of systems are then scored against them."""

    @property
    def segments(self) -> int: ...


class Metric(Protocol):
    """A metric that equals sacreBLEU's to the last bit."""

    @property
    def id(self) -> str:
        """As the command line calls it: "chrf++"."""

    @property
    def name(self) -> str:
        """As sacreBLEU prints it: "chrF2++"."""

    @property
    def higher_is_better(self) -> bool: ...

    @property
    def width(self) -> int:
        """How many numbers a segment's statistics are."""

    @property
    def shuffled_as(self) -> type[np.number]:
        """The numbers that sacreBLEU adds shuffled statistics up in."""

    def prepare(self, references: Sequence[Sequence[str]]) -> Any:
        """References, one list each, every list as long as the hypotheses will be."""

    def statistics(self, hypotheses: Sequence[str], prepared: Any) -> Statistics:
        """A row for each segment, in order; BadInput where hypotheses and references differ in number."""

    def score(self, sums: Array) -> float:
        """The corpus score of the sum of all segments' statistics."""

    def scores(self, sums: Array) -> Array:
        """The corpus score of each row of sums, computed in the precision that the sums come in."""

    def segment_scores(self, statistics: Array) -> NDArray[np.float64]:
        """Each segment's own score, as sacreBLEU's sentence_score has it."""

    def signature(self, references: int) -> str:
        """How scores against so many references are computed, as sacreBLEU prints it."""


def check_references(references: Sequence[Sequence[str]]) -> int:
    """The number of segments; BadInput where there are none or the references differ in number."""
    if not references or not references[0]:
        raise BadInput("There is nothing to score.")
    for texts in references[1:]:
        if len(texts) != len(references[0]):
            raise BadInput(
                f"One reference has {len(references[0])} segments and another {len(texts)}: "
                "they must be as many."
            )
    return len(references[0])


def check_hypotheses(hypotheses: Sequence[str], prepared: Prepared) -> None:
    """BadInput where hypotheses and references differ in number: sacreBLEU would cut the longer ones."""
    if len(hypotheses) != prepared.segments:
        raise BadInput(
            f"There are {len(hypotheses)} hypotheses and {prepared.segments} references: "
            "they must be as many."
        )


def in_chunks(segments: int, build: Callable[[slice], _Part], fits: Callable[[_Part], bool]) -> list[_Part]:
    """What is built for runs of segments: shorter runs where it does not fit, at last of one segment each."""
    waiting = [slice(n, min(n + CHUNK, segments)) for n in range(0, segments, CHUNK)][::-1]
    parts = []
    while waiting:
        place = waiting.pop()
        part = build(place)
        if fits(part) or place.stop - place.start == 1:
            parts.append(part)
        else:
            middle = (place.start + place.stop) // 2
            waiting += [slice(middle, place.stop), slice(place.start, middle)]
    return parts
