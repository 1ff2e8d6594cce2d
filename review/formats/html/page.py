"""An HTML file as blocks of inline content, each a stretch of the source."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from encodings.aliases import aliases

from review.errors import BadInput
from review.formats.guard import LIKELY_ENCODINGS, Decoded, decode
from review.formats.html.pieces import Block, Piece, text_pieces
from review.formats.html.scan import Token, attribute, partners, scan

_INLINE = set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr output progress q "
    "rb rp rt rtc ruby s samp small span strike strong sub sup time tt u var".split()
)
_SINGLE = {"img", "wbr", "input", "embed"}
# Elements that stand in a text and are no text.
_OBJECTS = set(
    "svg math script style template noscript iframe object audio video canvas map picture select textarea".split()
)
_LEFT_ALONE = {"pre", "nav"} | {"listing", "plaintext", "xmp", "noframes", "noembed", "datalist"}
_HEADING = re.compile("h[1-6]|title|figcaption|caption")
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)|^\s*<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_READABLE = re.compile(
    r"cp125\d|cp874|cp932|cp949|cp866|iso8859_\d+|koi8_[ru]|shift_jis|euc_(jp|kr)|gb(k|2312|18030)|big5|mac_roman"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A file with its blocks that hold text, in order."""

    decoded: Decoded
    language: str
    blocks: list[Block]


def open_page(data: bytes, name: str, encoding: str | None = None) -> Page:
    """Read a file; BadInput where it is in no encoding that it could be written in again."""
    decoded = decode(data, name, encoding or _declared(data))
    try:
        same = decoded.encode(decoded.text) == data
    except (BadInput, UnicodeError):
        same = False
    if not same:
        raise BadInput(
            f"{name}: its encoding {decoded.encoding} is written in more than one way; save it as UTF-8."
        )
    reading = _Reading(decoded.text)
    blocks = list(reading.blocks())
    return Page(decoded, reading.language, blocks)


def find_page(data: bytes, texts: list[str]) -> Page:
    """Read a file again that was read before, in the encoding in which it held these texts."""
    for encoding in (None, *LIKELY_ENCODINGS, *_others()):
        with suppress(BadInput):
            page = open_page(data, "the imported file", encoding)
            if [block.text for block in page.blocks] == texts:
                return page
    raise BadInput("The encoding that the imported file was read in is not known any more: export as JSONL.")


def _others() -> list[str]:
    return sorted({name for name in aliases.values() if _READABLE.fullmatch(name)})


def _declared(data: bytes) -> str | None:
    """The encoding that a file names, as browsers take it; None for one that they do not know."""
    found = _CHARSET.search(data, 0, 4096)
    try:
        known = codecs.lookup((found[1] or found[2]).decode("ascii")).name.replace("-", "_") if found else ""
    except LookupError:
        return None
    if known in ("iso8859_1", "ascii"):
        return "cp1252"
    return known if _READABLE.fullmatch(known) else None


@dataclass
class _Reading:
    text: str
    language: str = ""
    note: str = ""
    block: Block = field(default_factory=Block)

    def blocks(self) -> Iterator[Block]:
        tokens = list(scan(self.text))
        closed = partners(tokens)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            at += 1
            if token.kind == "text":
                self.block.pieces.extend(text_pieces(self.text, token))
            elif token.kind == "other":
                self.block.pieces.append(Piece("hidden", token.start, token.end, ""))
            elif token.name in _OBJECTS and token.kind == "open":
                at = max(at, closed.get(at - 1, 0) + 1)
                self.block.pieces.append(Piece("code", token.start, tokens[at - 1].end, "", token.name))
            elif not self._inline(token):
                yield from self._next(token)
                if token.kind == "open" and self._is_left_alone(token):
                    at = max(at, closed.get(at - 1, 0) + 1)
        yield from self._next(None)

    def _inline(self, token: Token) -> bool:
        """Take in a tag inside a text, if it is one."""
        if token.name == "br":
            self.block.pieces.append(Piece("break", token.start, token.end, "\n"))
        elif token.name in _SINGLE:
            self.block.pieces.append(Piece("code", token.start, token.end, "", token.name))
        elif token.name in _INLINE:
            form = "open" if token.kind == "open" else "close"
            self.block.pieces.append(Piece("code", token.start, token.end, "", token.name, form))  # type: ignore[arg-type]
        else:
            return False
        return True

    def _next(self, token: Token | None) -> Iterator[Block]:
        """End the block; the next one begins at this tag."""
        if self.block.close():
            yield self.block
        self.block = Block()
        if token is not None and token.kind == "open":
            self.block = Block(token.name if _HEADING.fullmatch(token.name) else "", token.name == "title")
            if token.name == "html":
                self.language = attribute(self.text[token.start : token.end], "lang")

    def _is_left_alone(self, token: Token) -> bool:
        untranslated = attribute(self.text[token.start : token.end], "translate").lower() == "no"
        return token.name in _LEFT_ALONE or untranslated
