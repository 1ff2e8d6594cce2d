"""Consonant gradation undone: which strong grades may stand behind a weak one.

Ison suomen kieliopin verkkoversio § 41–47: before an ending that closes the syllable the stops k, p and
t of the last consonants weaken (Honka : Hongan, Vihti : Vihdin, Savikko : Savikon). The strong grade
cannot be read off the weak one, so that every possible one is given. Estonian weakens alike but for
other letters and drops more (Eesti keele käsiraamat, M 8–10: Kadriorg : Kadrioru, Kaljurand : Kaljuranna).
"""

import re

# weak → strong; the longest matching weak grade comes first. "" is a stop that vanished (Turku : Turun).
_FINNISH = (
    ("ng", ("nk",)),
    ("mm", ("mp",)),
    ("nn", ("nt",)),
    ("ll", ("lt",)),
    ("rr", ("rt",)),
    ("v", ("p",)),
    ("d", ("t",)),
    ("k", ("kk",)),
    ("p", ("pp",)),
    ("t", ("tt",)),
    ("j", ("k",)),
)
_ESTONIAN = (
    ("nn", ("nd",)),
    ("ll", ("ld",)),
    ("rr", ("rd",)),
    ("mm", ("mb",)),
    ("v", ("b",)),
    ("b", ("p",)),
    ("d", ("t",)),
    ("g", ("k",)),
    ("k", ("kk",)),
    ("p", ("pp",)),
    ("t", ("tt",)),
)
_LAST_CONSONANTS = re.compile(r"^(.*[aeiouyåäöõü])?([^aeiouyåäöõü]*)([aeiouyåäöõü]{1,2})$", re.IGNORECASE)
_TWICE = re.compile(r"(.)\1$")


def _strong(stem: str, grades: tuple[tuple[str, tuple[str, ...]], ...], vanished: str) -> list[str]:
    match = _LAST_CONSONANTS.match(stem)
    if not match or not match.group(1):
        return []
    before, consonants, vowel = match.groups()
    found: list[str] = []
    for weak, strongs in grades:
        if consonants.endswith(weak) and not (len(weak) == 1 and _TWICE.search(consonants)):
            kept = consonants[: len(consonants) - len(weak)]
            found.extend(before + kept + strong + vowel for strong in strongs)
            break
    if consonants in ("", "r", "l", "h") and len(vowel) == 1:
        found.append(before + consonants + vanished + vowel)
    return found


def strong_finnish(stem: str) -> list[str]:
    """The strong-grade stems behind a weak-grade stem that ends in a vowel."""
    return _strong(stem, _FINNISH, "k")


def strong_estonian(stem: str) -> list[str]:
    """The strong-grade stems behind an Estonian genitive stem that ends in a vowel."""
    return _strong(stem, _ESTONIAN, "g")


def weak_finnish(stem: str) -> list[str]:
    """The weak grade where the base form has it and the inflected stem does not (Sinituote : Sinituottee-)."""
    match = _LAST_CONSONANTS.match(stem)
    if not match or not match.group(1):
        return []
    before, consonants, vowel = match.groups()
    return [
        before + consonants[: len(consonants) - len(strong)] + weak + vowel
        for weak, strongs in _FINNISH
        for strong in strongs
        if consonants.endswith(strong) and len(strong) > len(weak)
    ]
