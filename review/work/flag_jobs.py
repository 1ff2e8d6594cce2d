"""The job that flags a batch: the instant checks over whole documents, or stretches where their bounds are unknown."""

from collections.abc import Sequence

from review.checks import deep_checks
from review.checks.run import Checker
from review.model import Document
from review.settings import Settings
from review.store import batches, flags, segments
from review.store.chunks import Held
from review.store.engine import Engine
from review.store.jobs import Stretch
from review.store.records import Batch, ReviewedSegment
from review.work.access import find_batch
from review.work.chunked import Kind, lane_by_size
from review.work.flagging import as_segment, checked_by, context_of

_STORED_AT_ONCE = 500
_CHUNK = 5000  # segments: a second or two, and little beside it is read twice
_AROUND = 200  # more than any check looks away where documents are unbounded


def _plan(engine: Engine, _: Settings, batch: Batch) -> list[Stretch]:
    """Chunks of whole documents, or of any neighbours where documents are unbounded."""
    if batch.bounded:
        ends = segments.document_ends(engine, batch.id)
    else:
        ends = [*range(_CHUNK, batch.segments, _CHUNK), batch.segments]
    return [Stretch(system.id, *pair) for system in batch.systems for pair in _together(ends)]


def _together(ends: Sequence[int]) -> list[tuple[int, int]]:
    """First and last segments of chunks that end where documents do, of as many of these as do not make one long."""
    found, first = [], 1
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        if following is None or following - first + 1 > _CHUNK:
            found.append((first, end))
            first = end + 1
    return found


def _run(engine: Engine, _: Settings, held: Held) -> None:
    """Compute and store the instant flags of a chunk's texts as they stand; what the deep checks found stays."""
    batch, stretch = find_batch(engine, held.batch_id), held.stretch
    assert stretch.system_id is not None
    around = 0 if batch.bounded else _AROUND
    read = segments.list_segments(
        engine, batch.id, stretch.system_id, first=stretch.first - around, last=stretch.last + around
    )
    context = context_of(engine, batch)
    failures: set[str] = set()
    for document in _documents(batch, read):
        members = [s for s in document if held.reached < s.number <= stretch.last]
        checker = Checker(context).read(Document([as_segment(s) for s in document], batch.bounded))
        for at in range(0, len(members), _STORED_AT_ONCE):
            some = members[at : at + _STORED_AT_ONCE]
            checked = [checked_by(checker, s) for s in some]
            flags.replace_instant_flags(engine, checked, deep_checks(), held, some[-1].number)
        failures |= checker.failures
    if failures:
        batches.add_failures(engine, batch.id, sorted(failures))


def _documents(batch: Batch, read: Sequence[ReviewedSegment]) -> list[list[ReviewedSegment]]:
    if not batch.bounded:
        return [list(read)]
    runs: list[list[ReviewedSegment]] = []
    for segment in read:
        if not runs or runs[-1][-1].document != segment.document:
            runs.append([])
        runs[-1].append(segment)
    return runs


FLAGS = Kind("flags", "Checks", lane_by_size, _plan, _run)
