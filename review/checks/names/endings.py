"""Finnish case endings on names, and the base forms they may stand on.

Rules after the Finnish declension of foreign and native names (Ison suomen kieliopin verkkoversio,
§ 55–94): a name that ends in a consonant takes a linking -i- before its ending, one that ends in a vowel
takes the ending as it is, one in -nen changes to -se-.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_VOWELS = "aeiouyåäöáéíóúü"
_FULL_VOWELS = _VOWELS.replace("y", "")  # a foreign -y may count as a consonant: Navalny, Navalnyin


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending as it stands on a word, and the name of its case."""

    text: str
    case: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to read a word as a base form with an ending."""

    base: str
    ending: Ending


_AFTER_VOWEL = (
    ("n", "genitive"),
    ("ssa", "inessive"),
    ("ssä", "inessive"),
    ("sta", "elative"),
    ("stä", "elative"),
    ("lla", "adessive"),
    ("llä", "adessive"),
    ("lta", "ablative"),
    ("ltä", "ablative"),
    ("lle", "allative"),
    ("ksi", "translative"),
    ("na", "essive"),
    ("nä", "essive"),
    ("a", "partitive"),
    ("ä", "partitive"),
    ("ta", "partitive"),
    ("tä", "partitive"),
)
_AFTER_CONSONANT = (
    *(("i" + text, case) for text, case in _AFTER_VOWEL if text not in ("ta", "tä")),
    ("iin", "illative"),
)
_SHORTEST_BASE = 4
# How a name's stem before an ending differs from its nominative: Virtasen, Helsingin, Lahden, Lepasaaren.
_STEMS = (("se", "nen"), ("ngi", "nki"), ("hde", "hti"), ("re", "r"), ("le", "l"))


def analyses(word: str) -> Iterator[Analysis]:
    """Every reading of `word` as a name with a Finnish ending, the longest base first."""
    readings = {(a.base, a.ending) for a in _readings(word) if len(a.base) >= _SHORTEST_BASE}
    for base, ending in sorted(readings, key=lambda pair: (-len(pair[0]), pair[1].text)):
        yield Analysis(base, ending)


def _readings(word: str) -> Iterator[Analysis]:
    for text, case in _AFTER_CONSONANT:
        base = word.removesuffix(text)
        if base != word and base and base[-1].casefold() not in _FULL_VOWELS:
            yield Analysis(base, Ending(text, case))
    for text, case in _AFTER_VOWEL:
        base = word.removesuffix(text)
        if base == word or not base or base[-1].casefold() not in _VOWELS:
            continue
        yield Analysis(base, Ending(text, case))
        for stem, nominative in _STEMS:
            if base.endswith(stem):
                yield Analysis(base.removesuffix(stem) + nominative, Ending(text, case))
    if len(word) > 3 and word.endswith("n") and word[-2] == word[-3] and word[-2] in _VOWELS:
        yield Analysis(word[:-2], Ending(word[-2:], "illative"))


# On abbreviations the ending follows a colon: EU:n, HJK:lle.
SUFFIXES = frozenset(
    """
    n in an en ssa ssä sta stä lla llä lta ltä lle ksi na nä a ä ta tä iin aan een hun ia iä issa ista
    illa ille ilta
    """.split()
)
