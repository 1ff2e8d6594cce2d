"""Finnish case endings on names, and the base forms they may stand on.

Ison suomen kieliopin verkkoversio, § 55–94 (declension), § 80–86 (foreign names), § 94–95 (possessive
suffixes), § 126–131 (clitics). A name that ends in a consonant takes a linking -i- before its ending
(Musk : Muskin), one that ends in a vowel takes the ending as it is (Kouvola : Kouvolan); native stems
change before it (Koskinen : Koskisen, Korpi : Korven, Helenius : Heleniuksen).
"""

from collections.abc import Iterator

from review.checks.names.morphology.analysis import Analysis
from review.checks.names.morphology.gradation import strong_finnish, weak_finnish

_VOWELS = frozenset("aeiouyåäöáéíóúüàèêëîïôæø")
_SYLLABIC = frozenset("aeiouåäöáéíóúüàèêëîïôæø")  # a foreign -y may count as a consonant: Navalnyin

# Endings that hardly any base form ends in, endings that many names end in by nature, and the rest.
_LOCAL = (
    ("ssa", "inessive"),
    ("ssä", "inessive"),
    ("sta", "elative"),
    ("stä", "elative"),
    ("lla", "adessive"),
    ("llä", "adessive"),
    ("lta", "ablative"),
    ("ltä", "ablative"),
    ("lle", "allative"),
)
_ENDINGS = (
    *((text, case, "-" + text.replace("ä", "a")) for text, case in _LOCAL),
    ("n", "genitive", "genitive"),
    ("ksi", "translative", "translative"),
    ("na", "essive", "essive"),
    ("nä", "essive", "essive"),
    ("a", "partitive", "partitive"),
    ("ä", "partitive", "partitive"),
)
_PARTITIVE_T = ("ta", "tä")  # after a consonant or a long vowel: Koskis-ta, Heleniust-a, Vantaa-ta
_CLITICS = ("kin", "kaan", "kään", "han", "hän")
# Case and possessive suffix of the third person in one: Toyotallaan, Porissaan, Nokiastaan.
_OWNED = tuple(
    (text + possessive, case)
    for text, case in _LOCAL
    for possessive in (text[-1] + "n", "nsa", "nsä")
    if not (text == "lle" and possessive == "nsä")
)


def analyses_fi(word: str) -> Iterator[Analysis]:
    """Every reading of the lower-case `word` as a base form with a Finnish ending."""
    yield from _case_readings(word, "")
    for clitic in _CLITICS:
        stem = word.removesuffix(clitic)
        if stem != word and len(stem) > 2:
            yield Analysis(stem, clitic, "particle", "clitic")
            yield from _case_readings(stem, clitic)
    for text, case in _OWNED:
        stem = word.removesuffix(text)
        if stem != word and stem:
            yield from _bases(stem, text, case, "owned", "")


def _case_readings(word: str, clitic: str) -> Iterator[Analysis]:
    for text, case, kind in _ENDINGS:
        stem = word.removesuffix(text)
        if stem != word and stem:
            yield from _bases(stem, text, case, kind, clitic)
    yield from _illatives(word, clitic)
    for text in _PARTITIVE_T:
        stem = word.removesuffix(text)
        if stem == word or len(stem) < 3:
            continue
        if stem.endswith("s"):  # Koskista, Heleniusta
            if stem[-2] in _VOWELS:
                yield Analysis(stem[:-1] + "nen", "s" + text + clitic, "partitive", "partitive-t", "nen")
            yield Analysis(stem, text + clitic, "partitive", "partitive-t")
        elif stem[-1] in "tlnr":  # Nestettä: Neste; Joenta
            yield Analysis(
                stem[:-1] if stem.endswith("t") else stem, text + clitic, "partitive", "partitive-t"
            )
        elif stem[-1] in _VOWELS and stem[-2] in _VOWELS:  # Vantaata, Kainuuta
            yield Analysis(stem, text + clitic, "partitive", "partitive-t")


def _bases(stem: str, text: str, case: str, kind: str, clitic: str) -> Iterator[Analysis]:
    """The base forms of a stem from which the ending `text` was taken."""
    last, ending = stem[-1], text + clitic
    if last not in _VOWELS:
        # Without a linking vowel: French names that end in a silent consonant (Bordeaux’n), acronyms.
        if stem[-1] in "'’-":
            yield Analysis(stem[:-1], stem[-1] + ending, case, "apostrophe")
        return
    yield Analysis(stem, ending, case, kind)
    if last == "i" and len(stem) > 2 and stem[-2] not in _SYLLABIC:
        yield Analysis(stem[:-1], "i" + ending, case, "linked-" + kind)
    yield from _changed_stems(stem, ending, case, kind)


def _changed_stems(stem: str, ending: str, case: str, kind: str) -> Iterator[Analysis]:
    if stem.endswith("se") and stem[-3:-2] in _VOWELS:
        yield Analysis(stem[:-2] + "nen", "se" + ending, case, kind, "nen")
    if stem.endswith("isi"):  # a plural name: Kauniaisista, Kauniainen
        yield Analysis(stem[:-3] + "inen", "isi" + ending, case, kind, "nen")
    if stem.endswith("kse"):
        yield Analysis(stem[:-3] + "s", "kse" + ending, case, kind, "kse")
    if stem.endswith("e"):
        yield Analysis(stem[:-1] + "i", ending, case, kind, "e-i")
    if stem.endswith("de"):  # Uuden: Uusi
        yield Analysis(stem[:-2] + "si", ending, case, kind, "si")
    if stem.endswith("ee"):  # Tampereella: Tampere
        yield Analysis(stem[:-1], "e" + ending, case, kind, "ee")
        for weak in weak_finnish(stem[:-1]):
            yield Analysis(weak, "e" + ending, case, kind, "grade")
    for strong in strong_finnish(stem):
        yield Analysis(strong, ending, case, kind, "grade")
        if strong.endswith("e"):
            yield Analysis(strong[:-1] + "i", ending, case, kind, "grade-i")


def _illatives(word: str, clitic: str) -> Iterator[Analysis]:
    """Into: the last vowel doubled and -n (Attendoon, Hoganiin), -seen (Vantaaseen)."""
    if word.endswith("seen") and len(word) > 6:
        yield Analysis(word[:-4], "seen" + clitic, "illative", "illative")
        if word[-5] in _VOWELS:
            yield Analysis(word[:-4] + "nen", "seen" + clitic, "illative", "illative", "nen")
    if len(word) > 4 and word.endswith("n") and word[-2] == word[-3] and word[-2] in _VOWELS:
        stem = word[:-2]
        yield Analysis(stem, word[-2:] + clitic, "illative", "illative")
        if stem.endswith("i") and stem[-2] not in _SYLLABIC:
            yield Analysis(stem[:-1], "iin" + clitic, "illative", "illative")


def paradigm_fi(base: str) -> tuple[str, ...]:
    """Some regular case forms of a lower-case base form: where they exist, it is one."""
    if base.endswith("nen"):
        stem = base[:-3] + "se"
        return (stem + "n", stem + "lle", base[:-3] + "sta")
    if base[-1:] in _VOWELS:
        return (base + "n", base + "lle", base + "lla", base + "ssa", base + "sta")
    return (base + "in", base + "ille", base + "illa", base + "issa", base + "ista")
