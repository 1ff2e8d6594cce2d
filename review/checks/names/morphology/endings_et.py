"""Estonian case endings on names, and the base forms they may stand on.

Eesti keele käsiraamat, M 30–75 (declension) and O 57–58 (foreign names and the apostrophe): all cases but
the partitive stand on the genitive, which ends in a vowel that the nominative often lacks (Putin :
Putini : Putinile, Savisaar : Savisaare : Savisaares) and may be in the weak grade (Kadriorg : Kadrioru).
"""

from collections.abc import Iterator

from review.checks.names.morphology.analysis import Analysis
from review.checks.names.morphology.gradation import strong_estonian

_VOWELS = frozenset("aeiouõäöüyáéíóú")
_GENITIVE_VOWELS = frozenset("ieau")

# On the genitive stem.
_ENDINGS = (
    ("sse", "illative", "long"),
    ("st", "elative", "st"),
    ("le", "allative", "le"),
    ("lt", "ablative", "lt"),
    ("ks", "translative", "ks"),
    ("ni", "terminative", "ni"),
    ("na", "essive", "na"),
    ("ta", "abessive", "ta"),
    ("ga", "comitative", "ga"),
    ("s", "inessive", "s"),
    ("l", "adessive", "l"),
    ("t", "partitive", "t"),
    ("d", "partitive", "d"),
)


def analyses_et(word: str) -> Iterator[Analysis]:
    """Every reading of the lower-case `word` as a base form with an Estonian ending."""
    yield from _of_genitive(word, "", "genitive", "genitive")
    for text, case, kind in _ENDINGS:
        stem = word.removesuffix(text)
        if stem == word or len(stem) < 3:
            continue
        if stem[-1] in "'’":
            yield Analysis(stem[:-1], stem[-1] + text, case, "apostrophe")
        elif stem[-1] in _VOWELS:
            yield Analysis(stem, text, case, kind)
            yield from _of_genitive(stem, text, case, "linked-" + kind)
    for mark in "'’":
        base, apostrophe, vowel = word.rpartition(mark)
        if apostrophe and vowel in _GENITIVE_VOWELS:
            yield Analysis(base, mark + vowel, "genitive", "apostrophe")


def _of_genitive(stem: str, text: str, case: str, kind: str) -> Iterator[Analysis]:
    """Nominatives of a genitive stem that differ from it."""
    if stem[-1] not in _GENITIVE_VOWELS or len(stem) < 4:
        return
    ending = stem[-1] + text
    if stem[-2] not in _VOWELS:
        yield Analysis(stem[:-1], ending, case, kind)
        if stem[-2] in "kptlmnrs" and stem[-3] in _VOWELS:  # Koka : Kokk, Lepa : Lepp
            yield Analysis(stem[:-1] + stem[-2], ending, case, kind, "grade")
    if stem.endswith("se"):  # Mustase : Mustane
        yield Analysis(stem[:-2] + "ne", "se" + text, case, kind, "ne")
    if stem.endswith("äe"):  # Taaramäe : Taaramägi
        yield Analysis(stem[:-1] + "gi", ending, case, kind, "grade")
    if stem.endswith("õe"):
        yield Analysis(stem[:-1] + "gi", ending, case, kind, "grade")
    for strong in strong_estonian(stem):
        yield Analysis(strong[:-1], ending, case, kind, "grade")


def paradigm_et(base: str) -> tuple[str, ...]:
    """Some regular case forms of a lower-case base form."""
    if base[-1:] in _VOWELS:
        return (base + "s", base + "le", base + "st", base + "ga")
    return (base + "i", base + "ile", base + "is", base + "iga")
