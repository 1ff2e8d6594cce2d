"""The quotation marks and apostrophes that a document itself uses."""

import re
from collections import Counter
from dataclasses import dataclass

from review.model import Document

_INNER_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_QUOTE = re.compile(r"[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class QuoteStyle:
    """A document's apostrophe and pair of double quotation marks."""

    apostrophe: str = "’"
    opening: str = "“"
    closing: str = "”"

    @classmethod
    def of(cls, document: Document) -> "QuoteStyle":
        """Counted over the document; curly where it shows none."""
        apostrophes: Counter[str] = Counter()
        quotes: Counter[str] = Counter()
        for segment in document.segments:
            apostrophes.update(_INNER_APOSTROPHE.findall(segment.text))
            quotes.update(_QUOTE.findall(segment.text))
        apostrophe = max("’'", key=lambda mark: apostrophes[mark])
        if quotes["“"] or quotes["”"] or not quotes['"']:
            return cls(apostrophe)
        return cls(apostrophe, '"', '"')

    def fitting(self, character: str, before: str) -> str:
        """`character` as this document would write it after the text `before`."""
        opens = not before or before[-1].isspace() or before[-1] in "([{—–-“"
        if character in "'’‘":
            return "‘" if opens and self.apostrophe == "’" else self.apostrophe
        if character not in '"“”':
            return " " if character == "\u00a0" else character
        return self.opening if opens else self.closing
