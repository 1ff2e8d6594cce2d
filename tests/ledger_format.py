"""A document format for tests of what is done with one: a heading, then source | target | note on each line."""

from collections.abc import Sequence
from typing import BinaryIO

from review.formats.guard import Limits, decode
from review.formats.shape import DocumentFormat, Parsed, Reviewed
from review.model import SegmentTexts

HEADING = b"LEDGER 1\n"


class Ledger(DocumentFormat):
    id = "ledger"
    title = "ledger"
    suffix = ".ledger"
    mimetype = "application/x-ledger"
    drops = "dates"

    def recognises(self, start: bytes) -> bool:
        return start.startswith(HEADING)

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        lines = decode(stream.read(), name, encoding).text.splitlines()[1:]
        cells = [line.split(" | ") for line in lines]
        segments = [
            SegmentTexts((target,), source, (), "1", (note,) if note else ())
            for source, target, note in cells
        ]
        return Parsed(("machine",), segments, ({},), "fi", "en")

    def write(self, original: bytes, segments: Sequence[Reviewed], stream: BinaryIO, system: int = 0) -> None:
        heading, *lines = original.decode().splitlines()
        told = [heading]
        for line, s in zip(lines, segments, strict=True):
            note = line.split(" | ")[2]
            if s.reviewer:
                note = f"{s.status} by {s.reviewer}, {len(s.flags)} flags, {'; '.join(s.comments)}"
            told.append(f"{s.source} | {s.text} | {note}")
        stream.write("\n".join(told).encode() + b"\n")
