"""Quotation marks that face the wrong way, come from another language, lack a partner or mix styles.

An English quotation of several paragraphs opens each of them and closes only the last, and a file of
lines may cut a quotation in two: a mark without a partner is excused where a neighbouring segment has
one too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from review.checks.family import Check, Family
from review.checks.style import Marks
from review.checks.tokenised import Spacing
from review.model import Context, Document, Flag, Segment, Severity

# ”word: Finnish and Swedish open with the mark that English closes with.
_BACKWARDS_OPENING = re.compile(r"(?<![^\s([–—-])”(?=\w)")
_BACKWARDS_CLOSING = re.compile(r"(?<=[\w.,!?…])“(?=[\s,.;:!?)]|$)")
_FOREIGN = re.compile(r"[„«»‹›]")
_DOUBLE = re.compile(r'[“”„«»"]|&quot;')
_INCHES = re.compile(r'\d"')
_STRAIGHT = frozenset({'"', "&quot;"})
_REACH = 6  # segments that a quotation may go on for


@dataclass(frozen=True, slots=True)
class _Evidence:
    marks: Marks
    spacing: Spacing
    bounded: bool  # whether the document's ends are known: else a partner may be out of sight
    odd: set[int]  # places of the segments with a mark without a partner
    places: dict[int, int]  # where each segment stands


class Quotes(Family[_Evidence]):
    id = "quotes"
    title = "Quotation marks"
    checks = (
        Check(
            id="quote-mirrored",
            title="Quotation mark the wrong way round",
            category="fluency/punctuation",
            severity=Severity.MINOR,
            meaning="A closing mark stands where a quotation opens, or an opening one where it closes.",
            example="”No,” she said. → “No,” she said.",
        ),
        Check(
            id="quote-foreign",
            title="Foreign quotation mark",
            category="locale-convention",
            severity=Severity.MINOR,
            meaning="A low or angled quotation mark, as other languages write them.",
            example="„No,” she said. → “No,” she said.",
        ),
        Check(
            id="quote-unbalanced",
            title="Quotation mark without a partner",
            category="fluency/punctuation",
            severity=Severity.MINOR,
            meaning="A quotation is opened and not closed, or closed and not opened, here and in the segments around.",
            example="“No, she said. → “No,” she said.",
        ),
        Check(
            id="quote-mixed",
            title="Straight and curly quotation marks mixed",
            category="fluency/inconsistency",
            severity=Severity.MINOR,
            meaning="One quotation has a straight mark on one side and a curly one on the other.",
            example='“No," she said. → “No,” she said.',
        ),
    )

    def gather(self, document: Document, context: Context) -> _Evidence:
        odd = {at for at, segment in enumerate(document.segments) if _is_odd(segment.text)}
        places = {segment.number: at for at, segment in enumerate(document.segments)}
        return _Evidence(Marks(document), Spacing(document), document.bounded, odd, places)

    def update(self, evidence: _Evidence, before: Segment, after: Segment) -> _Evidence:
        evidence.marks.replace(before, after)
        evidence.spacing.replace(before, after)
        (evidence.odd.add if _is_odd(after.text) else evidence.odd.discard)(evidence.places[after.number])
        return evidence

    def flags(self, segment: Segment, evidence: _Evidence) -> Iterator[Flag]:
        if evidence.spacing.tokenised or not (marks := list(_DOUBLE.finditer(segment.text))):
            return
        text = segment.text
        for pattern, instead in ((_BACKWARDS_OPENING, "“"), (_BACKWARDS_CLOSING, "”")):
            for match in pattern.finditer(text):
                if instead == "“" and _clings(text[: match.start()]):
                    continue
                reason = f"English {'opens' if instead == '“' else 'closes'} a quotation with {instead}."
                yield self.flag("quote-mirrored", segment, match.span(), reason, instead, confidence=0.9)
        for match in _FOREIGN.finditer(text):
            right = evidence.marks.style.fitting('"', text[: match.start()])
            reason = "English does not use this quotation mark."
            yield self.flag("quote-foreign", segment, match.span(), reason, right, confidence=0.9)
        if len(marks) % 2 == 0:
            for first, second in zip(marks[::2], marks[1::2], strict=True):
                yield from self._mixed(segment, first, second)
        elif _is_odd(text) and not _is_odd(segment.source or "") and not self._goes_on(segment, evidence):
            sure = evidence.bounded or segment.source is not None
            yield self._unbalanced(segment, marks, confidence=0.75 if sure else 0.4)

    def _mixed(self, segment: Segment, first: re.Match[str], second: re.Match[str]) -> Iterator[Flag]:
        if (first.group() in _STRAIGHT) == (second.group() in _STRAIGHT):
            return
        straight, right = (first, "“") if first.group() in _STRAIGHT else (second, "”")
        if straight.group() == '"':  # an entity is another check's
            reason = "The other mark of this quotation is curly."
            yield self.flag("quote-mixed", segment, straight.span(), reason, right, confidence=0.85)

    def _unbalanced(self, segment: Segment, marks: list[re.Match[str]], confidence: float) -> Flag:
        """The mark without a partner: the first that does not alternate, else the last."""
        alone = marks[-1]
        for before, mark in pairwise(marks):
            if before.group() == mark.group() == "“":
                alone = before
                break
            if before.group() == mark.group() == "”":
                alone = mark
                break
        reason = "This quotation mark has no partner."
        return self.flag("quote-unbalanced", segment, alone.span(), reason, confidence=confidence)

    def _goes_on(self, segment: Segment, evidence: _Evidence) -> bool:
        """Whether a segment nearby has a mark without a partner too."""
        here = evidence.places.get(segment.number, 0)
        return any(at in evidence.odd for at in range(here - _REACH, here + _REACH + 1) if at != here)


def _clings(before: str) -> bool:
    """Whether the mark after `before` closes a quotation and clings to the next word: spacing's affair."""
    return before[-2:-1] in tuple(",.!?…") and before.count("“") > before.count("”")


def _is_odd(text: str) -> bool:
    """Whether a double quotation mark lacks a partner; with a sign for inches nothing can be said."""
    return len(_DOUBLE.findall(text)) % 2 == 1 and not _INCHES.search(text)
