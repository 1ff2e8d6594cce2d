"""Writes a batch as a test set of WMT: documents with source, references and all systems, corrected ones beside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from review.formats.xml_guard import check_xml_text

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


@dataclass(frozen=True, slots=True)
class SetSegment:
    """A segment of a set, with the text of each system by name."""

    number: int
    document: str
    source: str | None
    references: tuple[str, ...]
    hypotheses: dict[str, str]


def write_wmt_xml(
    segments: Iterable[SetSegment], set_id: str, languages: tuple[str, str], stream: BinaryIO
) -> None:
    """Segments of one document stand together; ids count within each, and are written once.

    BadInput names the segment with a character that XML cannot hold.
    """
    _put(stream, f"<?xml version='1.0' encoding='utf-8'?>\n<dataset id={_attribute(set_id)}>\n")
    seen: dict[str, int] = {}
    for document, run in groupby(segments, key=lambda segment: segment.document):
        seen[document] = seen.get(document, 0) + 1
        name = document if seen[document] == 1 else f"{document}-{seen[document]}"
        _put(stream, f"  <doc origlang={_attribute(languages[0])} id={_attribute(name)}>\n")
        some = list(run)
        for tag, texts in _versions(some, languages):
            _put(stream, f"    <{tag}>\n      <p>\n")
            for count, (segment, text) in enumerate(zip(some, texts, strict=True), start=1):
                if text is not None:
                    check_xml_text(text, f"Segment {segment.number}")
                    _put(stream, f'        <seg id="{count}">{text.translate(_ESCAPES)}</seg>\n')
            _put(stream, f"      </p>\n    </{tag.partition(' ')[0]}>\n")
        _put(stream, "  </doc>\n")
    _put(stream, "</dataset>\n")


def _versions(
    some: Sequence[SetSegment], languages: tuple[str, str]
) -> Iterator[tuple[str, list[str | None]]]:
    """The elements of a document: how each begins, and its texts; None where it has none."""
    source, target = (f" lang={_attribute(language)}" if language else "" for language in languages)
    if any(segment.source is not None for segment in some):
        yield f"src{source}", [segment.source for segment in some]
    for n in range(max(len(segment.references) for segment in some)):
        texts = [segment.references[n] if n < len(segment.references) else None for segment in some]
        yield f'ref{target} translator="{chr(ord("A") + n) if n < 26 else n + 1}"', texts
    for system in some[0].hypotheses:
        yield f"hyp{target} system={_attribute(system)}", [s.hypotheses[system] for s in some]


def _attribute(text: str) -> str:
    check_xml_text(text, f"The name “{text}”")
    return quoteattr(text, {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def _put(stream: BinaryIO, text: str) -> None:
    stream.write(text.encode("utf-8"))
