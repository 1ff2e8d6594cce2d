"""Thousands, millions and billions behind the same figures on both sides."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from review.checks.numbers.numeral import Numeral

SCALE_WORDS = {1000: "thousand", 10**6: "million", 10**9: "billion"}


@dataclass(frozen=True, slots=True)
class Scales:
    """By its figures, the scales that a number of the source has; and the scales that the text has anywhere."""

    told: dict[str, set[int]]
    here: frozenset[int]

    @classmethod
    def of(cls, told: list[Numeral], here: list[Numeral]) -> "Scales":
        by_figures: dict[str, set[int]] = {}
        for numeral in told:
            by_figures.setdefault(_figures(numeral), set()).add(numeral.scale)
        return cls(by_figures, frozenset(numeral.scale for numeral in here))

    def other(self, numeral: Numeral, right: Collection[Decimal]) -> int | None:
        """The scale of the source’s number where the text has the same figures with another one, or none.

        In a range ("3–5 million") only the last number has the word, so the text must have it nowhere.
        """
        scales = self.told.get(_figures(numeral), set())
        if not scales or numeral.scale in scales or min(scales) < 1000 or scales & self.here:
            return None
        if numeral.scale > 1 and any(value * numeral.scale in right for value in numeral.values):
            return None
        return min(scales)


def _figures(numeral: Numeral) -> str:
    return numeral.text.replace(",", ".")
