"""XLIFF 1.x: trans-units, or what segmentation made of them (mrk mtype="seg")."""

from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from review.formats.inline import Dialect, empty
from review.formats.xliff.entry import Entry, child, children, make_after, text_of, units_of

if TYPE_CHECKING:
    from lxml.etree import _Element

DIALECT = Dialect(
    remarks=frozenset({"mrk"}),
    containers=frozenset({"g", "mrk"}),
    ends={"ept": "bpt", "ex": "bx"},
    same=("rid", "id"),
    names=("id", "mid"),
)
_NO_SYSTEMS = ("previous-version", "rejected")  # alternatives that nobody offers
_NO_TEXT = "x-gettext-domain-header"  # a PO file's header, which converters make a unit of
_REVIEWED, _FINAL = "signed-off", "final"


class Unit1(Entry):
    """A trans-unit, or one segment of it."""

    mid: str | None = None
    segmented: "_Element | None" = None  # the seg-source, of a segment

    def notes(self) -> tuple[str, ...]:
        out = []
        target = child(self.holder, "target")
        if target is not None and (state := target.get("state")):
            out.append(f"state: {state}")
        for note in children(self.holder, "note"):
            maker, text = note.get("from"), text_of(note)
            if text:
                out.append(f"{maker}: {text}" if maker else text)
        return (*out, *self.legend())

    def make_target(self) -> "_Element":
        whole = child(self.holder, "target")
        if self.segmented is None:
            return make_after(_last_source(self.holder), "target")
        if whole is None:
            whole = make_after(self.segmented, "target")
        if not len(whole):
            _cut_like(whole, self.segmented)
        found = next((mrk for mrk in _segments(whole) if mrk.get("mid") == self.mid), None)
        if found is None:
            found = whole.makeelement(
                _segments(self.segmented)[0].tag, {"mtype": "seg", "mid": str(self.mid)}
            )
            whole.append(found)
        return found

    def set_state(self, changed: bool) -> bool:
        target = child(self.holder, "target")
        before = None if target is None else target.get("state")
        if target is None:
            return False
        was_open = bool(self.holder.get("approved") == "no")
        if was_open:
            self.holder.set("approved", "yes")
        if before == _REVIEWED or (before == _FINAL and not changed):
            return was_open
        target.set("state", _REVIEWED)
        return True

    def add_note(self, maker: str, text: str) -> None:
        notes = children(self.holder, "note")
        target = child(self.holder, "target")
        previous = notes[-1] if notes else target if target is not None else _last_source(self.holder)
        note = make_after(previous, "note")
        note.text = text
        if maker:
            note.set("from", maker)


def entries(root: "_Element") -> Iterator[Unit1]:
    """The segments of a file in order."""
    for file in children(root, "file"):
        document = file.get("original") or ""
        for unit in units_of(file, "trans-unit"):
            yield from _entries(unit, document)


def languages(root: "_Element") -> list[tuple[str | None, str | None]]:
    """The source and target language that each file in it names."""
    return [(file.get("source-language"), file.get("target-language")) for file in children(root, "file")]


def _entries(unit: "_Element", document: str) -> Iterator[Unit1]:
    source, target = child(unit, "source"), child(unit, "target")
    if source is None or unit.get("restype") == _NO_TEXT:
        return
    place = f"trans-unit “{unit.get('id', '?')}”"
    segmented = child(unit, "seg-source")
    if segmented is None or not _is_segmented(segmented, target):
        yield Unit1(place, document, unit, (source, target), _others(unit, None), DIALECT)
        return
    targets = {} if target is None else {mrk.get("mid"): mrk for mrk in _segments(target)}
    for mrk in _segments(segmented):
        mid = mrk.get("mid")
        entry = Unit1(
            f"{place}, segment “{mid}”", document, unit, (mrk, targets.get(mid)), _others(unit, mid), DIALECT
        )
        entry.mid, entry.segmented = mid, segmented
        yield entry


def _is_segmented(segmented: "_Element", target: "_Element | None") -> bool:
    """Whether source and target can be told apart by their segments: the target is cut in the same places, or empty."""
    mids = [mrk.get("mid") for mrk in _segments(segmented)]
    if not mids or None in mids or len(set(mids)) < len(mids):
        return False
    if target is None or not (text_of(target) or len(target)):
        return True
    there = [mrk.get("mid") for mrk in _segments(target)]
    return bool(there) and len(set(there)) == len(there) and set(there) <= set(mids)


def _segments(element: "_Element") -> list["_Element"]:
    return [mrk for mrk in element.iter("{*}mrk", "mrk") if mrk.get("mtype") == "seg"]


def _others(unit: "_Element", mid: str | None) -> list[tuple[str, "_Element"]]:
    """Other translations of a unit, or of one of its segments, with what they came from."""
    found = []
    for one in children(unit, "alt-trans"):
        target = child(one, "target")
        if target is None or one.get("alttranstype") in _NO_SYSTEMS:
            continue
        if mid is not None and one.get("mid") != mid:
            target = next((mrk for mrk in _segments(target) if mrk.get("mid") == mid), None)
        if target is not None:
            found.append((one.get("origin") or one.get("tool-id") or "alternative", target))
    return found


def _last_source(unit: "_Element") -> "_Element":
    last = child(unit, "seg-source")
    last = last if last is not None else child(unit, "source")
    assert last is not None  # a unit without one gives no entries
    return last


def _cut_like(target: "_Element", segmented: "_Element") -> None:
    """Cut an empty target like the source, its segments empty."""
    copied = deepcopy(segmented)
    target.text = copied.text
    target.extend(list(copied))
    for mrk in _segments(target):
        empty(mrk)
