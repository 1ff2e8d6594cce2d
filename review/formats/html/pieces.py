"""What stands between two blocks of a page: pieces of its source, each with the text that it shows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from review.codes import Form, marker, markers
from review.formats.html.scan import SPACES, Token

Kind = Literal["words", "sign", "space", "break", "code", "hidden"]
_PARTS = re.compile(rf"[{SPACES}]+|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?|[^&{SPACES}]+|&")

_LONGEST = 60  # characters of a tag in a note


@dataclass(slots=True)
class Piece:
    """A stretch of the source, and its text: "" where it shows nothing. Words are written as they read."""

    kind: Kind
    start: int
    end: int
    text: str
    name: str = ""  # of a code's element
    form: Form = "single"
    number: int = 0

    @property
    def shows(self) -> bool:
        """Whether white space beside it counts: single codes are mostly pictures."""
        if self.kind == "code":
            return self.form == "single"
        return self.kind != "hidden" and bool(self.text)

    @property
    def blank(self) -> bool:
        return self.kind in ("space", "break", "hidden")


@dataclass(slots=True)
class Block:
    """The inline content between two blocks. `plain`: it holds no markup (a title)."""

    note: str = ""
    plain: bool = False
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    def legend(self, source: str) -> str:
        """What its codes stand for, in words for a note; "" where it has none."""
        tags = [
            f"{piece.text} {' '.join(source[piece.start : piece.end].split())[:_LONGEST]}"
            for piece in self.pieces
            if piece.kind == "code" and piece.form != "close"
        ]
        return f"codes: {', '.join(tags)}" if tags else ""

    def close(self) -> bool:
        """Settle what belongs to it and how it reads; whether there is any text."""
        if not any(piece.kind in ("words", "sign") for piece in self.pieces):
            return False
        _pair(self.pieces)
        self.pieces = _trimmed(self.pieces)
        collapse(self.pieces)
        _number(self.pieces)
        return True


def text_pieces(source: str, token: Token) -> Iterable[Piece]:
    """The pieces of a stretch of text: words, what entities stand for, white space."""
    for part in _PARTS.finditer(source, token.start, token.end):
        raw = part.group()
        text = unescape(raw) if raw[0] == "&" else raw
        if not text.strip(SPACES):
            yield Piece("space" if text else "hidden", part.start(), part.end(), text and " ")
        else:
            yield Piece("words" if text == raw else "sign", part.start(), part.end(), text)


def collapse(pieces: Sequence[Piece]) -> None:
    """Let white space show as in a browser: one space, none beside a line break or an edge."""
    last: Piece | None = None  # what shows last
    for piece in pieces:
        if piece.kind == "space":
            piece.text = " " if last is not None and last.kind not in ("space", "break") else ""
        elif piece.kind == "break" and last is not None and last.kind == "space":
            last.text = ""
        if piece.shows:
            last = piece
    if last is not None and last.kind == "space":
        last.text = ""


def _pair(pieces: Sequence[Piece]) -> None:
    """Have tags that open and close each other know it; others stand alone."""
    opened: list[Piece] = []
    for piece in pieces:
        if piece.kind == "code" and piece.form == "open":
            opened.append(piece)
        elif piece.kind == "code" and piece.form == "close":
            names = [one.name for one in opened]
            if piece.name not in names:
                piece.form = "single"
                continue
            while (top := opened.pop()).name != piece.name:
                top.form = "single"
            top.number = piece.number = id(top)
    for piece in opened:
        piece.form = "single"


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without what stands around all of the text: white space, single codes, pairs around the whole."""
    first, last = 0, len(pieces) - 1
    while True:
        if pieces[first].blank or (pieces[first].kind == "code" and pieces[first].form == "single"):
            first += 1
        elif pieces[last].blank or (pieces[last].kind == "code" and pieces[last].form == "single"):
            last -= 1
        elif pieces[first].number and pieces[first].number == pieces[last].number:
            first, last = first + 1, last - 1
        else:
            return pieces[first : last + 1]


def _number(pieces: Sequence[Piece]) -> None:
    """Give codes their markers; numbers that stand in the text itself are skipped."""
    literal = {m.number for m in markers("".join(piece.text for piece in pieces))}
    numbers: dict[int, int] = {}
    number = 0
    for piece in pieces:
        if piece.kind == "code":
            key = piece.number or id(piece)
            if key not in numbers:
                number += 1
                while number in literal:
                    number += 1
                numbers[key] = number
            piece.number = numbers[key]
            piece.text = marker(piece.number, piece.form)
