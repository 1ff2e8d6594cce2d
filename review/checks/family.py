"""The shape of a family of checks: what it declares and the two pure methods it gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from review.model import Context, Document, Flag, Level, Segment, Severity

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of flag: its id and all that its documentation is made from."""

    id: str
    title: str
    category: str  # MQM: dimension/type
    severity: Severity
    meaning: str
    example: str
    languages: tuple[str, ...] = ("en",)  # of the hypothesis; empty: any


class Family(Generic[E]):
    """Checks that share one reading of a document.

    `gather` reads the whole document once, `update` what has changed of it; `flags` looks at one segment with
    that evidence. All see text in NFC, and without inline codes unless they ask for them.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    level: ClassVar[Level] = Level.INSTANT
    sees_codes: ClassVar[bool] = False
    checks: ClassVar[tuple[Check, ...]]

    def gather(self, document: Document, context: Context) -> E:
        """What the document says as a whole."""
        raise NotImplementedError

    def update(self, evidence: E, before: Segment, after: Segment) -> E:
        """The evidence once one segment has another text: what `gather` would say of the document then.

        It may change what it is given. Evidence that says nothing of the document stays as it is.
        """
        return evidence

    def flags(self, segment: Segment, evidence: E) -> Iterable[Flag]:
        """What is wrong in this segment."""
        raise NotImplementedError

    def flag(
        self,
        check_id: str,
        segment: Segment,
        span: tuple[int, int],
        message: str,
        *suggestions: str,
        confidence: float,
        **changed: Any,
    ) -> Flag:
        """A flag of one of this family's checks, with what the check declares filled in."""
        check = next(c for c in self.checks if c.id == check_id)
        start, end = span
        return Flag(
            segment=segment.number,
            start=start,
            end=end,
            text=segment.text[start:end],
            check=check.id,
            category=check.category,
            severity=changed.get("severity", check.severity),
            message=message,
            suggestions=suggestions,
            confidence=confidence,
        )
