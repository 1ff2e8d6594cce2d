"""Whether a word is a form of a term's word: its endings, by language, and Finnish stems that change."""

import re
from functools import lru_cache

from review.checks.names.morphology.languages import readings

_SHORTEST = 3  # letters of a word that may take an ending
# Endings that a word may take where its stem stays; a reading of Finnish and Estonian is made by `readings`.
_ENDINGS = {
    "en": r"s|es|d|ed|ing|r|er",
    "sv": r"s|e|n|en|et|ar|er|or|na|rna|arna|erna|orna|t|a|ad|ade",
    "de": r"s|es|e|n|en|er|ern|em",
}
_ANY = r"s|e|n|en|a"
# After a stem: plurals (Ison suomen kieliopin verkkoversio § 79) and possessive suffixes, clitics after them.
_OWNED_FI = r"(?:ni|si|nsa|nsä|mme|nne)"
_AFTER_STEM_FI = (
    r"(?:(?:t|ten|[ij](?:en|a|ä|den|tten|ta|tä|ssa|ssä|sta|stä|hin|in|lla|llä|lta|ltä|lle|ksi|na|nä))"
    rf"{_OWNED_FI}?|{_OWNED_FI})(?:kin|kaan|kään|han|hän|ko|kö)?"
)
# How the stops before the last vowel weaken: § 41.
_WEAKER = (
    *(("nk", "ng"), ("mp", "mm"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("kk", "k"), ("pp", "p")),
    *(("tt", "t"), ("p", "v"), ("t", "d"), ("k", "")),
)
_VOWELS = "aeiouyåäö"


def is_form(word: str, of: str, language: str) -> bool:
    """Whether `word` is `of` or a form of it; both in lower case."""
    if word == of:
        return True
    return len(of) >= _SHORTEST and word[:2] == of[:2] and _is_inflected(word, of, language)


@lru_cache(maxsize=50_000)
def _is_inflected(word: str, of: str, language: str) -> bool:
    if language in ("fi", "et"):
        return any(reading.base == of for reading in readings(word, language)) or _is_of_stem(word, of)
    pattern = _ENDINGS.get(language, _ANY)
    if re.fullmatch(re.escape(of) + f"(?:{pattern})", word):
        return True
    if language != "en":
        return False
    if of.endswith("y"):
        return word in (of[:-1] + "ies", of[:-1] + "ied")
    return of.endswith("e") and word in (of[:-1] + "ing", of + "d")


def _is_of_stem(word: str, of: str) -> bool:
    """Whether `word` is a Finnish plural or has an owner: kunnissa of kunta, hallituksensa of hallitus."""
    return any(re.fullmatch(re.escape(stem) + _AFTER_STEM_FI, word) for stem in _stems(of))


@lru_cache(maxsize=20_000)
def _stems(of: str) -> frozenset[str]:
    """What may stand before the -i- or -t of a plural; some of it is no word, and harms nobody."""
    if of.endswith("nen"):
        return frozenset({of[:-3] + "s", of[:-3] + "se"})
    if of.endswith("s"):
        return frozenset({of[:-1] + "ks", of[:-1] + "kse", of, of[:-1]})
    stems: set[str] = set()
    for base in (of, _weak(of)):
        stems.add(base)
        if base[-1:] in _VOWELS:
            # koira : koiria, kala : kaloissa, risti : ristejä, kirje : kirjeitä
            stems.update((base[:-1], base[:-1] + "o", base[:-1] + "ö", base[:-1] + "e", base + base[-1]))
        else:
            stems.update((base + "e", base + "i"))
    return frozenset(stems)


def _weak(of: str) -> str:
    """The word with the stops before its last vowel weakened: kunta, kunna-."""
    for strong, weak in _WEAKER:
        if of[-1:] in _VOWELS and of[:-1].endswith(strong):
            return of[: -1 - len(strong)] + weak + of[-1]
    return of
