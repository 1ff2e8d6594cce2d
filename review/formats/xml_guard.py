"""Reads XML from strangers: no DTD, no entities of their own, no network, no bottomless nesting."""

from io import BytesIO
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from review.errors import BadInput

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(data: bytes, name: str) -> "_Element":
    """The root of an XML file; BadInput names the line, or the DTD that is refused unread."""
    from lxml import etree  # heavy: the command line's help must not wait for it

    refuse_dtd(BytesIO(data), name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.position[0] or 1
        why = str(error.msg).partition(", line ")[0]
        raise BadInput(f"{name}, line {line}: this XML cannot be read ({why}).") from None


_PIECE = 1 << 16


class _PrologRead(Exception):
    pass


def refuse_dtd(stream: IO[bytes], name: str) -> None:
    """BadInput for a document type declaration; reads little further than the root's start."""
    parser = expat.ParserCreate()

    def found(*_: object) -> None:
        raise BadInput(
            f"{name}, line {parser.CurrentLineNumber}: it declares a document type (<!DOCTYPE …>), which is "
            "refused for safety: remove that declaration and try again."
        )

    def begun(*_: object) -> None:
        raise _PrologRead

    parser.StartDoctypeDeclHandler = found
    parser.StartElementHandler = begun
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
    except _PrologRead:
        return
    except expat.ExpatError:
        return  # told better by the reader that follows, which finds no DTD before the fault either
