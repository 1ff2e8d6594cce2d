"""Slavic names from Finnish spelling into English.

Finnish follows SFS 4900 (the national standard for Cyrillic), which writes š, ž, tš, h, j; English papers
follow BGN/PCGN (1947, simplified: no marks for ь and ъ, -y for -ий and -ый), which writes sh, zh, ch, kh, y.
Newswire and machine translation add spellings with sh for š. Where a rule leaves a choice, the spelling
that English texts have most often (wordfreq) is the right one; the first is what the standard says.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from review.checks.names.frequency import english
from review.checks.names.tables import Spelling, spellings

# Tried from the left at every place of a lower-case name: what Finnish writes, what English may write.
_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"štš|shtsh|shtch|schtsch", ("shch",)),
    (r"(?:tš|tsh|tch|tsch)ov(?=a?$)", ("chev", "chov")),  # Хрущёв, Горбачёв
    (r"tš|tsh|tsch|tch", ("ch", "tsch")),
    (r"dž|dzh", ("dzh", "j")),
    (r"š", ("sh", "sch")),
    (r"ž", ("zh",)),
    (r"(?<![sckzgtpr])h", ("kh", "h")),
    (r"(?:nyi|nyj|nyy)$", ("ny",)),
    (r"(?:yi|yj|ij)$", ("y",)),
    (r"ski$", ("sky", "ski", "skiy")),
    (r"skyi$", ("skyi", "sky", "skyy")),
    (r"oi$", ("oy", "oi")),
    (r"ija$", ("ia", "iya")),
    (r"(?<=[aeiouy])j(?=ev)", ("y", "")),
    (r"(?<=[bvgdzklmnprstfhc])je", ("ye", "e", "ie")),
    (r"j", ("y", "j")),
    (r"ks", ("ks", "x")),
    (r"w", ("v", "w")),
    (r".", ()),
)
_PIECE = re.compile("|".join(f"({pattern})" for pattern, _ in _RULES), re.DOTALL)
_MOST_SPELLINGS = 48

# What Finnish alone writes, and endings that Slavic surnames have.
_LETTERS = re.compile(r"[šž]|tsh")
_SURNAME = re.compile(
    r"(?:[^aeiou](?:ov|ev|jov|jev)a?|[aeiou][kn]ov|enko|t(?:š|sh)uk|n(?:j|y)uk|v(?:itš|itsh|ich|itch)|[^aeiou]nyi|ska(?:ja|ya)|"
    r"[bcdfghjklmnprstvz]skyi|n(?:ski|sky)|ov(?:ski|sky)|ev(?:ski|sky)|[tš]sov|(?:sh|š)kov)$"
)
_PLAIN = str.maketrans("šž", "sz")
_UKRAINIAN = re.compile(r"(?:ko|uk|yk|skyi|yj)$")


def has_foreign_letters(word: str) -> bool:
    """Whether the word has the letters with which Finnish writes Cyrillic."""
    return bool(_LETTERS.search(word.lower()))


def is_surname(word: str) -> bool:
    """Whether the word ends as Slavic surnames do."""
    return bool(_SURNAME.search(word.lower()))


def shows_slavic(word: str) -> bool:
    """Whether the spelling alone shows a Slavic name."""
    return has_foreign_letters(word) or is_surname(word)


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    """The given names that only Slavic languages have, lower-case, as Finnish, English or neither writes them."""
    found: set[str] = set()
    for name, spelling in spellings("slavic_given").items():
        finnish = {name, name.translate(_PLAIN), name.replace("š", "sh").replace("ž", "zh")}
        found |= finnish | {spelling.english} | spelling.accepted - spelling.elsewhere
        found -= spelling.elsewhere
    return frozenset(map(str.lower, found))


def is_slavic_given(word: str) -> bool:
    """Whether `word` is a given name of Slavic languages alone."""
    return word.lower() in _given()


@lru_cache(maxsize=1)
def _listed() -> tuple[dict[str, Spelling], dict[str, Spelling]]:
    """Given names by the forms that Finnish and newswire write, and other names by their fold."""
    given: dict[str, Spelling] = {}
    for name, spelling in spellings("slavic_given").items():
        for form in (name, name.replace("š", "sh").replace("ž", "zh"), *spelling.accepted):
            given.setdefault(form.lower(), spelling)
    others = {
        fold(form): spelling
        for name, spelling in spellings("slavic").items()
        for form in (name, spelling.english)
    }
    return given, others


def listed(word: str) -> Spelling | None:
    """The table's spelling of a name, however Finnish or a machine wrote it."""
    given, others = _listed()
    return given.get(word.lower()) or others.get(fold(word))


def plain(word: str) -> str:
    """Lower-case without accents: sao for São."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A key that all romanisations of one Cyrillic name share (some other names may share it too)."""
    key = word.lower().replace("’", "'")
    for pattern, plain in _FOLDS:
        key = pattern.sub(plain, key)
    return key


_FOLDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"štš|shtsh|shtch|shch", "q"),
        (r"tš|tsch|tsh|tch|ch", "c"),
        (r"š|sch|sh", "s"),
        (r"ž|zh", "z"),
        (r"kh", "h"),
        (r"ks", "x"),
        (r"w", "v"),
        (r"(?<=[aeiouyj])j(?=e)|(?<=[aeiouyj])y(?=e)", ""),
        (r"j|y", "i"),
        (r"i+", "i"),
    )
)


@lru_cache(maxsize=100_000)
def english_spellings(word: str) -> tuple[str, ...]:
    """English spellings of a Slavic name in Finnish romanisation, the standard's first."""
    pieces = []
    for match in _PIECE.finditer(word.lower()):
        options = _RULES[(match.lastindex or 1) - 1][1]
        pieces.append(options or (match.group(),))
    if _UKRAINIAN.search(word.lower()):  # Ukrainian г is h
        pieces = [("h", "kh") if piece == ("kh", "h") else piece for piece in pieces]
    found = dict.fromkeys("".join(parts) for parts in islice(product(*pieces), _MOST_SPELLINGS))
    return tuple(_cased(form, word) for form in found)


def _cased(form: str, word: str) -> str:
    return form.upper() if word.isupper() and len(word) > 1 else form[:1].upper() + form[1:]


@lru_cache(maxsize=100_000)
def usual(word: str) -> tuple[str, float]:
    """The spelling that English texts have most often (the standard's where none is known), and its Zipf."""
    if (spelling := listed(word)) is not None:
        return spelling.english, english(spelling.english)
    forms = english_spellings(word)
    best = max(forms, key=lambda form: (english(form), -forms.index(form)))
    return best, english(best)
