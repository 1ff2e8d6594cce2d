"""Spacing around apostrophes, quotation marks and commas, as machine translation breaks it.

Text that was tokenised on purpose ("word ,") is recognised from the whole document and left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from review.checks.family import Check, Family
from review.checks.style import Marks, QuoteStyle
from review.checks.tokenised import Spacing
from review.model import Context, Document, Flag, Segment, Severity

# "Borrell ‘s", "Borrell 's", "Borrell ’ s": a space, then a mark, then a lone ending of English.
_SPACE_BEFORE = re.compile(r"(?<=\w)([ \u00a0]+['’‘`´][ \u00a0]*)(s|t|re|ve|ll|d|m)(?![\w'’-])")
# "EU’ s": the mark attached, the ending not. A plural's apostrophe before a word is no match.
_SPACE_AFTER = re.compile(r"(?<=\w)(['’‘`´][ \u00a0]+)(s|t|re|ve|ll)(?![\w'’-])")
_WRONG_MARK = re.compile(r"(?<=[^\W\d_])([‘`´])(s|t|re|ve|ll|d|m)(?![\w'’-])")
_SWAPPED = re.compile(r"([,.!?…])([ \u00a0]+)([”\"])(?=\w)")
_SPACE_BEFORE_MARK = re.compile(r"(?<=[\w)\]”’%])([ \u00a0]+)([,.;!?])(?=\s|$|[”’)\]])")
_AFTER_OPENING = re.compile(r"(“)([ \u00a0]+)(?=\w)")
_BEFORE_CLOSING = re.compile(r"(?<=[\w,.!?…])([ \u00a0]+)(”)(?=[\s,.;:!?)]|$)")
_BEFORE_CLOSING_SINGLE = re.compile(r"(?<=[\w,.!?…])([ \u00a0]+)(’)(?=[\s,.;:!?)]|$)")
# "late.He", "late,and". Both words in lower case up to there: "Ph.D", "U.S.Senate" and "node.js" are none.
_NO_SPACE = re.compile(
    r"(?<![\w@/.:-])[^\W\d_]{0,30}[a-zåäöé]{2}(?:(,)(?=[^\W\d_])|([.!?])(?=[A-ZÅÄÖ][a-zåäö’' ])(?![^\s@]{0,60}@))"
)


@dataclass(frozen=True, slots=True)
class _Evidence:
    marks: Marks
    spacing: Spacing


class Punctuation(Family[_Evidence]):
    id = "punctuation"
    title = "Punctuation and spacing"
    checks = (
        Check(
            id="apostrophe-spacing",
            title="Broken apostrophe",
            category="fluency/punctuation",
            severity=Severity.MINOR,
            meaning="A possessive or a contraction with a space in it, or with an opening quote for an apostrophe.",
            example="the minister ‘s speech → the minister’s speech",
        ),
        Check(
            id="quote-spacing",
            title="Broken spacing at a quotation mark",
            category="fluency/punctuation",
            severity=Severity.MINOR,
            meaning="A quotation mark clings to the wrong side, or a space stands inside the quotation.",
            example="“That is bad, ”she wrote. → “That is bad,” she wrote.",
        ),
        Check(
            id="space-before-punctuation",
            title="Space before punctuation",
            category="fluency/punctuation",
            severity=Severity.MINOR,
            meaning="A space stands before a comma, full stop, semicolon, question or exclamation mark.",
            example="On Monday , she left. → On Monday, she left.",
        ),
        Check(
            id="missing-space",
            title="Missing space",
            category="fluency/punctuation",
            severity=Severity.MINOR,
            meaning="No space follows a comma, or the full stop, question or exclamation mark of a sentence.",
            example="It was late.She left. → It was late. She left.",
        ),
    )

    def gather(self, document: Document, context: Context) -> _Evidence:
        return _Evidence(Marks(document), Spacing(document))

    def update(self, evidence: _Evidence, before: Segment, after: Segment) -> _Evidence:
        evidence.marks.replace(before, after)
        evidence.spacing.replace(before, after)
        return evidence

    def flags(self, segment: Segment, evidence: _Evidence) -> Iterator[Flag]:
        if evidence.spacing.tokenised:
            return
        yield from self._apostrophes(segment, evidence.marks.style)
        yield from self._quotes(segment)
        for match in _SPACE_BEFORE_MARK.finditer(segment.text):
            if segment.text.startswith("..", match.start(2)):
                continue  # an ellipsis may stand apart
            yield self.flag(
                "space-before-punctuation",
                segment,
                match.span(),
                f"A space stands before “{match.group(2)}”.",
                match.group(2),
                confidence=0.93,
            )
        for match in _NO_SPACE.finditer(segment.text):
            mark = match.group(match.lastindex or 0)
            reason = f"No space follows “{mark}”."
            span = (match.end() - 1, match.end())
            yield self.flag("missing-space", segment, span, reason, f"{mark} ", confidence=0.85)

    def _apostrophes(self, segment: Segment, style: QuoteStyle) -> Iterator[Flag]:
        for pattern, reason in (
            (_SPACE_BEFORE, "A space splits the apostrophe from its word."),
            (_SPACE_AFTER, "A space splits the apostrophe from its ending."),
            (_WRONG_MARK, "An opening quotation mark or accent stands for the apostrophe."),
        ):
            for match in pattern.finditer(segment.text):
                right = style.apostrophe + match.group(2)
                yield self.flag("apostrophe-spacing", segment, match.span(), reason, right, confidence=0.95)

    def _quotes(self, segment: Segment) -> Iterator[Flag]:
        for match in _SWAPPED.finditer(segment.text):
            stop, _, quote = match.groups()
            if _is_open(segment.text[: match.start()], quote):
                reason = "The closing quotation mark clings to the next word."
                right = f"{stop}{quote} "
                yield self.flag("quote-spacing", segment, match.span(), reason, right, confidence=0.95)
        for match in _AFTER_OPENING.finditer(segment.text):
            reason = "A space follows the opening quotation mark."
            yield self.flag("quote-spacing", segment, match.span(), reason, match.group(1), confidence=0.9)
        for pattern in (_BEFORE_CLOSING, _BEFORE_CLOSING_SINGLE):
            for match in pattern.finditer(segment.text):
                quote = match.group(2)
                if _is_open(segment.text[: match.start()], quote):
                    reason = "A space stands before the closing quotation mark."
                    yield self.flag("quote-spacing", segment, match.span(), reason, quote, confidence=0.9)


def _is_open(before: str, quote: str) -> bool:
    """Whether a quotation is open where `before` ends. Straight marks are counted by parity."""
    if quote == '"':
        return before.count('"') % 2 == 1
    if quote == "’":
        return "‘" in before and not re.search(r"\w’(?!\w)", before[before.rindex("‘") :])
    return before.count("“") + before.count("„") > before.count("”") or before.count('"') % 2 == 1
