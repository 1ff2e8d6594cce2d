"""HTML: the texts of an article's blocks as segments, written again with nothing else touched."""

import codecs
import re
from collections.abc import Sequence
from typing import BinaryIO

from review.formats.guard import Limits, check_size
from review.formats.html.filling import filled
from review.formats.html.page import find_page, open_page
from review.formats.naming import label_of, language_of
from review.formats.shape import DocumentFormat, Parsed, Reviewed
from review.model import SegmentTexts

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|article|main|section|header|div|"
    r"h[1-6]|p|ul|ol|table|blockquote|figure|title|meta)(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Html(DocumentFormat):
    """An article in HTML: what stands between two blocks (headings, paragraphs, list items, cells, the title …).

    Tags inside a text are codes, line breaks in it <br>; white space reads as a browser shows it. Tags around all of
    a text do not belong to it. Menus (nav), pre, scripts, what stands in attributes, and blocks that say
    translate="no" are left alone. A corrected segment keeps the source of every word that stays.
    """

    id = "html"
    title = "HTML article"
    suffix = ".html"
    mimetype = "text/html"
    drops = (
        "flags, comments, marked errors and scores; tags whose codes were taken out; several spaces in a row; "
        "a segment left without text is no segment any more"
    )

    def recognises(self, start: bytes) -> bool:
        mark, encoding = next(((m, e) for m, e in _BOMS if start.startswith(m)), (b"", "latin-1"))
        return _START.match(start[len(mark) :].decode(encoding, "replace")) is not None

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        page = open_page(stream.read(), name, encoding)
        segments = []
        for number, block in enumerate(page.blocks, start=1):
            check_size(block.text, f"{name}, segment {number}", limits)
            notes = tuple(note for note in (block.note, block.legend(page.decoded.text)) if note)
            segments.append(SegmentTexts((block.text,), document="1", notes=notes))
        return Parsed((label_of(name),), segments, ({},), "", language_of(page.language))

    def write(self, original: bytes, segments: Sequence[Reviewed], stream: BinaryIO, system: int = 0) -> None:
        if not any(segment.changed for segment in segments):
            stream.write(original)
            return
        page = find_page(original, [segment.hypothesis for segment in segments])
        source, out, at = page.decoded.text, [], 0
        for block, segment in zip(page.blocks, segments, strict=True):
            if segment.changed:
                out += [source[at : block.start], filled(block, segment.text, source)]
                at = block.end
        text = "".join([*out, source[at:]])
        # What the file's encoding lacks is written as a reference to the character.
        stream.write(page.decoded.encode("") + text.encode(page.decoded.encoding, "xmlcharrefreplace"))
