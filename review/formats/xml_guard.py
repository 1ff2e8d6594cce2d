"""Reads XML from strangers: no DTD, no entities of their own, no network, no bottomless nesting."""

import re
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from review.errors import BadInput

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_DTD = "it declares a document type (<!DOCTYPE …>), which is refused for safety: remove that declaration and try again."
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Root:
    """How an XML file begins: the name of its root, and that element's namespace."""

    name: str
    namespace: str = ""


def parse_xml(data: bytes, name: str) -> "_Element":
    """The root of an XML file; BadInput names the line, or the DTD that is refused unread."""
    from lxml import etree  # heavy: the command line's help must not wait for it

    refuse_dtd(BytesIO(data), name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.position[0] or 1
        why = str(error.msg).partition(", line ")[0]
        raise BadInput(f"{name}, line {line}: this XML cannot be read ({why}).") from None
    except (ValueError, LookupError) as error:  # an encoding that is none, as it seems
        raise BadInput(f"{name}, line 1: this XML cannot be read ({error}).") from None
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # in an encoding that the look before does not know
        raise BadInput(f"{name}, line 1: {_NO_DTD}")
    return root


_PIECE = 1 << 16


class _PrologRead(Exception):
    pass


def refuse_dtd(stream: IO[bytes], name: str) -> None:
    """BadInput for a document type declaration; reads little further than the root's start."""
    parser = expat.ParserCreate()

    def found(*_: object) -> None:
        raise BadInput(f"{name}, line {parser.CurrentLineNumber}: {_NO_DTD}")

    def begun(*_: object) -> None:
        raise _PrologRead

    parser.StartDoctypeDeclHandler = found
    parser.StartElementHandler = begun
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
    except _PrologRead:
        return
    except (expat.ExpatError, LookupError, ValueError):
        return  # told better by the reader that follows, which finds no DTD before the fault either


def root_of(start: bytes) -> Root | None:
    """The root of a file that begins so, or None if that is no XML; reads no further than its start tag.

    A document type names the root too: then whatever it declares is left unread.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[Root] = []

    def begun(name: str, *_more: object) -> None:
        namespace, _, local = name.rpartition(" ")
        found.append(Root(local, namespace))
        raise _PrologRead

    parser.StartElementHandler = begun
    parser.StartDoctypeDeclHandler = begun
    with suppress(_PrologRead, expat.ExpatError, LookupError, ValueError):  # no XML, or in no encoding
        parser.Parse(start, False)
    return found[0] if found else None


def local_name(element: "_Element") -> str:
    """An element's name without its namespace; "?" for a processing instruction, "" for a comment."""
    from lxml import etree

    if isinstance(element.tag, str):
        return element.tag.rpartition("}")[2]
    return "?" if element.tag is etree.PI else ""


def beside(element: "_Element", name: str) -> str:
    """A name in the element's own namespace."""
    namespace = str(element.tag).rpartition("}")[0]
    return f"{namespace}}}{name}" if namespace else name


def check_xml_text(text: str, place: str) -> None:
    """BadInput for a character that XML cannot hold in any way."""
    if bad := _NOT_XML.search(text):
        raise BadInput(
            f"{place} holds the character U+{ord(bad.group()):04X}, which an XML file cannot: remove it, or export as JSONL."
        )
