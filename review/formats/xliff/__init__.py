"""XLIFF 1.x and 2.x, read into segments and written again with only targets, states and notes changed."""

from collections.abc import Sequence
from itertools import groupby
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO

from review.errors import BadInput
from review.formats.guard import Limits, check_size
from review.formats.naming import label_of, language_of
from review.formats.shape import DocumentFormat, Parsed, Reviewed
from review.formats.xliff import v1, v2
from review.formats.xliff.entry import Entry, was_reviewed
from review.formats.xml_file import open_xml
from review.formats.xml_guard import check_xml_text, local_name, root_of
from review.model import SegmentTexts

if TYPE_CHECKING:
    from lxml.etree import _Element


class Xliff(DocumentFormat):
    """XLIFF: its targets are one system, its alternatives (alt-trans, matches) others by their origin.

    What nobody offers as a translation (alt-trans that are rejected or a previous version) is left alone, and so
    are units that are not to be translated.

    Once every segment of a unit is corrected or confirmed, its state says that it was reviewed: signed-off in 1.x
    ("reviewed and approved"), reviewed in 2.x, whose subState then goes. A final one that was only confirmed stays
    final. A unit of 1.x that says it is not approved ("has passed its final review") then says it is. Comments become
    notes. Nothing else is written.
    """

    id = "xliff"
    title = "XLIFF 1.2, 2.0 and 2.1"
    suffix = ".xlf"
    mimetype = "application/xliff+xml"
    drops = (
        "marked errors, scores, flags, and XML comments in a target that is changed; control characters, which XML "
        "cannot hold, are refused"
    )

    def recognises(self, start: bytes) -> bool:
        root = root_of(start)
        return root is not None and root.name == "xliff"

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        root = open_xml(stream.read(), name).root
        version = _version(root, name)
        segments: list[SegmentTexts] = []
        others: dict[str, None] = {}  # in the order in which they are met
        rows: list[dict[str, str]] = []
        for entry in version.entries(root):
            target, source, some = entry.target_text, entry.source_text, entry.other_texts()
            for text in (target, source, *some.values()):
                check_size(text, f"{name}, {entry.place}", limits)
            segments.append(SegmentTexts((target,), source, (), entry.document, entry.notes()))
            rows.append(some)
            others |= dict.fromkeys(some)
        if others:
            segments = [
                one._replace(hypotheses=(*one.hypotheses, *(some.get(key, "") for key in others)))
                for one, some in zip(segments, rows, strict=True)
            ]
        main = label_of(name)
        while main in others:
            main += " (target)"
        source_lang, target_lang = _languages(version.languages(root), name)
        systems = (main, *others)
        return Parsed(systems, segments, tuple({} for _ in systems), source_lang, target_lang)

    def write(self, original: bytes, segments: Sequence[Reviewed], stream: BinaryIO, system: int = 0) -> None:
        file = open_xml(original, "the imported file")
        entries = _version(file.root, "the imported file").entries(file.root)
        pairs = list(zip(entries, segments, strict=True))
        changed = [_write_unit(list(unit)) for _, unit in groupby(pairs, key=lambda pair: id(pair[0].holder))]
        if any(changed):
            file.write(stream)
        else:
            stream.write(original)


def _write_unit(unit: list[tuple[Entry, Reviewed]]) -> bool:
    """Write what review made of one unit's segments; whether anything was changed."""
    changed = [entry.put(reviewed) for entry, reviewed in unit]
    for entry, reviewed in unit:
        for comment in reviewed.comments:
            maker, colon, text = comment.partition(": ")
            check_xml_text(comment, f"A comment on {entry.place}")
            entry.add_note(maker if colon else "", text if colon else comment)
            changed.append(True)
    for _, group in groupby(unit, key=lambda pair: id(pair[0].stated)):
        some = list(group)
        if all(was_reviewed(reviewed) for _, reviewed in some):
            changed.append(some[0][0].set_state(any(reviewed.changed for _, reviewed in some)))
    return any(changed)


def _version(root: "_Element", name: str) -> ModuleType:
    if local_name(root) == "xliff":
        match root.get("version", "")[:1]:
            case "1":
                return v1
            case "2":
                return v2
    raise BadInput(f"{name}: this is no XLIFF 1.x or 2.x: its root must be xliff and name its version.")


def _languages(named: Sequence[tuple[str | None, str | None]], name: str) -> tuple[str, str]:
    """The pair of languages; BadInput for a file of several."""
    pairs = {(language_of(source), language_of(target)) for source, target in named}
    if len(pairs) > 1:
        told = ", ".join(sorted(f"{s or '?'} to {t or '?'}" for s, t in pairs))
        raise BadInput(f"{name} holds several pairs of languages ({told}): import one file for each.")
    return next(iter(pairs), ("", ""))
