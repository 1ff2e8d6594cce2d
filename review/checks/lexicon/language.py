"""The shape of a language's table, and where to find it."""

import math
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from review.checks.lexicon.terms import Terms

_MODULES = {"en": "english", "et": "estonian", "fi": "finnish"}


@dataclass(frozen=True, slots=True)
class Length:
    """The logarithm of an English text’s length to its source’s: its mean, and its variance by the source’s length.

    bench/fit_length.py finds them; the variance is spread² / characters + floor².
    """

    mean: float
    spread: float
    floor: float

    def deviation(self, source: int, target: int) -> float:
        """By how many standard deviations the English is longer than is usual, or shorter (below 0)."""
        variance = self.spread**2 / source + self.floor**2
        return (math.log(target / source) - self.mean) / math.sqrt(variance)


@dataclass(frozen=True)
class Lexicon:
    """What a language calls things. Keys are shared by all languages; each key's forms are as Terms reads them."""

    code: str
    days: Terms
    months: Terms
    when: frozenset[str]  # words that English may give a day or month for: today, yesterday
    currencies: Terms
    units: Terms
    denials: frozenset[str]  # words that deny by themselves, lower-case
    denials_within: str  # a regular expression of lower-case words that deny or lack in some way
    contracts_denials: bool = False  # whether a verb may end in n’t
    length: Length | None = None


@cache
def lexicon_of(code: str) -> Lexicon | None:
    """The table of the language, None where there is none."""
    if code not in _MODULES:
        return None
    module = import_module(f"review.checks.lexicon.{_MODULES[code]}")
    lexicon: Lexicon = module.LEXICON
    return lexicon
