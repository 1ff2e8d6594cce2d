"""Whether a file was cut into tokens on purpose ("left , and", "the bank 's plan"), as data for machines is."""

import re

from review.model import Document

# Marks that English attaches to the word before them, and the same ones standing apart.
_ATTACHED = re.compile(r"\w(?:[,.](?=\s|$)|['’]s\b)")
_DETACHED = re.compile(r"[\w)\]\"”’'%][ \u00a0](?:[,.](?=\s|$)|['’]s\b)")
_FEWEST = 3  # fewer could be slips


def is_tokenised(document: Document) -> bool:
    """Whether most of the commas, full stops and ’s of the whole document stand apart from their words.

    Read off the document, never off a segment: one odd space in ordinary text is a fault.
    """
    detached = sum(len(_DETACHED.findall(segment.text)) for segment in document.segments)
    if detached < _FEWEST:
        return False
    return detached > sum(len(_ATTACHED.findall(segment.text)) for segment in document.segments)
