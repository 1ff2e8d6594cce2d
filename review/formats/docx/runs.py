"""Cuts the runs of a paragraph, so that any stretch of its text can be taken by itself, and joins them again."""

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from review.formats.docx.story import Paragraph, Piece, visible_text
from review.formats.xml_guard import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTUAL = {"t", "tab", "br", "cr"}


def named(element: "_Element", name: str) -> str:
    """A name in an element's own namespace."""
    return f"{str(element.tag).rpartition('}')[0]}}}{name}"


def cut(paragraph: Paragraph, at: int) -> None:
    """Have one piece end and another begin at a place in the text."""
    for index, piece in enumerate(paragraph.pieces):
        if piece.start < at < piece.end:
            first, second = piece.text[: at - piece.start], piece.text[at - piece.start :]
            rest = deepcopy(piece.element)
            rest.tail = None
            piece.element.addnext(rest)
            set_text(piece.element, first)
            set_text(rest, second)
            piece.text = first
            paragraph.pieces.insert(index + 1, Piece(rest, second, at, piece.link))
            return


def part_before(element: "_Element") -> None:
    """Have a run begin with this child of it."""
    if any(local_name(one) not in ("rPr", "") for one in element.itersiblings(preceding=True)):
        _divide(element)


def part_after(element: "_Element") -> None:
    """Have a run end with this child of it."""
    following = element.getnext()
    if following is not None:
        _divide(following)


def _divide(first: "_Element") -> None:
    """Move a child of a run and all after it into a run of their own, formatted the same."""
    run = first.getparent()
    other = like(run)
    run.addnext(other)
    other.extend([first, *first.itersiblings()])


def like(run: "_Element", text: str = "") -> "_Element":
    """A new run that is formatted as another is."""
    made = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
    for child in run:
        if local_name(child) == "rPr":
            properties = deepcopy(child)
            properties.tail = None
            for change in properties.findall(named(run, "rPrChange")):
                properties.remove(change)
            made.append(properties)
    fill(made, text)
    return made


def plain_run(paragraph: "_Element", text: str) -> "_Element":
    """A new run formatted as its paragraph."""
    made = paragraph.makeelement(named(paragraph, "r"), {}, paragraph.nsmap)
    fill(made, text)
    return made


def fill(run: "_Element", text: str) -> None:
    """Add text to a run, its tabs and line breaks as elements."""
    from lxml import etree

    for index, line in enumerate(text.split("\n")):
        if index:
            etree.SubElement(run, named(run, "br"))
        for place, stretch in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, named(run, "tab"))
            if stretch:
                set_text(etree.SubElement(run, named(run, "t")), stretch)


def set_text(element: "_Element", text: str) -> None:
    """Give an element this text and nothing else, its outer spaces kept."""
    del element[:]
    element.text = text
    if text != text.strip(" \t\r\n"):
        element.set(_SPACE, "preserve")


def join_runs(paragraph: "_Element", old: Sequence["_Element"]) -> None:
    """Put each run that is not one of the old ones into the run before it, where that is formatted the same."""
    for run in list(paragraph.iter(named(paragraph, "r"))):
        before = run.getprevious()
        if (
            not any(run is one for one in old)
            and before is not None
            and local_name(before) == "r"
            and len(before)
            and local_name(before[-1]) in _TEXTUAL
            and _frame(before) == _frame(run)
        ):
            for child in [one for one in run if local_name(one) != "rPr"]:
                _append(before, child)
            run.getparent().remove(run)


def _append(run: "_Element", child: "_Element") -> None:
    last = run[-1]
    if local_name(last) == local_name(child) == "t":
        set_text(last, visible_text(last) + visible_text(child))
    else:
        run.append(child)


def _frame(run: "_Element") -> tuple[list[tuple[str, str]], list[bytes]]:
    """All of a run but its content."""
    from lxml import etree

    properties = [c for c in run if local_name(c) == "rPr"]
    return sorted(run.attrib.items()), [etree.tostring(c, method="c14n", with_tail=False) for c in properties]
