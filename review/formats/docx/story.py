"""The paragraphs of one part of a document in reading order, each with the pieces of its visible text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from review.formats.xml_guard import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AROUND_RUNS = {"ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo"}
_LINKS = {"hyperlink", "fldSimple"}
_DRAWN = {"drawing", "pict", "object", "AlternateContent"}


@dataclass(slots=True)
class Piece:
    """A child of a run that shows text, and where that begins in its paragraph's."""

    element: "_Element"
    text: str
    start: int
    link: "_Element | None" = None  # the link or field that it belongs to

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def run(self) -> "_Element":
        return self.element.getparent()


@dataclass(slots=True)
class Paragraph:
    """A paragraph. `twins` are copies of it for programs that cannot draw the shape it is in."""

    element: "_Element"
    boxed: bool = False  # in a text box
    numbered: bool = False  # begins with the sign of a note
    pieces: list[Piece] = field(default_factory=list)
    twins: list["Paragraph"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def paragraphs_of(root: "_Element") -> list[Paragraph]:
    """Every paragraph of a part, empty ones too, with the text as it reads once all its changes are accepted."""
    return _Walk([]).through(root).found


@dataclass
class _Walk:
    found: list[Paragraph]
    boxed: bool = False
    # The fields that are open: the element that begins each, and whether its text is shown yet.
    fields: list[tuple["_Element", bool]] = field(default_factory=list)

    def through(self, element: "_Element") -> "_Walk":
        for child in element:
            match local_name(child):
                case "p":
                    self._paragraph(child)
                case "Fallback":
                    pass
                case "tr" if _deleted_row(child):
                    pass
                case _:
                    self.through(child)
        return self

    def _paragraph(self, element: "_Element") -> None:
        paragraph = Paragraph(element, self.boxed)
        self.found.append(paragraph)
        for drawn in self._inline(element, paragraph, None):
            if local_name(drawn) == "AlternateContent":
                self._alternatives(drawn)
            else:
                self._boxes(drawn, self.found)

    def _alternatives(self, element: "_Element") -> None:
        """The text boxes of a shape: those of its first form, the others as their twins."""
        forms = [child for child in element if local_name(child) in ("Choice", "Fallback")]
        read = [self._boxes(form, []) for form in forms]
        for other in read[1:]:
            if [p.text for p in other] == [p.text for p in read[0]]:
                for paragraph, twin in zip(read[0], other, strict=True):
                    paragraph.twins.append(twin)
        self.found.extend(read[0] if read else [])

    def _boxes(self, element: "_Element", found: list[Paragraph]) -> list[Paragraph]:
        for box in _text_boxes(element):
            _Walk(found, boxed=True).through(box)
        return found

    def _inline(
        self, element: "_Element", paragraph: Paragraph, link: "_Element | None"
    ) -> Iterator["_Element"]:
        """Take in the runs of a paragraph; yields what is drawn in it."""
        for child in element:
            name = local_name(child)
            if name == "r":
                yield from self._run(child, paragraph, link)
            elif name in _LINKS:
                yield from self._inline(child, paragraph, link if link is not None else child)
            elif name in _AROUND_RUNS:
                yield from self._inline(child, paragraph, link)

    def _run(self, run: "_Element", paragraph: Paragraph, link: "_Element | None") -> Iterator["_Element"]:
        at = paragraph.pieces[-1].end if paragraph.pieces else 0
        for child in run:
            name = local_name(child)
            if name == "fldChar":
                self._field(child)
            elif name in ("footnoteRef", "endnoteRef"):
                paragraph.numbered = True
            elif name == "tab" and paragraph.numbered and not at:
                pass  # it belongs to the sign
            elif name in _DRAWN and not (name == "AlternateContent" and _shown(child, name)):
                yield child
            elif (text := _shown(child, name)) and all(shows for _, shows in self.fields):
                outermost = link if link is not None or not self.fields else self.fields[0][0]
                paragraph.pieces.append(Piece(child, text, at, outermost))
                at += len(text)

    def _field(self, char: "_Element") -> None:
        kind = attribute(char, "fldCharType")
        if kind == "begin":
            self.fields.append((char, False))
        elif kind == "separate" and self.fields:
            self.fields[-1] = (self.fields[-1][0], True)
        elif kind == "end" and self.fields:
            self.fields.pop()


def visible_text(element: "_Element") -> str:
    """What a text element shows: line breaks in it are spaces, and outer spaces count where they are to be kept."""
    text = str(element.xpath("string()")).replace("\n", " ")
    return text if element.get(_SPACE) == "preserve" else text.strip(" \t\r")


def _shown(child: "_Element", name: str) -> str:
    """What a child of a run shows as text."""
    match name:
        case "t":
            return visible_text(child)
        case "tab" | "ptab":
            return "\t"
        case "cr":
            return "\n"
        case "br":
            return "\n" if attribute(child, "type") in ("", "textWrapping") else ""
        case "noBreakHyphen":
            return "\u2011"
        case "softHyphen":
            return "\u00ad"
        case "sym":
            return _symbol(attribute(child, "char"))
        case "AlternateContent":  # an emoji, of which older programs get the character alone
            return next((_symbol(attribute(one, "char")) for one in child.iter("{*}symEx")), "")
    return ""


def _symbol(code: str) -> str:
    try:
        text = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return text if text.isprintable() or "\ue000" <= text <= "\uf8ff" else ""


def attribute(element: "_Element", name: str) -> str:
    """An attribute of an element, of the same namespace."""
    return str(element.get(f"{str(element.tag).rpartition('}')[0]}}}{name}", ""))


def _deleted_row(row: "_Element") -> bool:
    return any(
        local_name(child) == "trPr" and any(local_name(mark) == "del" for mark in child) for child in row
    )


def _text_boxes(element: "_Element") -> Iterator["_Element"]:
    for child in element:
        name = local_name(child)
        if name == "txbxContent":
            yield child
        elif name != "Fallback":
            yield from _text_boxes(child)
