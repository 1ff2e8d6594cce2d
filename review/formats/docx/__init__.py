"""DOCX: a document's paragraphs as segments, written again with their styles."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

from review.formats.docx.edits import Pen, rewrite
from review.formats.docx.package import Package
from review.formats.docx.parts import Headings, open_stories, placed, segments_of
from review.formats.guard import Limits, check_size
from review.formats.naming import label_of
from review.formats.shape import DocumentFormat, Parsed, Reviewed
from review.model import SegmentTexts

_WORD = re.compile(rb"PK\x03\x04.{26}word/", re.DOTALL)


class Docx(DocumentFormat):
    """Word documents: body, footnotes, endnotes, headers and footers, in this order; text boxes where they stand.

    A paragraph is a segment, in tables too; one without text is none. Changes that are tracked already count as
    accepted and stay tracked. Of fields and links what they show is text; formulas and pictures are left alone.
    """

    id = "docx"
    title = "Word document (DOCX)"
    suffix = ".docx"
    mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    drops = (
        "flags, comments, marked errors and scores; control characters, which it cannot hold, are refused; "
        "a segment left without text is no segment any more"
    )

    def recognises(self, start: bytes) -> bool:
        return _WORD.search(start) is not None

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        package = Package.open(stream, name)
        stories = open_stories(package)
        headings = Headings(package, stories[0].part)
        segments: list[SegmentTexts] = []
        for story in stories:
            for paragraph in segments_of(story):
                check_size(paragraph.text, f"{name}, segment {len(segments) + 1}", limits)
                notes = tuple(note for note in (story.kind, headings.note(paragraph)) if note)
                segments.append(SegmentTexts((paragraph.text,), document="1", notes=notes))
        return Parsed((label_of(name),), segments, ({},))

    def write(self, original: bytes, segments: Sequence[Reviewed], stream: BinaryIO, system: int = 0) -> None:
        if not any(segment.changed for segment in segments):
            stream.write(original)
            return
        package = Package.open(BytesIO(original), "the imported document")
        for story, places in placed(open_stories(package), segments):
            for one in places:
                rewrite(one.paragraph, one.reviewed.text, Pen)
            if any(one.reviewed.changed for one in places):
                package.put(story.part, story.root)
        package.write(stream)
