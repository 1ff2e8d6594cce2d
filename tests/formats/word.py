"""Makes small Word documents for tests, and shows what is in those that were written."""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OURS, _ISO = (
    "http://schemas.openxmlformats.org/officeDocument/2006",
    "http://purl.oclc.org/ooxml/officeDocument",
)
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.\
wordprocessingml.document.main+xml"/></Types>"""
_RELS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
Target="word/document.xml"/></Relationships>"""


def document(body: str, parts: Mapping[str, bytes] = MappingProxyType({}), *, strict: bool = False) -> bytes:
    """A document with this XML in its body, and more parts; `strict` in the names that ISO gave them."""
    address, space = (
        (_RELS.replace(f"{_OURS}/", f"{_ISO}/"), "http://purl.oclc.org/ooxml/wordprocessingml/main")
        if strict
        else (_RELS, W)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", address)
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The parts of a document, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part(data: bytes, name: str = "word/document.xml") -> str:
    return members(data)[name].decode()


def body(data: bytes) -> str:
    """The XML in the body of a document."""
    return part(data).partition("<w:body>")[2].rpartition("</w:body>")[0]
