"""Mentions of names: the capitalised words of a text and where they stand."""

import re
from dataclasses import dataclass

from review.text import WORD

# What is not the name at its end: the possessive ’s, and a Finnish ending after a colon (EU:n).
_POSSESSIVE = re.compile(r"(?:['’]s?|:[a-zåäö]{1,7})$")
_PARTS = re.compile(r"[^-]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A capitalised word, or one capitalised part of a hyphenated one.

    `possessive` is the ’s that follows it, if any; `before` and `after` are the words at its sides
    within the sentence ("" at its ends).
    """

    start: int
    end: int
    text: str
    possessive: str = ""
    before: str = ""
    after: str = ""


def mentions(text: str) -> list[Mention]:
    """The capitalised words of `text` in order, without their possessive ’s."""
    found: list[Mention] = []
    words = list(WORD.finditer(text))
    for i, match in enumerate(words):
        word = match.group()
        if word.islower() or not (word[0].isupper() or "-" in word):
            continue
        start, end = match.span()
        bare = _POSSESSIVE.sub("", word)
        before = _neighbour(text, words[i - 1], end=start) if i else ""
        after = _neighbour(text, words[i + 1], start=end) if i + 1 < len(words) else ""
        if "-" not in bare:
            found.append(Mention(start, start + len(bare), bare, word[len(bare) :], before, after))
        else:
            found.extend(_parts(bare, start, word[len(bare) :], before, after))
    return found


def _neighbour(text: str, other: re.Match[str], *, start: int = -1, end: int = -1) -> str:
    """The neighbouring word, if only a space lies between."""
    gap = text[other.end() : end] if start < 0 else text[start : other.start()]
    return other.group() if gap == " " else ""


def _parts(word: str, start: int, possessive: str, before: str, after: str) -> list[Mention]:
    found = []
    for match in _PARTS.finditer(word):
        part, last = match.group(), match.end() == len(word)
        if part[0].isupper():
            span = (start + match.start(), start + match.end())
            found.append(Mention(*span, part, possessive if last else "", before, after if last else "-"))
    return found
