"""Runs families over a document: plain texts for them, spans moved back, a failing check outlived.

Plain is a text in NFC and without the inline codes of the file that it came from.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from review.checks import FAMILIES
from review.checks.family import Check, Family
from review.codes import markers, with_codes_of, without_codes
from review.model import Context, Document, Flag, Level, Segment
from review.text import to_nfc

UNEXPLAINED = "odd-phrasing"  # it says that words are odd; a check that says why knows better

log = logging.getLogger(__name__)


@dataclass
class Checker:
    """The families' evidence on one document, ready to check any of its segments.

    `failures` names the families that raised: the others' flags stand all the same.
    """

    context: Context
    wanted: Collection[str] | None = None  # check ids; None: all
    families: Sequence[Family[Any]] = FAMILIES
    level: Level = Level.INSTANT
    failures: set[str] = field(default_factory=set)
    _evidence: list[tuple[Family[Any], Any]] = field(default_factory=list)

    def read(self, document: Document) -> "Checker":
        """Gather every family's evidence on `document`."""
        plain = replace(document, segments=[_plain(s) for s in document.segments])
        for family in self.families:
            if family.level.rank > self.level.rank or not self._wants(family):
                continue
            with self._guarded(family):
                self._evidence.append(
                    (family, family.gather(document if family.sees_codes else plain, self.context))
                )
        return self

    def replace(self, before: Segment, after: Segment) -> None:
        """Have every family's evidence know that one segment of the document has another text."""
        plain = _plain(before), _plain(after)
        for at, (family, evidence) in enumerate(self._evidence):
            with self._guarded(family):
                changed = (before, after) if family.sees_codes else plain
                self._evidence[at] = (family, family.update(evidence, *changed))

    def flags(self, segment: Segment) -> list[Flag]:
        """The flags of one segment by position, their spans in the text as given."""
        plain = _plain(segment)
        found: list[Flag] = []
        asked: set[str] = set()
        for family, evidence in self._evidence:
            asked.update(check.id for check in family.checks if self._asked(check))
            with self._guarded(family):
                if family.sees_codes:
                    found.extend(family.flags(segment, evidence))
                else:
                    found.extend(_moved_back(family.flags(plain, evidence), segment.text, plain.text))
        kept = [f for f in found if f.check in asked]
        return sorted(without_covered(kept), key=lambda f: (f.start, f.end, f.check))

    def _wants(self, family: Family[Any]) -> bool:
        return not family.checks or any(self._asked(check) for check in family.checks)

    def _asked(self, check: Check) -> bool:
        """Whether a check is wanted and speaks the language of the text."""
        wanted = self.wanted is None or check.id in self.wanted
        return wanted and (not check.languages or self.context.target_lang in check.languages)

    @contextmanager
    def _guarded(self, family: Family[Any]) -> Iterator[None]:
        # The one place that catches everything: a check is a guest, and a bug in one must not take
        # the others' flags, or the page, with it. It is logged and shown on the batch.
        try:
            yield
        except Exception:
            log.exception("the checks on %s failed", family.id)
            self.failures.add(family.id)


def without_covered(flags: Iterable[Flag], others: Iterable[Flag] = ()) -> list[Flag]:
    """The flags without those of odd phrasing that a surer flag, perhaps one of `others`, lies over."""
    every = list(flags)
    surer = [*every, *others]
    return [f for f in every if f.check != UNEXPLAINED or not any(_covers(other, f) for other in surer)]


def _covers(other: Flag, flag: Flag) -> bool:
    over = other.start <= flag.start and flag.end <= other.end
    return over and other.check != flag.check and other.confidence >= flag.confidence


def flag_document(document: Document, checker: Checker) -> Iterator[list[Flag]]:
    """The flags of each segment of `document`, in order."""
    checker.read(document)
    for segment in document.segments:
        yield checker.flags(segment)


def _plain(segment: Segment) -> Segment:
    source = None if segment.source is None else _plain_text(segment.source)
    references = tuple(map(_plain_text, segment.references))
    return Segment(segment.number, _plain_text(segment.text), source, references)


def _plain_text(text: str) -> str:
    return to_nfc(without_codes(text)[0])[0]


def _moved_back(flags: Iterable[Flag], text: str, plain: str) -> Iterable[Flag]:
    """Flags on a plain text as they stand in the text itself; codes stay where a suggestion is taken."""
    found = list(flags)
    if not found or text == plain:
        return found
    bare, in_text = without_codes(text)
    _, in_bare = to_nfc(bare)
    codes = markers(text)
    moved: list[Flag] = []
    for flag in found:
        start, end = (in_bare[flag.start], in_bare[flag.end]) if in_bare else (flag.start, flag.end)
        if in_text:
            last = in_text[end - 1] + 1 if end > start else in_text[start]
            start = in_text[start]
            end = next((code.end for code in codes if code.start < last < code.end), last)
        span = text[start:end]
        instead = tuple(with_codes_of(span, suggestion) for suggestion in flag.suggestions)
        moved.append(replace(flag, start=start, end=end, text=span, suggestions=instead))
    return moved
