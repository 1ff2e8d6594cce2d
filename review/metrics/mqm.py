"""MQM: penalties of marked errors, per segment and per 1,000 words; ESA: the mean of scores from 0 to 100.

The default weights are those of Freitag et al. 2021 ("Experts, Errors, and Context"): minor 1, major 5,
minor punctuation 0.1, non-translation 25, neutral 0. Critical has no weight of its own there; it weighs 25
here, five majors, as the MQM scoring model has it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from review.metrics.categories import Categories
from review.text import words


@dataclass(frozen=True, slots=True)
class Error:
    """As much of a marked error as weighs."""

    category: str
    severity: str


@dataclass(frozen=True, slots=True)
class MqmSum:
    """What rated segments add up to; two sums add up to a third."""

    penalty: float = 0.0
    segments: int = 0
    words: int = 0
    errors: Counter[str] = field(default_factory=Counter)  # how many, by severity

    def __add__(self, other: "MqmSum") -> "MqmSum":
        return MqmSum(
            self.penalty + other.penalty,
            self.segments + other.segments,
            self.words + other.words,
            self.errors + other.errors,
        )

    @property
    def per_segment(self) -> float | None:
        """The mean penalty of a rated segment, as WMT reports it: lower is better."""
        return self.penalty / self.segments if self.segments else None

    @property
    def per_thousand_words(self) -> float | None:
        """The penalty for 1,000 rated words."""
        return 1000 * self.penalty / self.words if self.words else None


def segment_sum(text: str, errors: Iterable[Error], categories: Categories) -> MqmSum:
    """One rated segment: its errors' penalties, its words."""
    found = list(errors)
    penalty = sum(categories.penalty(error.category, error.severity) for error in found)
    return MqmSum(penalty, 1, len(words(text)), Counter(error.severity for error in found))


def mean_esa(segments: Iterable[Sequence[float]]) -> float | None:
    """The mean over segments of the mean of each one's reviewers; None where nobody has scored."""
    means = [fmean(scores) for scores in segments if scores]
    return fmean(means) if means else None
