"""Comments of a document: what checks and reviewers say, beside the words that they mean."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from review.formats.docx.package import Package
from review.formats.docx.runs import cut, fill, named, part_after, part_before
from review.formats.docx.story import Paragraph
from review.formats.docx.tracked import TARKKA, stamp
from review.formats.shape import Reviewed
from review.formats.xml_guard import check_xml_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence on a stretch of a text."""

    start: int
    end: int
    author: str
    text: str
    moment: datetime | None = None


def remarks_on(reviewed: Reviewed, place: str) -> list[Remark]:
    """What there is to say on a segment: its flags on their spans, comments on all of it."""
    whole = len(reviewed.text)
    out = []
    for flag in reviewed.flags:
        suggested = f" Suggested: {', '.join(flag.suggestions)}" if flag.suggestions else ""
        out.append(Remark(min(flag.start, whole), min(flag.end, whole), TARKKA, flag.message + suggested))
    for comment in reviewed.comments:
        maker, colon, text = comment.partition(": ")
        out.append(Remark(0, whole, maker if colon else "", text if colon else comment))
    for one in out:
        check_xml_text(one.author + one.text, f"A comment on {place[0].lower()}{place[1:]}")
    return out


class Remarks:
    """The part of a document that holds its comments; made where it has none."""

    def __init__(self, package: Package, main: str, body: "_Element") -> None:
        from lxml import etree

        self._package, self._main = package, main
        known = [one.target for one in package.relations(main) if one.kind == "comments"]
        self._part = next((part for part in known if package.has(part)), None)
        self._root = (
            package.parse(self._part)
            if self._part
            else etree.Element(named(body, "comments"), nsmap={"w": str(body.tag)[1:].partition("}")[0]})
        )
        ids = [str(one.get(named(self._root, "id"), "")) for one in self._root]
        self._next = max((int(i) for i in ids if i.isascii() and i.isdigit()), default=-1) + 1
        self._any = False

    def add(self, paragraph: Paragraph, remark: Remark) -> None:
        """Put a remark beside its words."""
        from lxml import etree

        root = self._root
        number, self._next, self._any = self._next, self._next + 1, True
        comment = etree.SubElement(
            root, named(root, "comment"), stamp(root, number, remark.author, remark.moment)
        )
        comment.set(named(root, "initials"), (remark.author or TARKKA)[0].upper())
        for line in remark.text.split("\n"):
            run = etree.SubElement(etree.SubElement(comment, named(root, "p")), named(root, "r"))
            fill(run, line)
        self._anchor(paragraph, remark, number)

    def _anchor(self, paragraph: Paragraph, remark: Remark, number: int) -> None:
        cut(paragraph, remark.start)
        cut(paragraph, remark.end)
        element = paragraph.element
        start, end = (self._mark(element, f"commentRange{side}", number) for side in ("Start", "End"))
        meant = [p for p in paragraph.pieces if remark.start <= p.start < remark.end]
        if meant:
            part_before(meant[0].element)
            meant[0].run.addprevious(start)
            part_after(meant[-1].element)
            meant[-1].run.addnext(end)
        else:
            element.extend([start, end])
        run = element.makeelement(named(element, "r"), {}, element.nsmap)
        run.append(self._mark(element, "commentReference", number))
        end.addnext(run)

    def _mark(self, element: "_Element", name: str, number: int) -> "_Element":
        return element.makeelement(named(element, name), {named(element, "id"): str(number)})

    def save(self) -> None:
        """Put the part into the package, if anything was said."""
        if not self._any:
            return
        if self._part:
            self._package.put(self._part, self._root)
            return
        folder = self._main.rpartition("/")[0]
        part = next(
            name
            for n in range(1, 1000)
            if not self._package.has(name := f"{folder}/comments{n if n > 1 else ''}.xml".lstrip("/"))
        )
        relation = next(one for one in self._package.relations() if one.kind == "officeDocument")
        self._package.add(part, self._root, _TYPE, self._main, f"{relation.address}/comments")
