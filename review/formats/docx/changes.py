"""Writes a document with its corrections as tracked changes, and flags and comments as comments."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, BinaryIO

from review.formats.docx.edits import Pen, rewrite
from review.formats.docx.package import Package
from review.formats.docx.parts import Place, Story, open_stories, placed
from review.formats.docx.plain import plain_document
from review.formats.docx.remarks import Remarks, remarks_on
from review.formats.docx.story import attribute, paragraphs_of
from review.formats.docx.tracked import TrackingPen
from review.formats.shape import Reviewed
from review.formats.xml_guard import check_xml_text

if TYPE_CHECKING:
    from lxml.etree import _Element

DROPS = (
    "marked errors and scores; comments on footnotes, headers, footers and text boxes, where Word takes none"
)


def write_tracked(original: bytes, segments: Sequence[Reviewed], stream: BinaryIO) -> None:
    """An imported document with what was changed in it."""
    package = Package.open(BytesIO(original), "the imported document")
    stories = open_stories(package)
    _write(package, stories, placed(stories, segments), stream)


def write_tracked_anew(segments: Sequence[Reviewed], title: str, language: str, stream: BinaryIO) -> None:
    """A document of plain paragraphs with what was changed in them, for texts that came otherwise."""
    for number, one in enumerate(segments, start=1):
        check_xml_text(one.text, f"Segment {number}")
    made = plain_document([one.hypothesis for one in segments], title, language)
    package = Package.open(BytesIO(made), "the document")
    body = open_stories(package)[0]
    # Empty paragraphs too are segments here.
    pairs = enumerate(zip(body.paragraphs, segments, strict=True), start=1)
    places = [Place(paragraph, one, f"Segment {number}") for number, (paragraph, one) in pairs]
    _write(package, [body], iter([(body, places)]), stream)


def _write(
    package: Package,
    stories: Sequence[Story],
    every: Iterator[tuple[Story, list[Place]]],
    stream: BinaryIO,
) -> None:
    numbers = count(max(_highest_id(story.root) for story in stories) + 1)
    remarks = Remarks(package, stories[0].part, stories[0].root)
    for story, places in every:
        for one in places:
            rewrite(one.paragraph, one.reviewed.text, _pen(numbers, one.reviewed))
        said = not story.kind and _remark(story, places, remarks)
        if said or any(one.reviewed.changed for one in places):
            package.put(story.part, story.root)
    remarks.save()
    package.write(stream)


def _pen(numbers: Iterator[int], reviewed: Reviewed) -> Callable[[], Pen]:
    return lambda: TrackingPen(numbers, reviewed.reviewer, reviewed.made_at)


def _remark(story: Story, places: Sequence[Place], remarks: Remarks) -> bool:
    """Put remarks beside the texts of the body as they read with the changes accepted; whether there were any."""
    now = {id(paragraph.element): paragraph for paragraph in paragraphs_of(story.root)}
    said = False
    for one in places:
        for remark in [] if one.paragraph.boxed else remarks_on(one.reviewed, one.name):
            remarks.add(now[id(one.paragraph.element)], remark)
            said = True
    return said


def _highest_id(root: "_Element") -> int:
    """The highest number that marks of changes, bookmarks and the like bear in a part."""
    ids = (attribute(one, "id") for one in root.iter() if isinstance(one.tag, str))
    return max((int(i) for i in ids if i.isascii() and i.isdigit() and len(i) < 10), default=0)
