"""What a rule on names has found about a mention, before it is worded for its sentence."""

from dataclasses import dataclass

from review.model import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """A garbled mention: its check, the right names likeliest first, the case it leaked in, and why."""

    check: str
    right: tuple[str, ...]
    why: str
    confidence: float
    case: str = ""
    severity: Severity | None = None  # None: the check's own
