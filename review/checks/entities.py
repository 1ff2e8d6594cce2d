"""HTML entities left in the text: `&quot;` where a quotation mark should stand."""

import html
import re
from collections.abc import Iterator

from review.checks.family import Check, Family
from review.checks.style import Marks
from review.model import Context, Document, Flag, Segment, Severity

_ENTITY = re.compile(r"&(?:amp;)*(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")


class Entities(Family[Marks]):
    id = "entities"
    title = "HTML entities"
    checks = (
        Check(
            id="html-entity",
            title="HTML entity left in the text",
            category="fluency/character-encoding",
            severity=Severity.MAJOR,
            meaning="A code such as &quot; or &#39; shows instead of the character it stands for.",
            example="She said &quot;no&quot;. → She said “no”.",
            languages=(),
        ),
    )

    def gather(self, document: Document, context: Context) -> Marks:
        return Marks(document)

    def update(self, evidence: Marks, before: Segment, after: Segment) -> Marks:
        return evidence.replace(before, after)

    def flags(self, segment: Segment, evidence: Marks) -> Iterator[Flag]:
        for match in _ENTITY.finditer(segment.text):
            meant = _meant(match.group())
            if meant is None:
                continue
            right = evidence.style.fitting(meant, segment.text[: match.start()])
            yield self.flag(
                "html-entity",
                segment,
                match.span(),
                f"{match.group()} is the HTML code of {_shown(meant)}.",
                right,
                confidence=0.99,
            )


def _meant(entity: str) -> str | None:
    """The character behind an entity, however often it was escaped; None if it is no entity."""
    text = entity
    while (once := html.unescape(text)) != text:
        text = once
    return None if text.endswith(";") and len(text) > 1 else text


def _shown(character: str) -> str:
    return "a non-breaking space" if character == "\u00a0" else f"the character {character}"
