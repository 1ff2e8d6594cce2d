"""Runs the deep checks in the background, a stretch of a document at a time, beside the instant flags.

What there is to do is read from the texts themselves: each knows the version that the deep checks have
seen last. So a job that was killed is simply begun again, and a correction waits by being a new version.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from review.checks import deep_checks, families_of
from review.checks.family import Family
from review.checks.run import Checker, without_covered
from review.model import Document, Level
from review.settings import Settings
from review.store import deep, flags, segments
from review.store.engine import Engine
from review.store.flags import Checked
from review.store.records import Batch, ReviewedSegment
from review.work import models
from review.work.access import find_batch
from review.work.flagging import as_segment, checked_by, context_of

_AT_ONCE = 50  # segments
_BEFORE = 3  # segments read before a stretch, so that its first one has a context too


@dataclass(frozen=True, slots=True)
class DeepProgress:
    """How many texts of a batch the deep checks have seen."""

    done: int
    total: int

    @property
    def running(self) -> bool:
        return self.done < self.total


def deep_progress(batch: Batch) -> DeepProgress:
    """How far the deep checks of a batch are; where there are none, they are done."""
    seen = sum(system.seen for system in batch.systems)
    return DeepProgress(seen if families_of(Level.DEEP) else batch.total, batch.total)


def waits(segment: ReviewedSegment) -> bool:
    """Whether checks have still to see a segment's text."""
    return segment.unchecked or (not segment.deep_seen and bool(families_of(Level.DEEP)))


def deepen_next(engine: Engine, settings: Settings, batch_id: int) -> bool:
    """Check the next stretch of a batch that waits; False where none does."""
    families = families_of(Level.DEEP)
    run = deep.next_unseen(engine, batch_id, _AT_ONCE) if families else None
    if run is None:
        return False
    batch = find_batch(engine, batch_id)
    read = _document(engine, batch, run)
    parts = models.deep_parts(settings, settings.model)
    context = parts.given_to(context_of(engine, batch))
    checker = Checker(context, families=families, level=Level.DEEP)
    checker.read(Document([as_segment(s) for s in read], batch.bounded))
    checked = [_beside_instant(checked_by(checker, s), s) for s in read if s.number >= run.first]
    flags.replace_deep_flags(engine, checked, deep_checks())
    if troubles := [*parts.troubles, *_failures(checker, families)]:
        deep.add_troubles(engine, batch_id, troubles)
    return True


def _beside_instant(checked: Checked, segment: ReviewedSegment) -> Checked:
    instant = [stored.flag for stored in segment.flags if stored.flag.check not in deep_checks()]
    return replace(checked, flags=without_covered(checked.flags, instant))


def ask_again(engine: Engine, batch_id: int) -> None:
    """Have every text of a batch seen again, as after a model was installed or the languages changed."""
    deep.forget_seen(engine, find_batch(engine, batch_id).id)


def unfinished(engine: Engine) -> list[int]:
    """Batches with texts that the deep checks have not seen."""
    return deep.unseen_batches(engine) if families_of(Level.DEEP) else []


def _document(engine: Engine, batch: Batch, run: deep.Run) -> list[ReviewedSegment]:
    """The stretch with what stands before it, cut where its first segment's document ends."""
    some = segments.list_segments(engine, batch.id, run.system_id, first=run.first - _BEFORE, last=run.last)
    if not batch.bounded:
        return some
    document = next(s.document for s in some if s.number == run.first)
    kept = []
    for segment in some:
        if segment.document == document:
            kept.append(segment)
        elif segment.number > run.first:
            break
        else:
            kept = []
    return kept


def _failures(checker: Checker, families: Sequence[Family[Any]]) -> list[str]:
    titles = [family.title for family in families if family.id in checker.failures]
    return [f"The checks on {title} failed; the server’s log says why." for title in titles]
