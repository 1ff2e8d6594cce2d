"""Numerals in a text and the values each may mean.

A numeral is ambiguous across languages ("3,5" or "3.5", "1.200" or "1,200", "14.30" a time or a
decimal), so it carries every value it may have; two numerals agree where they share one.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from review.checks.numbers.roman import roman
from review.checks.numbers.spelled import SPELLED

_SPACE = "[ \u00a0\u202f]"
_NUMERAL = re.compile(rf"(?<![\w.,#])(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,:]\d+)*)")
_SCALE = re.compile(
    r"[ \u00a0\u202f-]?(?:(?P<k>thousand|tuha\w+|k\b)|(?P<m>million\w*|miljoo\w*|miljon\w*|milj\b|mln\b|mn?\b)"
    r"|(?P<b>billion\w*|miljard\w*|mrd|mld|bn?\b)|(?P<h>hundred\b|sata\w*))",
    re.IGNORECASE,
)
_SCALES = {"h": 100, "k": 1000, "m": 10**6, "b": 10**9}
# "2 pm", "between 1 and 3 p.m."
_AFTERNOON = re.compile(
    rf"(?:{_SPACE}?(?:to|and|[-–]){_SPACE}?\d{{1,2}}(?:[.:]\d\d)?)?{_SPACE}?p\.?{_SPACE}?m\b", re.IGNORECASE
)
_DECADE = re.compile(r"['’]?s\b|-luvu")
_CENTURY = re.compile(r"(?:st|nd|rd|th)[ \u00a0-]centur", re.IGNORECASE)
_MOST_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral, where it stands, and the values it may mean."""

    start: int
    end: int
    text: str
    values: frozenset[Decimal]
    scale: int = 1  # of the word behind it: 1000 for a thousand
    scaled: int = 0  # where that word ends


def numerals(text: str) -> list[Numeral]:
    """The numerals of `text` in order; codes with letters before the digits ("A4") are none."""
    return [_numeral(m, text) for m in _NUMERAL.finditer(text) if len(m.group()) <= _MOST_DIGITS]


def _numeral(match: re.Match[str], text: str) -> Numeral:
    values = frozenset(_values(match.group(), text, match.end()))
    scale = _SCALE.match(text, match.end())
    factor, end = (_SCALES[scale.lastgroup or ""], scale.end()) if scale else (1, match.end())
    return Numeral(match.start(), match.end(), match.group(), values, factor, end)


def all_values(text: str, language: str) -> set[Decimal]:
    """Every value that `text` mentions in digits or words, and each part of dates and ranges."""
    found = {value for numeral in numerals(text) for value in numeral.values}
    found.update(Decimal(part) for part in re.findall(r"\d+", text) if len(part) <= _MOST_DIGITS)
    found.update(roman(text))
    if language in SPELLED:
        found.update(SPELLED[language](text))
    return found


def _values(numeral: str, text: str, end: int) -> set[Decimal]:
    digits = re.sub(_SPACE, "", numeral)
    values = _plain(digits)
    if scale := _SCALE.match(text, end):
        factor = _SCALES[scale.lastgroup or ""]
        values |= {value * factor for value in values}
    if _AFTERNOON.match(text, end):
        values |= {value + 12 for value in values if value < 12}
    if _CENTURY.match(text, end):
        values |= {(value - 1) * 100 for value in values}
    if _DECADE.match(text, end):
        values |= {1900 + value for value in values if value < 100}
        values |= {value - 1900 for value in values if 1900 <= value < 2000}
    return values


def _plain(digits: str) -> set[Decimal]:
    parts = re.split(r"[.,:]", digits)
    if len(parts) == 1:
        return {Decimal(digits)}
    values = {Decimal("".join(parts))} if all(len(p) == 3 for p in parts[1:]) else set()
    if len(parts) == 2:
        values.add(Decimal(".".join(parts)))
    elif len(set(re.findall(r"[.,:]", digits))) > 1:
        values.add(Decimal("".join(parts[:-1]) + "." + parts[-1]))  # 1,234.5
    return values
