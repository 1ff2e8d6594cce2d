"""The XML of WMT's test sets since 2021: documents with source, references and every system's translation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from review.errors import BadInput
from review.formats.guard import Limits, check_size
from review.formats.naming import language_of
from review.formats.shape import DocumentFormat, Parsed, Reviewed
from review.formats.wmt.align import Key, Versions, changed_texts, version_of
from review.formats.xml_file import open_xml
from review.formats.xml_guard import check_xml_text, local_name, root_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ONE_SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class _Seg:
    """A seg element, and what it belongs to."""

    kind: str  # src, ref or hyp
    name: str  # the system's, the translator's
    key: Key
    language: str
    element: "_Element"


class WmtXml(DocumentFormat):
    """`doc` elements with one `src`, `ref` by translator and `hyp` by system, each with its `seg`s by id.

    A system without a document or a segment has an empty text there. A set without `hyp` has its references
    reviewed, and one of `src` alone its source.
    """

    id = "wmt-xml"
    title = "WMT test set: XML with all its systems"
    suffix = ".xml"
    mimetype = "application/xml"
    drops = (
        "a text where the file has no element for it; control characters, which XML cannot hold, are refused"
    )

    def recognises(self, start: bytes) -> bool:
        root = root_of(start)
        return root is not None and root.name == "dataset"

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        root = open_xml(stream.read(), name).root
        versions, languages = _versions(root, name, limits)
        return versions.parsed(*languages)

    def write(self, original: bytes, segments: Sequence[Reviewed], stream: BinaryIO, system: int = 0) -> None:
        file = open_xml(original, "the imported file")
        versions, _ = _versions(file.root, "the imported file", None)
        changed, chosen = changed_texts(versions, system, segments)
        if not changed:
            stream.write(original)
            return
        kind = _kind_of(versions)
        for seg in _segs(file.root, "the imported file"):
            if seg.kind == kind and seg.name == chosen and seg.key in changed:
                check_xml_text(changed[seg.key], f"Segment {seg.key[1]} of the document “{seg.key[0]}”")
                del seg.element[:]
                seg.element.text = changed[seg.key]
        file.write(stream)


def _versions(root: "_Element", name: str, limits: Limits | None) -> tuple[Versions, tuple[str, str]]:
    versions = Versions()
    by_kind = {"src": versions.sources, "ref": versions.references, "hyp": versions.systems}
    spoken: dict[str, dict[str, None]] = {"src": {}, "target": {}}
    for seg in _segs(root, name):
        place = f"{name}, line {seg.element.sourceline}"
        text = "".join(seg.element.itertext())
        if limits is not None:
            check_size(text, place, limits)
        versions.keys.setdefault(seg.key)
        version_of(by_kind[seg.kind], seg.name).add(seg.key, text, place)
        if language := language_of(seg.language):
            spoken["src" if seg.kind == "src" else "target"][language] = None
    if not versions.keys:
        raise BadInput(f"{name}: nothing to import, there is no seg in any src, ref or hyp.")
    for side in spoken.values():
        if len(side) > 1:
            raise BadInput(
                f"{name} holds several languages on one side ({', '.join(side)}): import one pair at a time."
            )
    source, target = (next(iter(side), "") for side in spoken.values())
    return versions, (source, target)


def _kind_of(versions: Versions) -> str:
    return "hyp" if versions.systems else "ref" if versions.references else "src"


def _segs(root: "_Element", name: str) -> Iterator[_Seg]:
    for document in root.iter("doc"):
        document_id = document.get("id") or document.get("docid") or ""
        if not document_id:
            raise BadInput(f"{name}, line {document.sourceline}: this doc has no id.")
        for text in document:
            if (kind := local_name(text)) not in ("src", "ref", "hyp"):
                continue
            named = {"src": "source", "ref": text.get("translator") or "reference"}
            label = named.get(kind) or text.get("system") or _ONE_SYSTEM
            language = text.get("lang") or text.get("language") or ""
            for count, seg in enumerate(text.iter("seg"), start=1):
                key = (document_id, seg.get("id") or str(count))
                yield _Seg(kind, label, key, language, seg)
