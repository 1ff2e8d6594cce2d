"""TMX, translation memories of two languages: read, and written again with their targets corrected."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from review.errors import BadInput
from review.formats.guard import Limits, check_size
from review.formats.inline import Codes, Dialect
from review.formats.naming import label_of, language_of
from review.formats.shape import DocumentFormat, Parsed, Reviewed
from review.formats.xml_file import XmlFile, open_xml
from review.formats.xml_guard import beside, check_xml_text, root_of
from review.model import SegmentTexts

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIALECT = Dialect(containers=frozenset({"hi"}), ends={"ept": "bpt"}, same=("i",), names=("x", "i"))
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What the specification has every file declare; it names a file that is never looked for.
_OWN_DOCTYPE = re.compile(
    r"<!DOCTYPE\s+tmx\s+(?:SYSTEM|PUBLIC\s+[\"'][^\"'<>\[\]]*[\"'])\s+[\"'][\w.:/-]*tmx1\d\.dtd[\"']\s*>"
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A unit's source and target; the target is made where there is none."""

    place: str
    unit: "_Element"
    source: "_Element"
    target: "_Element | None"
    codes: Codes


class Tmx(DocumentFormat):
    """TMX of two languages: the source is that of a unit or the header, else the first.

    Where a unit has several translations into the target language, the first is the hypothesis and the others
    stay as they are. Comments become notes.
    """

    id = "tmx"
    title = "TMX 1.4"
    suffix = ".tmx"
    mimetype = "application/xml"
    drops = "marked errors, scores and flags; control characters, which XML cannot hold, are refused"

    def recognises(self, start: bytes) -> bool:
        root = root_of(start)
        return root is not None and root.name == "tmx"

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        root = _open(stream.read(), name).root
        source_tag, target_tag = _languages(root, name)
        segments = []
        for pair in _pairs(root, source_tag, target_tag):
            source, target = pair.codes.text(0), pair.codes.text(1)
            for text in (source, target):
                check_size(text, f"{name}, {pair.place}", limits)
            notes = ["".join(note.itertext()).strip() for note in pair.unit.iter("{*}note", "note")]
            notes.append(pair.codes.legend({}))
            segments.append(SegmentTexts((target,), source, notes=tuple(filter(None, notes))))
        languages = language_of(source_tag), language_of(target_tag)
        return Parsed((label_of(name),), segments, ({},), *languages)

    def write(self, original: bytes, segments: Sequence[Reviewed], stream: BinaryIO, system: int = 0) -> None:
        file = _open(original, "the imported file")
        source_tag, target_tag = _languages(file.root, "the imported file")
        pairs = list(_pairs(file.root, source_tag, target_tag))
        every = map(_spelt, file.root.iter("{*}tuv", "tuv"))
        spelt = next(tag for tag in every if tag.lower() == target_tag)
        changed = [_put(pair, reviewed, spelt) for pair, reviewed in zip(pairs, segments, strict=True)]
        if any(changed):
            file.write(stream)
        else:
            stream.write(original)


def _open(data: bytes, name: str) -> XmlFile:
    """The file, read without the document type that the specification has it declare; any other is refused."""
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2])
    encoding, errors = (wide, "surrogatepass") if wide and len(data) % 2 == 0 else ("latin-1", "strict")
    start = data[: 1 << 12].decode(encoding, errors)
    safe = _OWN_DOCTYPE.sub(lambda found: re.sub("[^\n]", " ", found[0]), start, count=1)
    return open_xml(data, name, safe.encode(encoding, errors) + data[1 << 12 :])


def _pairs(root: "_Element", source_tag: str, target_tag: str) -> Iterator[_Pair]:
    for number, unit in enumerate(root.iter("{*}tu", "tu"), start=1):
        place = f"tu “{unit.get('tuid')}”" if unit.get("tuid") else f"tu {number}"
        found: dict[str, _Element] = {}
        for variant in unit.iterchildren("{*}tuv", "tuv"):
            seg = variant.find("{*}seg")
            if seg is not None:
                found.setdefault(_tag(variant), seg)
        if source_tag in found:
            source, target = found[source_tag], found.get(target_tag)
            yield _Pair(place, unit, source, target, Codes(_DIALECT, [source, target]))


def _put(pair: _Pair, reviewed: Reviewed, language: str) -> bool:
    """Write what review made of a unit; whether that changed anything."""
    for at, comment in enumerate(reviewed.comments):
        check_xml_text(comment, f"A comment on {pair.place}")
        note = pair.unit.makeelement(beside(pair.source, "note"))
        note.text = comment
        note.tail = pair.unit.text
        pair.unit.insert(at, note)
    if reviewed.text == pair.codes.text(1):
        return bool(reviewed.comments)
    target = pair.target
    if target is None:
        made = pair.unit.makeelement(beside(pair.source, "tuv"), {_LANG: language})
        pair.unit.append(made)
        target = made.makeelement(beside(pair.source, "seg"))
        made.append(target)
    pair.codes.fill(target, reviewed.text, 1, pair.place)
    return True


def _tag(variant: "_Element") -> str:
    return _spelt(variant).lower()


def _spelt(variant: "_Element") -> str:
    return variant.get(_LANG) or variant.get("lang") or ""


def _languages(root: "_Element", name: str) -> tuple[str, str]:
    """The source's and the target's language; BadInput where there are more or fewer."""
    tags = list(dict.fromkeys(_tag(variant) for variant in root.iter("{*}tuv", "tuv")))
    if len(tags) != 2:
        raise BadInput(
            f"{name} has texts in {len(tags)} languages ({', '.join(tags[:20]) or 'none'}): leave the source's and "
            "one other in it and try again."
        )
    said = [one.get("srclang") for kind in ("tu", "header") for one in root.iter(f"{{*}}{kind}", kind)]
    named = next((tag.lower() for tag in said if tag), "")
    alike = [tag for tag in tags if tag == named] or [
        tag for tag in tags if named and language_of(tag) == language_of(named)
    ]
    source = alike[0] if len(alike) == 1 else tags[0]
    return source, next(tag for tag in tags if tag != source)
