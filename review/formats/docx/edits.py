"""Turns the text of a paragraph into another: words that stay keep their runs, with all that is in them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from review.diff import splices
from review.formats.docx.runs import cut, join_runs, like, named, part_after, part_before, plain_run
from review.formats.docx.story import Paragraph, Piece
from review.formats.xml_guard import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTES = {"footnoteReference", "endnoteReference"}


class Pen:
    """How a change is written: here as if the text had always been so."""

    joins = True  # whether runs that were cut are put together again

    def delete(self, run: "_Element") -> None:
        """Take away a run."""
        run.getparent().remove(run)

    def insert(self, run: "_Element") -> None:
        """Deal with a run that has just been put in."""


def rewrite(paragraph: Paragraph, text: str, new_pen: Callable[[], Pen]) -> None:
    """Give a paragraph, and its twins, a new text."""
    if paragraph.text == text:
        return
    for one in (paragraph, *paragraph.twins):
        pen = new_pen()
        old = list(one.element.iter(named(one.element, "r")))
        # From the end, so that the places before a change stay what they are.
        for splice in reversed(splices(one.text, text)):
            cut(one, splice.start)
            cut(one, splice.end)
            replaced = [piece for piece in one.pieces if splice.start <= piece.start < splice.end]
            for piece in replaced:
                part_before(piece.element)
                part_after(piece.element)
            if splice.text:
                pen.insert(_put(one, splice.start, splice.text, replaced))
            for piece in replaced:
                pen.delete(piece.run)
        if pen.joins:
            join_runs(one.element, old)


def _put(paragraph: Paragraph, at: int, text: str, replaced: list[Piece]) -> "_Element":
    """Put a run with new text where others are replaced, or between two; formatted as what it stands for."""
    if replaced:
        model = next((piece for piece in replaced if piece.text.strip()), replaced[0])
        run = like(model.run, text)
        replaced[-1].run.addnext(run)
        return run
    before = next((piece for piece in paragraph.pieces if piece.end == at), None)
    after = next((piece for piece in paragraph.pieces if piece.start == at), None)
    if before and (before.link is None or (after and after.link is before.link)):
        part_after(before.element)
        run = like(before.run, text)
        _past_notes(before.run).addnext(run)
    elif after:  # what stands between a link and something else belongs to neither
        run = like(after.run, text)
        _front(after, paragraph).addprevious(run)
    else:
        run = plain_run(paragraph.element, text)
        paragraph.element.append(run)
    return run


def _past_notes(run: "_Element") -> "_Element":
    """A run, or the last of the references to notes that follow it."""
    following = run.getnext()
    while following is not None and any(local_name(child) in _NOTES for child in following):
        run, following = following, following.getnext()
    return run


def _front(piece: Piece, paragraph: Paragraph) -> "_Element":
    """Before which element text goes that is to stand before a piece, and before the link that it is in."""
    link = piece.link
    if link is not None and any(one is paragraph.element for one in link.iterancestors()):
        if local_name(link) != "fldChar":
            return link
        part_before(link)
        return link.getparent()
    part_before(piece.element)
    return piece.run
