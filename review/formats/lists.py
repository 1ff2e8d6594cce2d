"""What lists of names and of terms share: rows of CSV, and the concepts of TBX (ISO 30042, Basic, DCT style)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat

from review.errors import BadInput
from review.formats.guard import decode

PREFERRED = "preferredTerm-admn-sts"
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_STATUS = "administrativeStatus"
_DEEPEST = 50
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV under a header; a cell that a spreadsheet would run is prefixed with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([inert(cell) for cell in row])
    return out.getvalue().encode("utf-8")


def read_rows(
    data: bytes, name: str, needed: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each row, in the order of the columns asked for; BadInput names the line.

    An optional column that is not there is empty.
    """
    reader = csv.reader(io.StringIO(decode(data, name).text, newline=""), strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        if not set(needed) <= set(header):
            raise BadInput(
                f"{name}, line 1: a header with {' and '.join(f'“{n}”' for n in needed)} is missing."
            )
        places = [header.index(n) if n in header else None for n in (*needed, *optional)]
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                cells = f"{len(row)} cells under a header of {len(header)}"
                raise BadInput(f"{name}, line {reader.line_num}: {cells}.")
            yield reader.line_num, ["" if at is None else plain(row[at].strip()) for at in places]
    except csv.Error as error:
        raise BadInput(f"{name}, line {reader.line_num}: this is not CSV ({error}).") from None


@dataclass(frozen=True, slots=True)
class TbxTerm:
    """A term of a concept in one language, its status in the words of TBX, and a note."""

    term: str
    status: str = PREFERRED
    note: str = ""


# A concept: its terms by language, in order.
Concept = Sequence[tuple[str, Sequence[TbxTerm]]]


def write_concepts(description: str, concepts: Iterable[Concept], prefix: str) -> bytes:
    """A TBX-Basic document."""
    attributes = {"style": "dct", "type": "TBX-Basic", "xml:lang": "en", "xmlns": _NAMESPACE}
    root = ElementTree.Element("tbx", attributes)
    header = ElementTree.SubElement(root, "tbxHeader")
    described = ElementTree.SubElement(ElementTree.SubElement(header, "fileDesc"), "sourceDesc")
    ElementTree.SubElement(described, "p").text = description
    body = ElementTree.SubElement(ElementTree.SubElement(root, "text"), "body")
    for number, sections in enumerate(concepts, start=1):
        concept = ElementTree.SubElement(body, "conceptEntry", {"id": f"{prefix}{number}"})
        for language, terms in sections:
            section = ElementTree.SubElement(concept, "langSec", {"xml:lang": language or "und"})
            for one in terms:
                entry = ElementTree.SubElement(section, "termSec")
                ElementTree.SubElement(entry, "term").text = one.term
                ElementTree.SubElement(entry, "termNote", {"type": _STATUS}).text = one.status
                if one.note:
                    ElementTree.SubElement(entry, "note").text = one.note
    ElementTree.indent(root, " ")
    document: str = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()


def read_concepts(data: bytes, name: str) -> Iterator[list[tuple[str, list[TbxTerm]]]]:
    """The concepts of a TBX document, those without any term left out."""
    for concept in (e for e in parse_xml(data, name).iter() if _tag(e) in ("conceptEntry", "termEntry")):
        sections = [
            (section.get("{http://www.w3.org/XML/1998/namespace}lang", ""), list(_terms(section)))
            for section in concept.iter()
            if _tag(section) in ("langSec", "langSet")
        ]
        if found := [(language, terms) for language, terms in sections if terms]:
            yield found


def parse_xml(data: bytes, name: str) -> ElementTree.Element:
    """An XML document without a DTD and not too deep; BadInput for any other."""
    parser = expat.ParserCreate()
    depth = 0

    def opened(tag: str, attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise BadInput(f"{name}, line {parser.CurrentLineNumber}: the XML is nested too deeply.")

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*declaration: object) -> None:
        raise BadInput(
            f"{name}, line {parser.CurrentLineNumber}: XML with a DTD is not taken; remove the DOCTYPE."
        )

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(data, True)
        return ElementTree.fromstring(data)
    except (expat.ExpatError, ElementTree.ParseError) as error:
        raise BadInput(f"{name}, line {parser.CurrentLineNumber}: this is not XML ({error}).") from None


def looks_like_xml(data: bytes) -> bool:
    """Whether bytes are XML, by how they begin."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _terms(section: ElementTree.Element) -> Iterator[TbxTerm]:
    for entry in (e for e in section.iter() if _tag(e) in ("termSec", "tig", "ntig")):
        term = next((e.text or "" for e in entry.iter() if _tag(e) == "term"), "").strip()
        notes = (e for e in entry.iter() if _tag(e) in ("termNote", _STATUS))
        status = next((e.text or "" for e in notes if e.get("type", _STATUS) == _STATUS), "")
        note = next((e.text or "" for e in entry.iter() if _tag(e) == "note"), "").strip()
        if term:
            yield TbxTerm(term, status.strip(), note)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def inert(cell: str) -> str:
    """A cell of CSV that no spreadsheet runs: prefixed with an apostrophe where it would."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """A cell without such a prefix."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell
