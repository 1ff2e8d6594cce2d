"""XLIFF 2.x: the segments of units, with the matches of the Translation Candidates module."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from review.formats.inline import Dialect
from review.formats.xliff.entry import (
    Entry,
    child,
    children,
    is_translated,
    make_after,
    text_of,
    units_of,
)
from review.formats.xml_guard import beside

if TYPE_CHECKING:
    from lxml.etree import _Element

DIALECT = Dialect(
    remarks=frozenset({"mrk", "sm", "em"}),
    containers=frozenset({"pc", "mrk"}),
    ends={"ec": "sc", "em": "sm"},
    same=("startRef", "id"),
    names=("id",),
)
_MATCHES = "{urn:oasis:names:tc:xliff:matches:2.0}"
_REVIEWED, _FINAL = "reviewed", "final"


class Unit2(Entry):
    """A segment of a unit."""

    segment: "_Element"

    @property
    def stated(self) -> "_Element":
        return self.segment

    def notes(self) -> tuple[str, ...]:
        out = []
        if state := self.segment.get("state"):
            more = self.segment.get("subState")
            out.append(f"state: {state}, {more}" if more else f"state: {state}")
        notes = child(self.holder, "notes")
        said = [text_of(note) for note in children(notes, "note")] if notes is not None else []
        kept = child(self.holder, "originalData")
        data = {one.get("id", ""): text_of(one) for one in children(kept, "data")} if kept is not None else {}
        return (*out, *filter(None, said), *self.legend(data))

    def make_target(self) -> "_Element":
        source = child(self.segment, "source")
        assert source is not None  # a segment without one gives no entry
        return make_after(source, "target")

    def set_state(self, changed: bool) -> bool:
        before = self.segment.get("state")
        if before == _REVIEWED or (before == _FINAL and not changed):
            return False
        self.segment.set("state", _REVIEWED)
        self.segment.attrib.pop("subState", None)  # it was of the other state
        return True

    def add_note(self, maker: str, text: str) -> None:
        notes = child(self.holder, "notes")
        if notes is None:
            first = next(n for n, one in enumerate(self.holder) if not _is_module(one, self.holder))
            notes = self.holder.makeelement(beside(self.holder, "notes"))
            notes.tail = self.holder.text
            self.holder.insert(first, notes)
        every = children(notes, "note")
        note = make_after(every[-1], "note") if every else notes.makeelement(beside(notes, "note"))
        if not every:
            notes.append(note)
        note.text = f"{maker}: {text}" if maker else text


def entries(root: "_Element") -> Iterator[Unit2]:
    """The segments of a file in order."""
    for file in children(root, "file"):
        document = file.get("original") or file.get("id") or ""
        for unit in units_of(file, "unit", is_translated(file, True)):
            yield from _entries(unit, document)


def languages(root: "_Element") -> list[tuple[str | None, str | None]]:
    """The source and target language that the file names."""
    return [(root.get("srcLang"), root.get("trgLang"))]


def _entries(unit: "_Element", document: str) -> Iterator[Unit2]:
    segments = children(unit, "segment")
    for n, segment in enumerate(segments, start=1):
        source = child(segment, "source")
        if source is None:
            continue
        place = f"unit “{unit.get('id', '?')}”, segment {segment.get('id') or n}"
        texts = source, child(segment, "target")
        others = _others(unit, segment, source, alone=len(segments) == 1)
        entry = Unit2(place, document, unit, texts, others, DIALECT)
        entry.segment = segment
        yield entry


def _others(
    unit: "_Element", segment: "_Element", source: "_Element", alone: bool
) -> list[tuple[str, "_Element"]]:
    """The candidates whose `ref` is the segment or something in its source, and what they came from."""
    matches = unit.find(f"{_MATCHES}matches")
    if matches is None:
        return []
    ids = {segment.get("id"), *(one.get("id") for one in source.iter())} - {None}
    found = []
    for one in matches.iterchildren(f"{_MATCHES}match"):
        target = next((e for e in one if isinstance(e.tag, str) and e.tag.endswith("}target")), None)
        meant = re.split("[#/=]", one.get("ref") or "")[-1]
        if target is not None and (alone or meant in ids):
            found.append((one.get("origin") or "alternative", target))
    return found


def _is_module(element: "_Element", unit: "_Element") -> bool:
    """Whether an element is no part of the core: those stand before the notes."""
    core = str(unit.tag).rpartition("}")[0]
    return not isinstance(element.tag, str) or element.tag.rpartition("}")[0] != core
