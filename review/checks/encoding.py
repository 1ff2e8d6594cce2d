"""Damage by a wrong encoding: "pÃ¤ivÃ¤" where "päivä" was meant, and letters lost as "�"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from review.checks.family import Check, Family
from review.checks.style import Marks
from review.model import Context, Document, Flag, Segment, Severity

# UTF-8 read as Windows-1252 or Latin-1: a lead byte (Â–ô) and continuation bytes, in either's reading.
_SUSPECT = re.compile(r"(?:[Â-ô](?:[\x80-\xbf]|[€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]){1,3})+|[\x80-\x9f]+")
_LONGEST = 60  # of longer damage only the beginning is read, and no mended form is offered
_LOST_APOSTROPHE = re.compile(r"(?<=[^\W\d_])\ufffd(?=(?:s|t|re|ve|ll|d|m)\b)")
_LOST = re.compile("\ufffd+")


class Encoding(Family[Marks]):
    id = "encoding"
    title = "Encoding"
    checks = (
        Check(
            id="encoding-damage",
            title="Characters damaged by a wrong encoding",
            category="fluency/character-encoding",
            severity=Severity.MAJOR,
            meaning="Bytes were read in the wrong encoding, so other characters stand where a letter or mark was.",
            example="HÃ¤meenlinna → Hämeenlinna",
            languages=(),
        ),
    )

    def gather(self, document: Document, context: Context) -> Marks:
        return Marks(document)

    def update(self, evidence: Marks, before: Segment, after: Segment) -> Marks:
        return evidence.replace(before, after)

    def flags(self, segment: Segment, evidence: Marks) -> Iterator[Flag]:
        text = segment.text
        if text.isascii():
            return
        for match in _SUSPECT.finditer(text):
            shown = match.group()[:_LONGEST]
            mended = _mended(shown)
            if mended is None:
                continue
            right = [mended] if shown == match.group() else []
            reason = f"“{shown}” is {mended} read in the wrong encoding."
            yield self.flag("encoding-damage", segment, match.span(), reason, *right, confidence=0.97)
        for match in _LOST.finditer(text):
            apostrophe = [evidence.style.apostrophe] if _LOST_APOSTROPHE.match(text, match.start()) else []
            reason = "A character was lost when the text was read in the wrong encoding."
            yield self.flag("encoding-damage", segment, match.span(), reason, *apostrophe, confidence=0.97)


@lru_cache(maxsize=10_000)
def _mended(damaged: str) -> str | None:
    """What the damaged characters stood for; None if they are right as they are.

    ftfy knows every way of confusing encodings, and which results are likelier than the text as it is.
    """
    from ftfy import fix_encoding  # only where something looks damaged: the import takes 50 ms

    mended = fix_encoding(damaged)
    return mended if mended != damaged and mended.isprintable() else None
