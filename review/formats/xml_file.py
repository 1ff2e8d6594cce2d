"""An XML file that is written again as it was: its declaration, encoding, line ends and whatever stands around the root."""

import codecs
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from xml.parsers import expat

from review.errors import BadInput
from review.formats.xml_guard import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNS = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


class _Found(Exception):
    pass


@dataclass(frozen=True, slots=True)
class XmlFile:
    """A parsed file; what is in its root may be changed and written again."""

    root: "_Element"
    prolog: bytes  # all up to the end of the root's start tag, byte for byte
    encoding: str
    crlf: bool
    end: str  # the white space that the file ends with

    def write(self, stream: BinaryIO) -> None:
        """The file again, with its root as that is now."""
        stream.write(self.prolog)
        text = "".join(_serialised(self.root)) + self.end
        if self.crlf:
            text = text.replace("\n", "\r\n")  # a \r of a text is written &#13;
        stream.write(text.encode(self.encoding, "xmlcharrefreplace"))


def open_xml(data: bytes, name: str, safe: bytes | None = None) -> XmlFile:
    """Read an XML file; BadInput names the place. `safe` is the same file without a declaration known to be harmless."""
    root = parse_xml(data if safe is None else safe, name)
    encoding = next((e for sign, e in _SIGNS if data.startswith(sign)), None)
    encoding = encoding or root.getroottree().docinfo.encoding or "utf-8"
    at = _inside_root(data)
    if not len(root) and not root.text:
        raise BadInput(f"{name}: nothing to import, its root is empty.")
    try:
        codecs.lookup(encoding)
    except LookupError:
        at = None
    if at is None:
        raise BadInput(f"{name}, line 1: the encoding {encoding} is not known here: save it as UTF-8.")
    tail = data[-200:].decode(encoding, "replace")
    end = tail[len(tail.rstrip()) :].replace("\r\n", "\n")
    return XmlFile(root, data[:at], encoding, _has_crlf(data, encoding), end)


def _has_crlf(data: bytes, encoding: str) -> bool:
    """Whether the file's first line ends with CR and LF."""
    step = 2 if encoding.lower().startswith("utf-16") else 1
    at = data.find(
        "\n".encode("utf-16-le" if encoding == "utf-16-le" else "utf-16-be" if step == 2 else "ascii")
    )
    return at >= step and b"\r" in data[at - step : at]


def _inside_root(data: bytes) -> int | None:
    """Where the root's start tag ends, or None where that cannot be told."""
    parser = expat.ParserCreate()
    found: list[int] = []

    def inside(*_: object) -> None:
        found.append(parser.CurrentByteIndex)
        raise _Found

    def begun(*_: object) -> None:
        parser.StartElementHandler = parser.EndElementHandler = inside
        parser.CharacterDataHandler = parser.StartCdataSectionHandler = inside
        parser.CommentHandler = parser.ProcessingInstructionHandler = inside

    parser.StartElementHandler = begun
    with suppress(_Found, expat.ExpatError, LookupError, ValueError):  # of the last three tells who reads it
        parser.Parse(data, True)
    return found[0] if found else None


def _serialised(root: "_Element") -> Iterator[str]:
    from lxml import etree

    whole = etree.tostring(root, encoding="unicode", with_tail=False)
    yield whole[whole.index(">") + 1 :]  # there is none in an attribute: it is &gt; there
    following = root.getnext()
    while following is not None:  # comments after the root
        yield "\n" + etree.tostring(following, encoding="unicode", with_tail=False)
        following = following.getnext()
