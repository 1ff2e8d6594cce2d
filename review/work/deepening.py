"""Runs the deep checks in the background, a stretch of a document at a time, beside the instant flags.

Each text knows the version that the deep checks have seen last. So a chunk passes over what was seen before, and a
correction waits by being a new version.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from review.checks import deep_checks, families_of
from review.checks.family import Family
from review.checks.run import Checker, without_covered
from review.model import Document, Level
from review.settings import Settings
from review.store import deep, flags, jobs, segments
from review.store.chunks import Held
from review.store.engine import Engine
from review.store.flags import Checked
from review.store.jobs import Job, Stretch
from review.store.records import Batch, ReviewedSegment
from review.work import models
from review.work.access import find_batch
from review.work.chunked import DEEP, Kind, stretches
from review.work.flagging import as_segment, checked_by, context_of

_KIND = "deep"
_CHUNK = 100  # segments: on a plain machine about a minute
_AT_ONCE = 50  # segments
_BEFORE = 3  # segments read before a stretch, so that its first one has a context too


@dataclass(frozen=True, slots=True)
class DeepProgress:
    """How many texts of a batch the deep checks have seen."""

    done: int
    total: int
    stopped: str = ""  # failed or cancelled, where what is left is done by nobody

    @property
    def running(self) -> bool:
        return self.done < self.total and not self.stopped


def deep_progress(batch: Batch, last: Sequence[Job]) -> DeepProgress:
    """How far the deep checks of a batch are, which has had these jobs; where there are none, they are done."""
    seen = sum(system.seen for system in batch.systems)
    stopped = next((job.state for job in last if job.kind == _KIND and job.stopped), "")
    return DeepProgress(seen if families_of(Level.DEEP) else batch.total, batch.total, stopped)


def waits(engine: Engine, batch: Batch, some: Sequence[ReviewedSegment]) -> list[bool]:
    """Whether checks have still to see the text of each of these segments."""
    unseen = bool(families_of(Level.DEEP)) and not all(one.deep_seen for one in some)
    goes_on = unseen and jobs.get_state(engine, batch.id, _KIND) not in jobs.STOPPED
    return [one.unchecked or (goes_on and not one.deep_seen) for one in some]


def deepen_next(engine: Engine, settings: Settings, batch_id: int) -> bool:
    """Check the next texts of a batch that were corrected since they were seen; False where there are none."""
    run = deep.next_corrected(engine, batch_id, _AT_ONCE) if families_of(Level.DEEP) else None
    if run is None:
        return False
    _deepen(engine, settings, find_batch(engine, batch_id), run)
    return True


def is_planned(engine: Engine, batch_id: int) -> bool:
    """Whether the deep checks of a batch were begun: what they have not seen is in a chunk, or was corrected."""
    return not families_of(Level.DEEP) or jobs.get_state(engine, batch_id, _KIND) is not None


def _plan(_engine: Engine, _settings: Settings, batch: Batch) -> list[Stretch]:
    return stretches(batch, _CHUNK)


def _run(engine: Engine, settings: Settings, held: Held) -> None:
    """Check what of a chunk the deep checks have not seen."""
    batch, reached = find_batch(engine, held.batch_id), held.reached
    while run := deep.next_unseen(engine, held.stretch, reached, _AT_ONCE):
        reached = _deepen(engine, settings, batch, run, held)


DEEPENING = Kind(_KIND, "Deep checks", lambda _batch: DEEP, _plan, _run)


def _deepen(engine: Engine, settings: Settings, batch: Batch, run: Stretch, held: Held | None = None) -> int:
    """Check neighbouring texts, to the end of their document at most; the last one of them."""
    families = families_of(Level.DEEP)
    read = _document(engine, batch, run)
    parts = models.deep_parts(settings, settings.model)
    context = parts.given_to(context_of(engine, batch))
    checker = Checker(context, families=families, level=Level.DEEP)
    checker.read(Document([as_segment(s) for s in read], batch.bounded))
    checked = [_beside_instant(checked_by(checker, s), s) for s in read if s.number >= run.first]
    reached = read[-1].number
    flags.replace_deep_flags(engine, checked, deep_checks(), held, reached)
    if troubles := [*parts.troubles, *_failures(checker, families)]:
        deep.add_troubles(engine, batch.id, troubles)
    return reached


def _beside_instant(checked: Checked, segment: ReviewedSegment) -> Checked:
    instant = [stored.flag for stored in segment.flags if stored.flag.check not in deep_checks()]
    return replace(checked, flags=without_covered(checked.flags, instant))


def ask_again(engine: Engine, batch_id: int) -> None:
    """Have every text of a batch seen again, as after a model was installed or the languages changed."""
    deep.forget_seen(engine, find_batch(engine, batch_id).id)
    jobs.drop_job(engine, batch_id, _KIND)


def unfinished(engine: Engine) -> list[int]:
    """Batches with texts that the deep checks have not seen."""
    return deep.unseen_batches(engine) if families_of(Level.DEEP) else []


def _document(engine: Engine, batch: Batch, run: Stretch) -> list[ReviewedSegment]:
    """The stretch with what stands before it, cut where its first segment's document ends."""
    assert run.system_id is not None
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
