"""The quotation marks and apostrophes that a document itself uses."""

import re
from collections import Counter
from dataclasses import dataclass

from review.model import Document, Segment

_INNER_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_QUOTE = re.compile(r"[\"“”„«»]")


class Marks:
    """How often a document uses each apostrophe and quotation mark."""

    def __init__(self, document: Document) -> None:
        self._apostrophes: Counter[str] = Counter()
        self._quotes: Counter[str] = Counter()
        for segment in document.segments:
            self._count(segment.text, 1)

    def replace(self, before: Segment, after: Segment) -> "Marks":
        """The same once a segment has another text."""
        self._count(before.text, -1)
        self._count(after.text, 1)
        return self

    def _count(self, text: str, by: int) -> None:
        for mark in _INNER_APOSTROPHE.findall(text):
            self._apostrophes[mark] += by
        for mark in _QUOTE.findall(text):
            self._quotes[mark] += by

    @property
    def style(self) -> "QuoteStyle":
        """What the document uses most; curly where it shows none."""
        apostrophe = max("’'", key=lambda mark: self._apostrophes[mark])
        quotes = self._quotes
        if quotes["“"] or quotes["”"] or not quotes['"']:
            return QuoteStyle(apostrophe)
        return QuoteStyle(apostrophe, '"', '"')


@dataclass(frozen=True, slots=True)
class QuoteStyle:
    """A document's apostrophe and pair of double quotation marks."""

    apostrophe: str = "’"
    opening: str = "“"
    closing: str = "”"

    def fitting(self, character: str, before: str) -> str:
        """`character` as this document would write it after the text `before`."""
        opens = not before or before[-1].isspace() or before[-1] in "([{—–-“"
        if character in "'’‘":
            return "‘" if opens and self.apostrophe == "’" else self.apostrophe
        if character not in '"“”':
            return " " if character == "\u00a0" else character
        return self.opening if opens else self.closing
