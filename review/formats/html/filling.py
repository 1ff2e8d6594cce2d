"""Puts a new text into a block: words that stay keep their source, codes become the tags that they stand for."""

import re
from collections.abc import Sequence
from html import escape

from review.codes import Form, Marker, markers
from review.diff import Splice, splices
from review.formats.html.pieces import Block, Piece, collapse
from review.formats.html.scan import SPACES

_UNITS = re.compile(rf"\n|[{SPACES}]|[^{SPACES}]+")


def filled(block: Block, text: str, source: str) -> str:
    """The source of a block with another text in it."""
    tags = {(p.number, p.form): source[p.start : p.end] for p in block.pieces if p.kind == "code"}
    new = _as_shown(_sound(text, set(tags)), set(tags))
    line_break = " " if block.plain else "<br/>" if source.startswith("<?xml") else "<br>"
    out: list[str] = []
    left = splices(block.text, new)
    at = 0
    for piece in block.pieces:
        if not piece.text:
            # White space that does not show might, where something beside it goes.
            out.append("" if piece.kind == "space" else source[piece.start : piece.end])
            continue
        done = at
        while left and left[0].start < at + len(piece.text):
            splice = left[0]
            if splice.start >= at:
                out += [
                    _kept(piece, done - at, splice.start - at, source),
                    _written(splice, tags, line_break),
                ]
            done = max(done, min(splice.end, at + len(piece.text)))
            if splice.end > at + len(piece.text):
                break
            left.pop(0)
        out.append(_kept(piece, done - at, len(piece.text), source))
        at += len(piece.text)
    return "".join([*out, *(_written(splice, tags, line_break) for splice in left)])


def _kept(piece: Piece, start: int, end: int, source: str) -> str:
    """The source of a part of a piece; what might become markup by what follows it now is written safely."""
    raw = source[piece.start : piece.end]
    risky = raw == "<" or (raw[:1] == "&" and (piece.kind == "words" or raw[-1] != ";"))
    if end - start == len(piece.text) and not risky:
        return raw
    if piece.kind == "words" and not risky:
        return source[piece.start + start : piece.start + end]
    return escape(piece.text[start:end], quote=False)


def _written(splice: Splice, tags: dict[tuple[int, Form], str], line_break: str) -> str:
    out: list[str] = []
    at = 0
    for one in markers(splice.text):
        if tag := tags.get((one.number, one.form)):
            out += [_markup(splice.text[at : one.start], line_break), tag]
            at = one.end
    return "".join([*out, _markup(splice.text[at:], line_break)])


def _markup(text: str, line_break: str) -> str:
    return escape(text, quote=False).replace("\n", line_break)


def _sound(text: str, known: set[tuple[int, Form]]) -> str:
    """A text without those of its codes that cannot be written: second ones, half pairs, pairs that cross."""
    found = [m for m in markers(text) if (m.number, m.form) in known]
    good = {m.start for m in {(m.number, m.form): m for m in reversed(found)}.values() if m.form == "single"}
    opened: list[Marker] = []
    for one in found:
        if one.form == "open" and all(one.number != m.number for m in opened):
            opened.append(one)
        elif one.form == "close" and any(one.number == m.number for m in opened):
            while (top := opened.pop()).number != one.number:
                pass
            if all(m.start not in good for m in found if m.number == one.number):
                good |= {top.start, one.start}
    out: list[str] = []
    at = 0
    for one in found:
        if one.start not in good:
            out.append(text[at : one.start])
            at = one.end
    return "".join([*out, text[at:]])


def _as_shown(text: str, known: set[tuple[int, Form]]) -> str:
    """A text with its white space as a browser shows it."""
    units: list[Piece] = []
    at = 0
    for one in markers(text):
        if (one.number, one.form) in known:
            units += [*_units(text[at : one.start]), Piece("code", 0, 0, one.text, "", one.form)]
            at = one.end
    units += _units(text[at:])
    units = _without_outer_breaks(units)
    collapse(units)
    return "".join(unit.text for unit in units)


def _units(text: str) -> list[Piece]:
    return [
        Piece("break" if raw == "\n" else "space" if raw in SPACES else "words", 0, 0, raw)
        for raw in _UNITS.findall(text)
    ]


def _without_outer_breaks(units: Sequence[Piece]) -> list[Piece]:
    solid = [index for index, unit in enumerate(units) if unit.kind == "words"]
    if not solid:
        return [unit for unit in units if unit.kind == "code"]
    return [unit for index, unit in enumerate(units) if unit.kind != "break" or solid[0] < index < solid[-1]]
