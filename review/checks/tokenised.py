"""Whether a file was cut into tokens on purpose ("left , and", "the bank 's plan"), as data for machines is."""

import re

from review.model import Document, Segment

# Marks that English attaches to the word before them, and the same ones standing apart.
_ATTACHED = re.compile(r"\w(?:[,.](?=\s|$)|['’]s\b)")
_DETACHED = re.compile(r"[\w)\]\"”’'%][ \u00a0](?:[,.](?=\s|$)|['’]s\b)")
_FEWEST = 3  # fewer could be slips


class Spacing:
    """How many marks of a whole document are attached to their words, and how many stand apart.

    Read off the document, never off a segment: one odd space in ordinary text is a fault.
    """

    def __init__(self, document: Document) -> None:
        self._attached = self._detached = 0
        for segment in document.segments:
            self._count(segment.text, 1)

    def replace(self, before: Segment, after: Segment) -> "Spacing":
        """The same once a segment has another text."""
        self._count(before.text, -1)
        self._count(after.text, 1)
        return self

    def _count(self, text: str, by: int) -> None:
        self._detached += by * len(_DETACHED.findall(text))
        self._attached += by * len(_ATTACHED.findall(text))

    @property
    def tokenised(self) -> bool:
        """Whether most of the commas, full stops and ’s stand apart from their words."""
        return self._detached >= _FEWEST and self._detached > self._attached
