"""The parts of a document that hold paragraphs, and which of these are segments."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.errors import BadInput
from review.formats.docx.package import Package
from review.formats.docx.story import Paragraph, attribute, paragraphs_of
from review.formats.shape import Reviewed
from review.formats.xml_guard import check_xml_text, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_BESIDE = ("footnotes", "endnotes", "header", "footer")
_HEADING = re.compile(r"heading \d|title|subtitle", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Story:
    """A part with paragraphs. `kind` is "" for the body, else what it is to that."""

    part: str
    root: "_Element"
    kind: str
    paragraphs: list[Paragraph]


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph, what review made of it, and how to call it."""

    paragraph: Paragraph
    reviewed: Reviewed
    name: str


def open_stories(package: Package) -> list[Story]:
    """All parts with paragraphs, the body first; BadInput for what is no Word document."""
    main = next((one.target for one in package.relations() if one.kind == "officeDocument"), None)
    root = package.parse(main) if main else None
    if main is None or root is None or local_name(root) != "document":
        raise BadInput(f"{package.name}: this is no Word document; save it as .docx and retry.")
    stories = [Story(main, root, "", paragraphs_of(root))]
    beside = [one for one in package.relations(main) if one.kind in _BESIDE and package.has(one.target)]
    for one in sorted(beside, key=lambda one: _BESIDE.index(one.kind)):
        if one.target not in [story.part for story in stories]:
            root = package.parse(one.target)
            stories.append(Story(one.target, root, one.kind.removesuffix("s"), paragraphs_of(root)))
    return stories


def segments_of(story: Story) -> list[Paragraph]:
    """The paragraphs that are segments: those with text."""
    return [paragraph for paragraph in story.paragraphs if paragraph.text.strip()]


def placed(stories: Sequence[Story], segments: Sequence[Reviewed]) -> Iterator[tuple[Story, list[Place]]]:
    """The segments of each story; BadInput for a text that XML cannot hold."""
    at = 0
    for story in stories:
        paragraphs = segments_of(story)
        places = [
            Place(paragraph, reviewed, f"Segment {number}")
            for number, (paragraph, reviewed) in enumerate(
                zip(paragraphs, segments[at : at + len(paragraphs)], strict=True), start=at + 1
            )
        ]
        at += len(paragraphs)
        for one in places:
            check_xml_text(one.reviewed.text, one.name)
        yield story, places


class Headings:
    """Which paragraphs are headings, by the names of their styles."""

    def __init__(self, package: Package, main: str) -> None:
        self._names: dict[str, str] = {}
        for one in package.relations(main):
            if one.kind == "styles" and package.has(one.target):
                for style in package.parse(one.target):
                    self._names |= {
                        attribute(style, "styleId"): attribute(child, "val")
                        for child in style
                        if local_name(child) == "name"
                    }

    def note(self, paragraph: Paragraph) -> str:
        """The name of a heading's style, else ""."""
        for properties in paragraph.element:
            if local_name(properties) == "pPr":
                for one in properties:
                    name = self._names.get(attribute(one, "val"), "")
                    if local_name(one) == "pStyle" and _HEADING.fullmatch(name):
                        return f"style: {name[0].upper()}{name[1:]}"
        return ""
