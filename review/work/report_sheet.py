"""A report of a batch to print: scores, progress, flags by kind, the worst segments, corrections."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nlargest
from typing import BinaryIO

from review.checks import all_checks
from review.diff import Change, in_brief, word_diff
from review.metrics.effort import edits, hter
from review.model import Filter, Flag, Severity
from review.store import choosing, corrections, segments
from review.store.records import ReviewedSegment
from review.store.sums import step_of
from review.work import scoring
from review.work.export_formats import Exported
from review.work.progress import progress_page
from review.work.sheets import write_sheet

WORST = 10  # segments in each list of the worst
SHOWN = 300  # corrections
_LONGEST = 20_000  # characters: counting the edits of longer texts takes long


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction with what it changed, and its HTER in per cent (None for a text too long to count)."""

    segment: ReviewedSegment
    changes: Sequence[Change]
    hter: float | None
    reviewer: str
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Flagged:
    """A segment with its flags; `parts` are its text, each with the flag that it is under, if any."""

    segment: ReviewedSegment
    flags: Sequence[Flag]
    parts: Sequence[tuple[str, Flag | None]]


@dataclass(frozen=True, slots=True)
class FlagKind:
    """How many flags of a check are open, by severity."""

    check: str
    category: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def write_report(exported: Exported, out: BinaryIO) -> None:
    """The report of a system, with the scores of all systems beside it."""
    batch, system, engine = exported.batch, exported.system, exported.engine
    made = corrections.newest_makers(engine, system.id)
    changed = [(_cost(s), s.number) for s in exported.segments() if s.text != s.hypothesis]
    worst = nlargest(WORST, changed, key=lambda one: (one[0] or 0, -one[1]))
    write_sheet(
        "report.html",
        out,
        batch=batch,
        system=system,
        several=len(batch.systems) > 1,
        made_at=datetime.now(UTC),
        scores=scoring.score_table(engine, batch),
        effort=scoring.effort(system),
        people=progress_page(engine, batch.id, "").reviewers,
        kinds=_flag_kinds(exported),
        severities=[severity.value for severity in reversed(Severity)],
        flagged=_most_flagged(exported),
        changed=_corrected(exported, worst, made),
        corrections=_corrected(exported, changed[:SHOWN], made),
        more=max(0, len(changed) - SHOWN),
    )


def _cost(s: ReviewedSegment) -> float | None:
    if len(s.text) + len(s.hypothesis) > _LONGEST:
        return None
    return hter(*edits(s.hypothesis, s.text))


def _corrected(
    exported: Exported,
    some: Sequence[tuple[float | None, int]],
    made: Mapping[int, tuple[str, datetime | None]],
) -> list[Corrected]:
    costs = {number: cost for cost, number in some}
    return [
        Corrected(
            s,
            in_brief(word_diff(s.hypothesis, s.text)),
            costs[s.number],
            *made.get(s.hypothesis_id, ("", None)),
        )
        for s in _pick(exported, list(costs))
    ]


def _pick(exported: Exported, numbers: Sequence[int]) -> list[ReviewedSegment]:
    return segments.pick_segments(exported.engine, exported.batch.id, exported.system.id, numbers)


def _flag_kinds(exported: Exported) -> list[FlagKind]:
    """The open flags that pages show, most frequent first."""
    categories = {check.id: check.category for check in all_checks()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for check, severity, step, count in choosing.list_tally(exported.engine, exported.system.id):
        if check not in exported.view.muted and step >= step_of(exported.view.confidence):
            counts[check][severity.value] += count
    kinds = [FlagKind(check, categories.get(check, ""), dict(found)) for check, found in counts.items()]
    return sorted(kinds, key=lambda kind: (-kind.total, kind.check))


def _most_flagged(exported: Exported) -> list[Flagged]:
    """The segments whose review may be worth most, by their open flags."""
    chosen = Filter(status="flagged", order="gain")
    about = (exported.engine, exported.batch.id, exported.system.id, chosen, exported.view)
    spots = choosing.list_spots(*about, limit=WORST)
    found = []
    for s in _pick(exported, [spot.number for spot in spots]):
        flags = [stored.flag for stored in s.open_flags if exported.view.shows(stored.flag)]
        found.append(Flagged(s, flags, _parts(s.text, flags)))
    return found


def _parts(text: str, flags: Sequence[Flag]) -> list[tuple[str, Flag | None]]:
    """A text cut at its flags; of those that overlap only the first is drawn."""
    parts: list[tuple[str, Flag | None]] = []
    at = 0
    for flag in sorted(flags, key=lambda flag: (flag.start, -flag.end)):
        if flag.start >= at:
            parts += [(text[at : flag.start], None), (text[flag.start : flag.end], flag)]
            at = flag.end
    return [*parts, (text[at:], None)]
