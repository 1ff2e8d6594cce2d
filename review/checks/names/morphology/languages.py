"""What a source language gives the name checks: its endings and its regular case forms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from review.checks.names import frequency
from review.checks.names.morphology.analysis import Analysis
from review.checks.names.morphology.endings_et import analyses_et, paradigm_et
from review.checks.names.morphology.endings_fi import analyses_fi, paradigm_fi

_SHORTEST_BASE = 2


@dataclass(frozen=True, slots=True)
class Language:
    """A language whose endings leak: how its words are read, and how often its forms are met."""

    code: str
    name: str
    analyses: Callable[[str], Iterator[Analysis]]
    paradigm: Callable[[str], tuple[str, ...]]
    postpositions: frozenset[str]  # words that the genitive stands before

    def frequency(self, word: str) -> float:
        """Zipf frequency of the form in the language; 0 where there is no list for it."""
        return frequency.finnish(word) if self.code == "fi" else 0.0


# Ison suomen kieliopin verkkoversio § 687–703: postpositions that take the genitive.
_POSTPOSITIONS_FI = """
mukaan kanssa jälkeen takia vuoksi puolesta lisäksi johdolla kautta aikana alla alle päällä päälle luona
luokse luota vieressä edessä eteen takana taakse sisällä sisään ulkopuolella ympärillä ympäri kohdalla
keskellä keskelle välillä väliin ansiosta avulla perusteella sijaan sijasta osalta tavoin tapaan kaltainen
kaltaisia kimppuun läpi ohi yli ali mielestä toimesta tapauksessa edustaja johtaja presidentti
"""
# Eesti keele käsiraamat, M 137: kaassõnad.
_POSTPOSITIONS_ET = """
järgi kohaselt sõnul arvates poolt kohta kohal peal all ees taga vahel juures juurde juurest ajal pärast
eest asemel kaudu läbi üle alla peale sees sisse ümber kõrval vastu kasuks nimel hinnangul väitel teatel
"""
FINNISH = Language("fi", "Finnish", analyses_fi, paradigm_fi, frozenset(_POSTPOSITIONS_FI.split()))
ESTONIAN = Language("et", "Estonian", analyses_et, paradigm_et, frozenset(_POSTPOSITIONS_ET.split()))


def language_of(code: str) -> Language:
    """The language of the source; Finnish where it is unknown, since this tool’s texts come from it."""
    return ESTONIAN if code == "et" else FINNISH


@lru_cache(maxsize=100_000)
def readings(word: str, code: str) -> tuple[Analysis, ...]:
    """Every reading of `word` as a base with an ending, each base once, in the case of `word`."""
    found: dict[str, Analysis] = {}
    for reading in language_of(code).analyses(word.lower()):
        base = reading.base
        if len(base) < _SHORTEST_BASE or base == word.lower() or base in found:
            continue
        found[base] = reading
    return tuple(_cased(reading, word) for reading in found.values())


def _cased(reading: Analysis, word: str) -> Analysis:
    """The reading with its base in capitals as `word` has them."""
    base = reading.base
    kept = 0
    while kept < min(len(base), len(word)) and word[kept].lower() == base[kept]:
        kept += 1
    rest = base[kept:].upper() if word.isupper() and len(word) > 1 else base[kept:]
    return Analysis(word[:kept] + rest, reading.ending, reading.case, reading.kind, reading.stem)
