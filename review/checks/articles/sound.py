"""Whether an English word begins with a vowel as it is spoken, which decides between “a” and “an”.

Rules of thumb after Merriam-Webster and the Oxford guides: the sound decides, not the letter. Where
usage is divided (an historic, an herb, a/an NATO) nothing is said.
"""

import re

_VOWELS = "aeiouåäöæøáàâéèêëíîïóôúûü"
# Names of letters that begin with a vowel sound: an F, an MP.
_LETTERS_AN = frozenset("AEFHILMNORSX")
# "yoo" and "w": a unit, a European, a one-off. A prefix un- before i or a is no such thing.
_NO_VOWEL = re.compile(
    r"uni(?!n(?!g)|m|d(?!i)|ll|nt)|unanim|ubiq|ufo|ugand|ukr|uku|ura|ure|uri|uro|usab|usag|use|usi|usu|ut[aeio]"
    r"|uvu|eu|ew|one(?![a-z])|ones|once|oui|ouag"
)
_SILENT_H = re.compile(r"hour|honest|honou?r|heir(?!l?oom_)")
# Both articles are used: h in an unstressed syllable, American herb, Y as a vowel, Uruguay.
_DIVIDED = re.compile(
    r"histor|hero|hotel|habit|hyster|hypo|hypn|hallucin|harass|hilar|horri|herb|homage|human|uru|y[^aeiou]|[0-9]"
)
_NUMBER_AN = re.compile(r"8[0-9]*(?![0-9])|1[18](?:,[0-9]{3})*(?![0-9,])")
_NUMBER_DIVIDED = re.compile(r"1[18][0-9]{2}(?![0-9])|[0-9]+[.,:/–-][0-9]")  # eighteen hundred, 11:30


def wants_an(word: str) -> bool | None:
    """Whether “an” stands before `word`; None where both are right or nothing is known."""
    if word[0].isdigit():
        if _NUMBER_DIVIDED.match(word) and not _NUMBER_AN.match(word):
            return None
        return _NUMBER_AN.match(word) is not None
    first = re.split(r"[-'’.]", word, maxsplit=1)[0]
    if len(first) == 1 or (first.isupper() and not _sounds_as_word(first)):
        return _spelled(first)
    if first.isupper():
        return None if first[0] not in "BCDGJKPQTVWZ" else False
    lower = first.lower()
    if _DIVIDED.match(lower):
        return None
    if lower[0] in _VOWELS:
        return _NO_VOWEL.match(lower) is None
    if lower[0] == "h":
        return _SILENT_H.match(lower) is not None
    return False if "a" <= lower[0] <= "z" else None


def _sounds_as_word(abbreviation: str) -> bool:
    """Whether capitals may be read as a word (NATO, SIM) and not letter by letter (FBI, MP)."""
    return len(abbreviation) > 2 and re.search("[AEIOUY]", abbreviation[1:-1] + abbreviation[0]) is not None


def _spelled(letters: str) -> bool | None:
    first = letters[0].upper()
    return first in _LETTERS_AN if "A" <= first <= "Z" else None
