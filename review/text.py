"""Words, offsets and normalisation. Offsets count code points."""

import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_POSITIVE = 0x7FFFFFFF  # what a signed column of four bytes holds

# A word keeps inner apostrophes, hyphens and colons ("Navalny’s", "EU-US", "HJK:lle"), and any
# combining marks, which are not word characters to `re`.
_MARK = "\u0300-\u036f"
_LETTER = rf"[^\W_][{_MARK}]*"
WORD = re.compile(rf"(?:{_LETTER})+(?:[-'’:](?:{_LETTER})+)*")
# An inline code of the file that a text came from, see codes.py.
CODE = re.compile(r"⟦(?:/[1-9][0-9]{0,5}|[1-9][0-9]{0,5}/?)⟧")
_TOKEN = re.compile(rf"\s+|(?:[^\W_][{_MARK}]*)+|{CODE.pattern}|.", re.DOTALL)

# What a reader cannot see and must be shown: bidi controls, zero-width and other format characters.
_NAMES = {
    "\u00ad": "SHY",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u061c": "ALM",
    "\u2028": "LS",
    "\u2029": "PS",
    "\u0085": "NEL",
    "\u2060": "WJ",
    "\ufeff": "BOM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    start: int
    end: int
    text: str


def words(text: str) -> list[Word]:
    """The words of `text` in order."""
    return [Word(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]


def words_around(text: str, at: int) -> tuple[int, int] | None:
    """From the word before a gap in `text` to the word after it: where something missing is shown."""
    every = words(text)
    before = next((word for word in reversed(every) if word.end <= at), None)
    after = next((word for word in every if word.start >= at), None)
    first, last = before or after, after or before
    return (first.start, last.end) if first and last else None


def tokens(text: str) -> list[str]:
    """`text` cut into words, runs of white space, codes and single other characters; joined, it is `text`."""
    return _TOKEN.findall(text)


def invisible_name(character: str) -> str | None:
    """A short name for a character that shows nothing by itself, or None.

    The zero-width joiner and variation selectors are named too; the page leaves them alone inside emoji.
    """
    if character in _NAMES:
        return _NAMES[character]
    if character in "\t\n":
        return None
    return f"U+{ord(character):04X}" if unicodedata.category(character) in ("Cc", "Cf") else None


def visible(text: str) -> str:
    """`text` for a title: without control characters, which could turn what stands beside it around.

    The zero-width joiners stay, for emoji and the scripts that need them; half a surrogate pair becomes “?”.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in text if c in "\u200c\u200d" or invisible_name(c) is None)


def to_nfc(text: str) -> tuple[str, list[int] | None]:
    """`text` in NFC, and for each offset in it (end included) the offset in `text`.

    The offsets are None where nothing changed. So checks see one spelling of an accented letter,
    and their spans still point into the text as it was imported.
    """
    if unicodedata.is_normalized("NFC", text):
        return text, None
    composed: list[str] = []
    offsets: list[int] = []
    at = 0
    for cluster in re.findall(
        r".(?:[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u3099\u309a])*", text, re.DOTALL
    ):
        piece = unicodedata.normalize("NFC", cluster)
        composed.append(piece)
        offsets.extend(at if i == 0 else min(at + i, at + len(cluster)) for i in range(len(piece)))
        at += len(cluster)
    offsets.append(len(text))
    return "".join(composed), offsets


def first_sentence(text: str) -> str:
    """The first sentence of `text`, roughly: up to a full stop before a capital, or a line's end."""
    line = next((part.strip() for part in text.split("\n") if part.strip()), "")
    found = re.match(r".+?[.!?…][”\"’']?(?=\s+[“\"‘]?[A-ZÅÄÖ]|$)", line)
    return found.group() if found else line


def fingerprint_of(text: str) -> int:
    """A number that equal texts share, and few others."""
    return zlib.crc32(text.encode()) & _POSITIVE


def fingerprints(texts: Iterable[str]) -> list[int]:
    """The same of many texts, in half the time."""
    return [number & _POSITIVE for number in map(zlib.crc32, map(str.encode, texts))]
