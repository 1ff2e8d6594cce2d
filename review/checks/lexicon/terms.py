"""Words of a language that name one thing each, whatever their ending: days, currencies, countries."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

# A run of letters, so that hyphens and endings after a colon part; "U.S." would fall apart.
_WORD = re.compile(r"U\.S\.(?:A\.)?|U\.K\.|[^\W\d_]+|[€$£¥]")
_JOINS = frozenset((" ", "-", "\u00a0"))
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A word, where it stands and what it names."""

    key: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Terms:
    """Forms by what they name, split at white space.

    A form that ends in * is a stem that any letters may follow; one with _ is two words. Forms in lower
    case match either case, so that a word may begin a sentence; forms with a capital only themselves.
    """

    table: Mapping[str, str]

    @cached_property
    def _forms(self) -> dict[str, str]:
        return {form: key for key, forms in self.table.items() for form in forms.split() if form[-1] != "*"}

    @cached_property
    def _stems(self) -> dict[str, str]:
        pairs = ((form, key) for key, forms in self.table.items() for form in forms.split())
        return {form[:-1]: key for form, key in pairs if form[-1] == "*"}

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(stem) for stem in self._stems}, reverse=True))

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """What every word that is a term begins with: most words are none, and are passed over by this."""
        return frozenset(form[:_SHORTEST_STEM].lower() for form in (*self._forms, *self._stems))

    @cached_property
    def _firsts(self) -> frozenset[str]:
        return frozenset(
            form.partition("_")[0].lower() for form in (*self._forms, *self._stems) if "_" in form
        )

    def find(self, text: str) -> list[Told]:
        """The terms of `text` in order."""
        return list(self._found(text))

    def _found(self, text: str) -> Iterator[Told]:
        matches = list(_WORD.finditer(text))
        past = 0
        for match, after in zip_longest(matches, matches[1:]):
            word = match.group()
            if word[:_SHORTEST_STEM].lower() not in self._beginnings or match.start() < past:
                continue
            past = match.end()
            key = None
            if after and word.lower() in self._firsts and text[past : after.start()] in _JOINS:
                key = self.key(f"{word}_{after.group()}")
                past = after.end() if key else past
            if key := key or self.key(word):
                yield Told(key, match.start(), past, text[match.start() : past])

    def key(self, word: str) -> str | None:
        """What a word names, if anything."""
        lower = word.lower()
        key = self._forms.get(word) or self._forms.get(lower)
        for length in self._lengths if key is None else ():
            if key := self._stems.get(word[:length]) or self._stems.get(lower[:length]):
                break
        return key
