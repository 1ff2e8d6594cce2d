"""Writes sources and corrected texts as a translation memory."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from review.codes import Marker, markers, pairs
from review.formats.shape import Reviewed
from review.formats.xml_guard import check_xml_text

TMX_DROPS = (
    "marked errors, scores, flags, and segments without a source; control characters, which XML cannot hold, "
    "are refused"
)
_START = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="Tarkka" creationtoolversion="1" segtype="block" o-tmf="Tarkka" adminlang="en" srclang={} datatype="plaintext"/>
<body>
"""
_LINE_END = {"\r": "&#13;"}


def write_tmx(segments: Iterable[Reviewed], source_lang: str, target_lang: str, stream: BinaryIO) -> None:
    """The segments that have a source as TMX 1.4; BadInput for a character that XML cannot hold."""
    languages = quoteattr(source_lang or "und"), quoteattr(target_lang or "und")
    stream.write(_START.format(languages[0]).encode())
    for number, one in enumerate(segments, start=1):
        if one.source is not None:
            stream.write("".join(_unit(one, one.source, languages, f"Segment {number}")).encode())
    stream.write(b"</body>\n</tmx>\n")


def _unit(one: Reviewed, source: str, languages: tuple[str, str], place: str) -> Iterator[str]:
    for text in (source, one.text, one.reviewer, *one.comments):
        check_xml_text(text, place)
    yield "<tu>"
    for comment in one.comments:
        yield f"<note>{escape(comment, _LINE_END)}</note>"
    yield f"<tuv xml:lang={languages[0]}><seg>{_inline(source)}</seg></tuv>"
    yield f"<tuv xml:lang={languages[1]}{''.join(_made(one))}><seg>{_inline(one.text)}</seg></tuv></tu>\n"


def _made(one: Reviewed) -> Iterator[str]:
    """Who made the text, and when."""
    if one.made_at is not None:
        yield f' changedate="{one.made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"'
    if one.reviewer:
        yield f" changeid={quoteattr(one.reviewer)}"


def _inline(text: str) -> str:
    """A text as the content of a seg, its markers as elements."""
    found = markers(text)
    whole = {number for number, (first, last) in pairs(found).items() if first.start < last.start}
    done: set[str] = set()
    out: list[str] = []
    at = 0
    for one in found:
        out += [
            escape(text[at : one.start], _LINE_END),
            _element(one, one.number in whole and one.text not in done),
        ]
        done.add(one.text)
        at = one.end
    return "".join([*out, escape(text[at:], _LINE_END)])


def _element(one: Marker, paired: bool) -> str:
    if one.form == "single":
        return f'<ph x="{one.number}"/>'
    if paired:
        name = "bpt" if one.form == "open" else "ept"
        return f'<{name} i="{one.number}"/>'
    position = "begin" if one.form == "open" else "end"
    return f'<it pos="{position}" x="{one.number}"/>'
