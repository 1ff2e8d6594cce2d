"""Cuts an HTML file into text, tags and the rest, as browsers do; whatever is broken in it, nothing is lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

Kind = Literal["text", "open", "close", "other"]
SPACES = " \t\n\f\r"
# Elements whose content is no markup. That of a title is text; nobody translates the others.
_RAW = {"script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "title"}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s\"'>][^\s>]*+)?+)?+)?+"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the file; `name` is that of a tag, in small letters."""

    kind: Kind
    start: int
    end: int
    name: str = ""


def scan(text: str) -> Iterator[Token]:
    """The tokens of a file; joined, they are the file."""
    at, size = 0, len(text)
    while at < size:
        begin = text.find("<", at)
        begin = size if begin < 0 else begin
        if begin > at:
            yield Token("text", at, begin)
        if begin == size:
            return
        token = _markup(text, begin)
        yield token
        at = token.end
        if token.kind == "open" and token.name in _RAW:
            end = re.compile(rf"</{re.escape(token.name)}[\s/>]", re.IGNORECASE).search(text, at)
            stop = end.start() if end else size
            if stop > at:
                yield Token("text" if token.name == "title" else "other", at, stop)
            at = stop


def _markup(text: str, begin: int) -> Token:
    """What begins with this <."""
    if tag := _TAG.match(text, begin):
        end = _end_of_tag(text, tag.end())
        kind: Kind = "other" if end is None else "close" if tag[1] else "open"
        return Token(kind, begin, len(text) if end is None else end, tag[2].lower())
    if text.startswith("<!--", begin):
        return Token("other", begin, _after(text, "-->", begin + 2))
    if text[begin + 1 : begin + 2] in ("!", "?", "/") and text[begin : begin + 2] != "<":
        return Token("other", begin, _after(text, ">", begin))
    return Token("text", begin, begin + 1)


def _after(text: str, sign: str, at: int) -> int:
    found = text.find(sign, at)
    return len(text) if found < 0 else found + len(sign)


def _end_of_tag(text: str, at: int) -> int | None:
    """Where a tag ends, None where the file does before."""
    while True:
        found = _ATTRIBUTE.match(text, at)
        end = found.end() if found else at
        if end >= len(text):
            return None
        if text[end] == ">":
            return end + 1
        at = max(end, at + 1)


def attribute(tag: str, name: str) -> str:
    """The value of an attribute of a tag, as it is written there; "" where it has none."""
    at = _TAG.match(tag)
    position = at.end() if at else len(tag)
    while position < len(tag) and tag[position] != ">":
        found = _ATTRIBUTE.match(tag, position)
        if found and (found[1] or "").lower() == name:
            return unescape((found[2] or "").strip("\"'"))
        position = max(found.end() if found else 0, position + 1)
    return ""


def partners(tokens: list[Token]) -> dict[int, int]:
    """For each opening tag that is closed, by place, where its closing tag is."""
    opened: dict[str, list[int]] = {}
    found: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.kind == "open":
            opened.setdefault(token.name, []).append(index)
        elif token.kind == "close" and opened.get(token.name):
            found[opened[token.name].pop()] = index
    return found
