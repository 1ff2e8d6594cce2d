"""Finds terms in a text, word by word, whatever their endings and capitals."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.checks.termlist.forms import is_form

_WORD = re.compile(r"[^\W_]+")
_BEGINNING = 2  # letters that every form of a word shares


@dataclass(frozen=True, slots=True)
class Found:
    """Where one of the terms stands: its index, the span, and the words of the text it takes."""

    index: int
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


class Terms:
    """Terms of one language, ready to be found."""

    def __init__(self, terms: Sequence[str], language: str) -> None:
        self._language = language
        self._by_beginning: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
        for index, term in enumerate(terms):
            if parts := [word.text for word in _words(unicodedata.normalize("NFC", term))]:
                self._by_beginning[parts[0][:_BEGINNING]].append((index, parts))

    def find(self, text: str) -> Iterator[Found]:
        """Every place of every term."""
        if not self._by_beginning:
            return
        words = _words(text)
        for at, word in enumerate(words):
            for index, parts in self._by_beginning.get(word.text[:_BEGINNING], ()):
                own = words[at : at + len(parts)]
                if len(own) == len(parts) and self._are_forms(own, parts):
                    yield Found(index, own[0].start, own[-1].end, at)

    def _are_forms(self, own: Sequence[_Word], parts: Sequence[str]) -> bool:
        return all(is_form(word.text, part, self._language) for word, part in zip(own, parts, strict=True))


def _words(text: str) -> list[_Word]:
    return [_Word(m.start(), m.end(), m.group().casefold()) for m in _WORD.finditer(text)]


def count_words(text: str) -> int:
    """How many words a text has, as terms are found in it."""
    return len(_words(text))
