"""Flags as programs are told of them."""

from typing import Annotated, Literal

from pydantic import Field

from review.model import Severity
from review.store.records import StoredFlag
from review.web.api.shapes import Count, Id, Told

Confidence = Annotated[float, Field(ge=0, le=1)]


class OneFlag(Told):
    """A span that a check found wrong. `start` and `end` count Unicode code points of the text as it stands."""

    id: Id
    start: Count
    end: Count
    text: str
    check: str
    category: str
    severity: Severity
    message: str
    suggestions: list[str]
    confidence: Confidence
    state: Literal["open", "accepted", "dismissed"]


def told(stored: StoredFlag) -> OneFlag:
    """A flag with what a reviewer made of it."""
    return OneFlag(**fields_of(stored))  # type: ignore[arg-type]


def fields_of(stored: StoredFlag) -> dict[str, object]:
    """Its fields."""
    flag = stored.flag
    names = ("start", "end", "text", "check", "category", "severity", "message", "confidence")
    fields = {name: getattr(flag, name) for name in names}
    return {"id": stored.id, "suggestions": list(flag.suggestions), "state": stored.state, **fields}
