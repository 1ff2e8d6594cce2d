"""The zipped parts of a document: those that are changed are written anew, all others as they were."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from review.errors import BadInput
from review.formats.xml_guard import parse_xml
from review.formats.zip_guard import open_zip, read_member

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says that another is to it. `kind` is the last step of the relation's address."""

    kind: str
    address: str  # all of it but that step
    target: str


@dataclass
class Package:
    """An archive of parts, which point to each other by relations; what is put in waits for `write`."""

    archive: ZipFile
    name: str
    _new: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def open(cls, stream: BinaryIO, name: str) -> "Package":
        """The package in a file; BadInput for what is none, or holds a part twice."""
        archive = open_zip(stream, name)
        twice = [part for part, count in Counter(archive.namelist()).items() if count > 1]
        if twice:
            raise BadInput(f"{name}: it holds the part “{twice[0][:80]}” twice; save it again and retry.")
        return cls(archive, name)

    def has(self, part: str) -> bool:
        return part in self._new or part in self.archive.NameToInfo

    def parse(self, part: str) -> "_Element":
        """The root of a part; BadInput names the part."""
        place = f"{self.name}, part “{part[:80]}”"
        if not self.has(part):
            raise BadInput(f"{place}: it is missing; save the document again and retry.")
        data = self._new.get(part)
        if data is None:
            data = read_member(self.archive, self.archive.getinfo(part), place)
        return parse_xml(data, place)

    def relations(self, part: str = "") -> Iterator[Relation]:
        """What a part (or the package itself) says of others inside the package, in order."""
        if not self.has(_relations_of(part)):
            return
        for one in self.parse(_relations_of(part)):
            target, kind = one.get("Target", ""), one.get("Type", "")
            if target and one.get("TargetMode") != "External":
                address, _, last = kind.rpartition("/")
                path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
                yield Relation(last, address, path.lstrip("/"))

    def put(self, part: str, root: "_Element") -> None:
        """Have a part written so."""
        from lxml import etree

        self._new[part] = etree.tostring(
            root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
        )

    def add(self, part: str, root: "_Element", content_type: str, owner: str, relation: str) -> None:
        """A new part, known to the package and related to its owner."""
        from lxml import etree

        self.put(part, root)
        types = self.parse(_TYPES)
        space = str(types.tag).rpartition("}")[0] + "}"
        etree.SubElement(types, f"{space}Override", {"PartName": f"/{part}", "ContentType": content_type})
        self.put(_TYPES, types)
        rels = _relations_of(owner)
        known = self.parse(rels) if self.has(rels) else etree.Element(f"{{{_RELATIONS}}}Relationships")
        names = {one.get("Id") for one in known}
        free = next(f"rId{n}" for n in range(1, len(names) + 2) if f"rId{n}" not in names)
        target = {"Id": free, "Type": relation, "Target": f"/{part}"}
        etree.SubElement(known, f"{{{_RELATIONS}}}Relationship", target)
        self.put(rels, known)

    def write(self, stream: BinaryIO) -> None:
        """The archive again: its members in their order, then those that are new."""
        with ZipFile(stream, "w", ZIP_DEFLATED) as out:
            out.comment = self.archive.comment
            for member in self.archive.infolist():
                place = f"{self.name}, part “{member.filename[:80]}”"
                data = self._new.pop(member.filename, None)
                out.writestr(copy(member), read_member(self.archive, member, place) if data is None else data)
            for part, data in self._new.items():
                out.writestr(part, data)


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
