"""The words every room shares, as frozen data. Imports nothing of ours.

Offsets everywhere are half-open and count Unicode code points of the text they belong to.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol, runtime_checkable


class Severity(StrEnum):
    """MQM's severities, mildest first."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


class Level(StrEnum):
    """When a family of checks runs: while someone types, or in the background only; the deep level runs both."""

    INSTANT = "instant"
    DEEP = "deep"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


class Status(StrEnum):
    """What review has made of a hypothesis so far."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Segment:
    """One unit of a document as the checks see it: `text` is the hypothesis or its correction.

    `machine` is the hypothesis, where somebody may have changed it.
    """

    number: int
    text: str
    source: str | None = None
    references: tuple[str, ...] = ()
    machine: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A run of segments that read as one text.

    `bounded` is False where the boundaries are unknown (a line-aligned file without document ids):
    then a check may use only what stands near a segment.
    """

    segments: Sequence[Segment]
    bounded: bool = True


@dataclass(frozen=True, slots=True)
class NameList:
    """What reviewers decided about names: the right form of a variant, and names right as they are."""

    right: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()


NO_NAMES = NameList()


@dataclass(frozen=True, slots=True)
class Term:
    """How reviewers want a source term translated, and how not; without a source, `forbidden` always is."""

    source: str
    targets: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A text for a language model to score, after a `prefix` that is read and not scored."""

    text: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class TokenScore:
    """How likely a language model finds a token of a passage's text after all before it (natural log)."""

    start: int
    end: int
    logprob: float


class Scorer(Protocol):
    """A language model, as the checks know it: it only says how likely texts are."""

    name: str
    reads_source: bool  # whether it knows the source's language

    def score(self, passages: Sequence[Passage]) -> list[list[TokenScore]]:
        """The scores of every passage's tokens, in order; batching is the scorer's own affair."""
        ...


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark with its part of speech, as a tagger reads it.

    `pos` is universal (NOUN), `tag` of the Penn Treebank (NNS), `dep` the relation to the token `head`,
    an index into the same text.
    """

    start: int
    end: int
    text: str
    pos: str
    tag: str
    dep: str
    head: int


class Tagger(Protocol):
    """Reads English grammar, as the checks know it."""

    def tag(self, texts: Sequence[str]) -> list[list[Token]]:
        """The tokens of every text, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know besides the document. Languages are ISO 639-1 codes, "" if unknown.

    `scorer` is None where no language model is at hand, `tagger` where no grammar is. `weights` are a team's
    own of the evidence for odd phrasing, by the evidence there is; those that come with Tarkka otherwise.
    """

    source_lang: str = ""
    target_lang: str = "en"
    names: NameList = NO_NAMES
    terms: tuple[Term, ...] = ()
    scorer: Scorer | None = None
    tagger: Tagger | None = None
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flag:
    """A span that a check found wrong, with the reason in one sentence.

    `confidence` is the share of such flags expected to be real, in (0, 1].
    """

    segment: int
    start: int
    end: int
    text: str
    check: str
    category: str
    severity: Severity
    message: str
    suggestions: tuple[str, ...]
    confidence: float


class SegmentTexts(NamedTuple):
    """What an import holds at one position: a hypothesis for each system, source, references.

    `notes` are what the file says to whoever translates or reviews it. A named tuple, because a million of
    them are made in a quarter of the time that a dataclass takes.
    """

    hypotheses: tuple[str, ...]
    source: str | None = None
    references: tuple[str, ...] = ()
    document: str | None = None
    notes: tuple[str, ...] = ()


class Segments(Protocol):
    """Segments in order, of a known number, to be walked through more than once; perhaps not all in memory."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def __iter__(self) -> Iterator[SegmentTexts]:
        """All of them, from the first on."""
        ...


class SegmentColumns(NamedTuple):
    """Some segments in order, part by part: each part holds what all of them have of it."""

    hypotheses: Sequence[Sequence[str]]  # system by system
    source: Sequence[str | None]
    references: Sequence[tuple[str, ...]]
    document: Sequence[str | None]
    notes: Sequence[tuple[str, ...]]


@runtime_checkable
class InColumns(Protocol):
    """Segments whose parts lie apart, so that putting them together only to take them apart would be waste."""

    def columns(self, size: int) -> Iterator[SegmentColumns]:
        """All segments, so many at a time."""
        ...


@dataclass(frozen=True, slots=True)
class Filter:
    """Which segments to show and in which order; empty parts do not filter.

    `text` is looked for in all three texts. `sure` says in per cent which flags count, where that is not left
    to the slider. `reader` is whose drafts are meant by the status "drafts".
    """

    status: str = ""  # one of STATUSES
    check: str = ""
    severity: str = ""
    text: str = ""
    reviewer: str = ""  # who made the newest correction
    sure: int | None = None
    order: str = ""  # that of the document, or gain: those first whose review may be worth most
    reader: int = 0

    def __bool__(self) -> bool:
        return bool(self.status or self.check or self.severity or self.text or self.reviewer)

    @property
    def by_gain(self) -> bool:
        return self.order == "gain"


EVERYTHING = Filter()
STATUSES = (
    "flagged",
    "unreviewed",
    "reviewed",
    "edited",
    "confirmed",
    "sent-back",
    "accepted",
    "commented",
    "marked",
    "drafts",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the order of a batch's segments: a number, and in the order of gain that too."""

    number: int
    gain: int = 0


# Flags less sure than this are shown only to who asks for them. The sums that the store keeps count from
# here on, so another value needs a migration that counts again (as m0003 does).
DEFAULT_CONFIDENCE = 0.7
CONFIDENCE_STEP = 0.05  # of the slider, and of the sums behind it


@dataclass(frozen=True, slots=True)
class View:
    """Which flags a reviewer looks at: those at least this sure, of checks that are not muted."""

    confidence: float = DEFAULT_CONFIDENCE
    muted: frozenset[str] = frozenset()

    def shows(self, flag: Flag) -> bool:
        return flag.confidence >= self.confidence and flag.check not in self.muted


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Someone who corrects."""

    id: int
    name: str
