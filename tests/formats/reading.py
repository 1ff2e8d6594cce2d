"""Reads and writes document formats in tests, and compares what they make as trees."""

import io
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from review.formats.guard import Limits
from review.formats.shape import DocumentFormat, Parsed, Reviewed
from review.model import Status

SAMPLES = Path(__file__).parent / "samples"


def read(fmt: DocumentFormat, data: bytes, name: str = "sample.xlf") -> Parsed:
    return fmt.read(io.BytesIO(data), name, Limits())


def unreviewed(parsed: Parsed, system: int = 0) -> list[Reviewed]:
    """Every segment as the machine left it."""
    return [Reviewed(s.hypotheses[system], s.hypotheses[system], source=s.source) for s in parsed.segments]


def corrected(parsed: Parsed, texts: Mapping[int, str], system: int = 0) -> list[Reviewed]:
    """The segments, some of them (by place) corrected, or confirmed where their text stays."""
    out = unreviewed(parsed, system)
    for at, text in texts.items():
        status = Status.CONFIRMED if text == out[at].hypothesis else Status.EDITED
        out[at] = Reviewed(out[at].hypothesis, text, status, out[at].source)
    return out


def write(fmt: DocumentFormat, original: bytes, segments: list[Reviewed]) -> bytes:
    out = io.BytesIO()
    fmt.write(original, segments, out)
    return out.getvalue()


def tree(data: bytes) -> list[object]:
    """An XML file as nested lists: names, attributes, texts, comments, everything."""
    return _nested(etree.fromstring(data))


def _nested(element: etree._Element) -> list[object]:
    name = element.tag if isinstance(element.tag, str) else element.tag.__name__
    inner = [_nested(child) for child in element]
    return [name, sorted(element.attrib.items()), element.text or "", inner, element.tail or ""]
