"""Name lists as CSV and as TBX (ISO 30042, Basic, DCT style), in and out.

CSV has the columns variant, right; an empty right means that the variant is right as it is. In TBX a
concept is a name: its preferred term the right form, its superseded terms the variants.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from review.errors import BadInput
from review.formats.guard import check_characters, decode

Pair = tuple[str, str | None]  # variant, its right form or None: right as it is

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_STATUS = "administrativeStatus"
_PREFERRED = "preferredTerm-admn-sts"
_SUPERSEDED = "supersededTerm-admn-sts"
_DEEPEST = 50
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(pairs: Iterable[Pair]) -> bytes:
    """A header and a row a variant; a cell that a spreadsheet would run is prefixed with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["variant", "right"])
    for variant, right in pairs:
        writer.writerow([_inert(variant), _inert(right or "")])
    return out.getvalue().encode("utf-8")


def read_csv(data: bytes, name: str) -> list[Pair]:
    """Rows under a header with "variant" and "right"; BadInput names the line."""
    text = decode(data, name).text
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    pairs: list[Pair] = []
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        if "variant" not in header or "right" not in header:
            raise BadInput(f"{name}, line 1: a header with “variant” and “right” is missing.")
        columns = header.index("variant"), header.index("right")
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise BadInput(
                    f"{name}, line {reader.line_num}: {len(row)} cells under a header of {len(header)}."
                )
            variant, right = (_plain(row[column].strip()) for column in columns)
            if not variant:
                raise BadInput(f"{name}, line {reader.line_num}: the variant is empty.")
            pairs.append((variant, right or None))
    except csv.Error as error:
        raise BadInput(f"{name}, line {reader.line_num}: this is not CSV ({error}).") from None
    return pairs


def write_tbx(pairs: Iterable[Pair], language: str) -> bytes:
    """A TBX-Basic document with one concept a name."""
    concepts: dict[str, list[str]] = defaultdict(list)
    for variant, right in pairs:
        concepts[right or variant].extend([variant] if right else [])
    root = ElementTree.Element(
        "tbx", {"style": "dct", "type": "TBX-Basic", "xml:lang": "en", "xmlns": _NAMESPACE}
    )
    header = ElementTree.SubElement(root, "tbxHeader")
    described = ElementTree.SubElement(ElementTree.SubElement(header, "fileDesc"), "sourceDesc")
    ElementTree.SubElement(described, "p").text = "Names decided by reviewers in Tarkka"
    body = ElementTree.SubElement(ElementTree.SubElement(root, "text"), "body")
    for number, (right, variants) in enumerate(sorted(concepts.items()), start=1):
        concept = ElementTree.SubElement(body, "conceptEntry", {"id": f"n{number}"})
        section = ElementTree.SubElement(concept, "langSec", {"xml:lang": language or "und"})
        for term, status in [(right, _PREFERRED), *((v, _SUPERSEDED) for v in variants)]:
            entry = ElementTree.SubElement(section, "termSec")
            ElementTree.SubElement(entry, "term").text = term
            ElementTree.SubElement(entry, "termNote", {"type": _STATUS}).text = status
    ElementTree.indent(root, " ")
    document: str = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()


def read_tbx(data: bytes, name: str) -> list[Pair]:
    """Each concept's superseded terms with its preferred one; a concept without variants is right as it is."""
    root = parse_xml(data, name)
    pairs: list[Pair] = []
    for section in (e for e in root.iter() if _tag(e) in ("langSec", "langSet")):
        terms = list(_terms(section))
        if not terms:
            continue
        preferred = next((term for term, status in terms if status.startswith("preferred")), terms[0][0])
        variants = [term for term, _ in terms if term != preferred]
        pairs.extend((variant, preferred) for variant in variants)
        if not variants:
            pairs.append((preferred, None))
    if not pairs:
        raise BadInput(f"{name}: there is no term in this TBX file.")
    return pairs


def read_names(data: bytes, name: str) -> list[Pair]:
    """CSV or TBX, by content."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    pairs = read_tbx(data, name) if start == b"<" else read_csv(data, name)
    for variant, right in pairs:
        check_characters(f"{variant}\n{right or ''}", name)
    return pairs


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


def _terms(section: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for entry in (e for e in section.iter() if _tag(e) in ("termSec", "tig", "ntig")):
        term = next((e.text or "" for e in entry.iter() if _tag(e) == "term"), "").strip()
        notes = (e for e in entry.iter() if _tag(e) in ("termNote", _STATUS))
        status = next((e.text or "" for e in notes if e.get("type", _STATUS) == _STATUS), "")
        if term:
            yield term, status


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell
