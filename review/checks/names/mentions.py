"""Mentions of names: the capitalised words of a document and where they stand."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from review.checks.style import QuoteStyle
from review.model import Document, NameList, Segment
from review.text import WORD

# How many segments away a mention still speaks, where the boundaries of documents are unknown.
NEAR = 10

_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A capitalised word; `possessive` is the ’s that follows it, if any."""

    start: int
    end: int
    text: str
    possessive: str = ""


def mentions(text: str) -> list[Mention]:
    """The capitalised words of `text`, hyphenated ones in one piece, without their possessive ’s."""
    found = []
    for match in WORD.finditer(text):
        word = match.group()
        if not word[0].isupper():
            continue
        bare = _POSSESSIVE.sub("", word)
        found.append(Mention(match.start(), match.start() + len(bare), bare, word[len(bare) :]))
    return found


@dataclass
class NameEvidence:
    """Where each name stands in the document, as it is spelled there and in the source."""

    style: QuoteStyle
    bounded: bool
    listed: NameList
    target: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    source: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, document: Document, listed: NameList) -> "NameEvidence":
        evidence = cls(QuoteStyle.of(document), document.bounded, listed)
        for segment in document.segments:
            for mention in mentions(segment.text):
                evidence.target[mention.text].append(segment.number)
            for mention in mentions(segment.source or ""):
                evidence.source[mention.text].append(segment.number)
        return evidence

    def places(self, name: str, segment: int) -> list[int]:
        """The segments whose hypothesis has `name` and that may speak about `segment`."""
        return self._near(self.target.get(name, []), segment)

    def in_source(self, name: str, segment: int) -> bool:
        """Whether the source has `name`, uninflected, in or near this segment."""
        return bool(self._near(self.source.get(name, []), segment))

    def _near(self, places: list[int], segment: int) -> list[int]:
        if self.bounded:
            return places
        return places[bisect_left(places, segment - NEAR) : bisect_left(places, segment + NEAR + 1)]


def names_in(texts: tuple[str, ...]) -> Counter[str]:
    """The names of the references, counted."""
    return Counter(mention.text for text in texts for mention in mentions(text))


def follows_name(segment: Segment, mention: Mention) -> str:
    """The capitalised word that goes on right after the mention ("Sanomat" after "Helsingin"), or ""."""
    match = re.match(r" ([^\W\d_]\w*)", segment.text[mention.end :])
    return match.group(1) if match and match.group(1)[0].isupper() else ""
