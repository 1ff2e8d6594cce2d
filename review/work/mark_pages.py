"""What the review page shows of marks: those that stand, each where its words are, and what may become one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.diff import Change, move_span, word_diff
from review.metrics.categories import Categories
from review.model import Flag
from review.store import annotations, assessments
from review.store.annotations import Annotation
from review.store.assessments import Assessment
from review.store.engine import Engine
from review.text import words_around
from review.work import muting
from review.work.access import Place
from review.work.annotating import version_texts
from review.work.flagging import LiveFlag

_MOST_PROPOSED = 12

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark with its number on the page, and where its words stand now, if they do."""

    number: int
    annotation: Annotation
    in_source: Span | None
    in_hypothesis: Span | None
    in_text: Span | None  # the correction as it is saved

    @property
    def where(self) -> str:
        """In words, where it is not plainly drawn on the machine translation."""
        if self.in_source:
            return "in the source"
        if self.in_hypothesis:
            return "" if self.in_text else "corrected since"
        return "in the correction" if self.in_text else "its words are gone"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that might be marked: a check flagged them, or the reviewer has replaced them."""

    version: int
    start: int
    end: int
    words: str
    category: str
    severity: str
    check: str | None
    flag_id: int | None
    instead: str | None  # what the reviewer wrote, for words that were replaced
    why: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """All about the marks of a segment."""

    placed: Sequence[PlacedMark]
    flagged: Sequence[Proposal]
    replaced: Sequence[Proposal]
    scores: Sequence[Assessment]

    @property
    def on_source(self) -> list[tuple[int, Span, str]]:
        return [(m.number, m.in_source, m.annotation.mark.severity) for m in self.placed if m.in_source]

    @property
    def on_hypothesis(self) -> list[tuple[int, Span, str]]:
        """Number, span and severity of the marks to draw on the machine translation."""
        return [
            (m.number, m.in_hypothesis, m.annotation.mark.severity) for m in self.placed if m.in_hypothesis
        ]

    def penalty(self, kinds: Categories) -> float:
        """What the marks on the machine translation and the source add up to."""
        drawn = [m.annotation.mark for m in self.placed if m.in_source or m.in_hypothesis]
        return sum(kinds.penalty(mark.category, mark.severity) for mark in drawn)

    def score_of(self, reviewer: str) -> float | None:
        """A reviewer's own score of the segment."""
        return next((s.score for s in self.scores if s.reviewer == reviewer), None)


@dataclass(frozen=True, slots=True)
class Panel:
    """The marks of a segment with the flags to draw on its machine translation, while someone types."""

    marks: Marks
    flags: Sequence[LiveFlag]


def panel(engine: Engine, place: Place, typed: str | None, confidence: float) -> Panel:
    """What there is to show of marks for a text that is being typed, or for the saved one."""
    segment, view = place.segment, muting.view_from(engine, place.batch.project_id, confidence)
    flags = [LiveFlag(f.flag, f) for f in segment.flags if view.shows(f.flag)]
    changes = word_diff(segment.hypothesis, segment.text if typed is None else typed)
    return Panel(marks_of(engine, place, flags, changes), flags if segment.version == 0 else ())


def marks_of(engine: Engine, place: Place, flags: Sequence[LiveFlag], changes: Sequence[Change]) -> Marks:
    """The marks of a segment, with proposals from the flags on its saved text and from what was changed in it.

    `changes` lead from the hypothesis to the text as it is, typed or saved.
    """
    standing = annotations.list_annotations(engine, place.segment.hypothesis_id)
    scores = assessments.list_assessments(engine, place.segment.hypothesis_id)
    return _marks(place, flags, changes, _placed(engine, place, standing), scores)


def unmarked(place: Place, flags: Sequence[LiveFlag], changes: Sequence[Change]) -> Marks:
    """The same for a segment that nobody has marked or scored: there is nothing to read."""
    return _marks(place, flags, changes, (), ())


def _marks(
    place: Place,
    flags: Sequence[LiveFlag],
    changes: Sequence[Change],
    placed: Sequence[PlacedMark],
    scores: Sequence[Assessment],
) -> Marks:
    return Marks(
        placed=placed,
        flagged=list(_flagged(place, flags, placed))[:_MOST_PROPOSED],
        replaced=list(_replaced(changes, placed))[:_MOST_PROPOSED],
        scores=scores,
    )


def _placed(engine: Engine, place: Place, standing: Sequence[Annotation]) -> list[PlacedMark]:
    texts = version_texts(engine, place, {a.mark.version for a in standing})
    segment = place.segment
    found = []
    for number, one in enumerate(standing, start=1):
        span = one.mark.start, one.mark.end
        if one.mark.side == "source":
            found.append(PlacedMark(number, one, span, None, None))
            continue
        of_its_own = texts[one.mark.version]
        on_hypothesis = move_span(of_its_own, segment.hypothesis, *span)
        on_text = move_span(of_its_own, segment.text, *span)
        found.append(PlacedMark(number, one, None, on_hypothesis, on_text))
    return found


def _flagged(place: Place, flags: Sequence[LiveFlag], placed: Sequence[PlacedMark]) -> Iterator[Proposal]:
    """The open flags that nobody has made a mark of, on the text as it is saved."""
    marked = {m.in_text for m in placed}
    for live in flags:
        flag = live.flag
        if live.stored is None or live.state != "open" or (flag.start, flag.end) in marked:
            continue
        yield _of_flag(flag, place.segment.version, live.stored.id)


def _of_flag(flag: Flag, version: int, flag_id: int) -> Proposal:
    return Proposal(
        version,
        flag.start,
        flag.end,
        flag.text,
        flag.category,
        flag.severity.value,
        flag.check,
        flag_id,
        None,
        flag.message,
    )


def _replaced(changes: Sequence[Change], placed: Sequence[PlacedMark]) -> Iterator[Proposal]:
    """The words of the machine translation that were replaced, and the gaps that were filled."""
    hypothesis = "".join(change.text for change in changes if change.kind != "insert")
    at = 0
    for n, change in enumerate(changes):
        before = changes[n - 1].kind if n else "equal"
        after = changes[n + 1] if n + 1 < len(changes) else None
        span: Span | None = None
        instead = ""
        if change.kind == "delete":
            span = _trimmed(change.text, at)
            instead = after.text.strip() if after and after.kind == "insert" else ""
        elif change.kind == "insert" and before != "delete" and change.text.strip():
            span, instead = words_around(hypothesis, at), change.text.strip()
        if span and not any(m.in_hypothesis and _meet(m.in_hypothesis, span) for m in placed):
            category = "accuracy/omission" if change.kind == "insert" else ""
            words_there = hypothesis[span[0] : span[1]]
            yield Proposal(0, *span, words_there, category, "", None, None, instead)
        if change.kind != "insert":
            at += len(change.text)


def _trimmed(text: str, at: int) -> Span | None:
    """The span of a deleted stretch without the spaces around it; None where there is nothing else."""
    start = at + len(text) - len(text.lstrip())
    end = at + len(text.rstrip())
    return (start, end) if start < end else None


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
