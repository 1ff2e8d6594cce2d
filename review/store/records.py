"""What the queries hand out, as frozen data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from review.model import Flag, Severity, Status


@dataclass(frozen=True, slots=True)
class System:
    """A system of a batch with the sums over its hypotheses; flags are the open ones."""

    id: int
    position: int
    name: str
    confirmed: int
    edited: int
    minor: int
    major: int
    critical: int
    seen: int  # hypotheses that the deep checks have seen as they stand
    edits: float  # TER edits and words of what is reviewed
    words: float
    edition: int  # raised by every change of a text

    @property
    def reviewed(self) -> int:
        return self.confirmed + self.edited

    @property
    def open_flags(self) -> int:
        return self.minor + self.major + self.critical


@dataclass(frozen=True, slots=True)
class Batch:
    id: int
    project_id: int
    name: str
    source_lang: str
    target_lang: str
    format: str
    bounded: bool
    segments: int
    has_source: bool
    references: int
    created_at: datetime
    created_by: str
    flagging: str
    flagged: int
    failures: tuple[str, ...]
    deep_troubles: tuple[str, ...]  # what of the deep checks did not run, in sentences
    systems: tuple[System, ...]

    @property
    def checking(self) -> bool:
        """Whether its flags are still coming."""
        return self.flagging in ("waiting", "running")

    @property
    def reviewed(self) -> int:
        """Hypotheses reviewed, over all systems."""
        return sum(system.reviewed for system in self.systems)

    @property
    def total(self) -> int:
        """Hypotheses to review, over all systems."""
        return self.segments * len(self.systems)

    def open_flags(self, severity: str) -> int:
        """Open flags of that severity, over all systems."""
        return sum(getattr(system, Severity(severity).value) for system in self.systems)


@dataclass(frozen=True, slots=True)
class StoredFlag:
    """A flag on one version of a hypothesis or its correction."""

    id: int
    flag: Flag
    state: str  # open, accepted, dismissed


@dataclass(frozen=True, slots=True)
class ReviewedSegment:
    """A segment of one system as it stands: `text` is the newest correction, or the hypothesis."""

    hypothesis_id: int
    number: int
    document: str | None
    source: str | None
    references: tuple[str, ...]
    hypothesis: str
    text: str
    version: int
    status: Status
    gain: int  # what review may be worth
    deep_seen: bool  # whether the deep checks have seen this version
    flags: tuple[StoredFlag, ...] = ()
    comments: int = 0  # that stand
    annotations: int = 0
    assessed: bool = True  # False: nobody has scored it
    notes: tuple[str, ...] = ()  # that came with it in its file
    unchecked: bool = False  # True: its flags are carried on from the version before, until a job has looked

    @property
    def open_flags(self) -> tuple[StoredFlag, ...]:
        return tuple(f for f in self.flags if f.state == "open")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A segment as it is read beside another one."""

    number: int
    status: Status
    document: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One version of a segment's text; `version` 0 is the hypothesis and has no maker."""

    version: int
    text: str
    reviewer: str
    made_at: datetime | None
    based_on: int
    origin: str
    seconds: float | None
    reference_in_view: bool


@dataclass(frozen=True, slots=True)
class Decision:
    version: int
    start: int
    end: int
    text: str
    check: str
    kind: str  # accepted, dismissed, reopened
    suggestion: str | None
    reviewer: str
    made_at: datetime

    def as_record(self) -> dict[str, Any]:
        """As JSONL exports it."""
        return {
            "version": self.version,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "check": self.check,
            "decision": self.kind,
            "suggestion": self.suggestion,
            "reviewer": self.reviewer,
            "time": self.made_at.isoformat(),
        }
