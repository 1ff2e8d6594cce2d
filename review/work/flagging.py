"""Computes flags: of a whole batch in a job, of one segment while someone types."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from review.checks.run import Checker
from review.diff import move_span
from review.model import Context, Document, Flag, NameList, Segment
from review.store import batches, flags, segments
from review.store.engine import Engine
from review.store.flags import Checked
from review.store.names import list_names
from review.store.records import Batch, ReviewedSegment, StoredFlag
from review.work.access import Place, find_batch

_STORED_AT_ONCE = 500
# How much of a document is read around a segment that is being typed: all of an article, and enough
# of a long file; name evidence from further away would not count anyway.
_AROUND = 150


@dataclass(frozen=True, slots=True)
class LiveFlag:
    """A flag on a text as it stands now, and the stored flag that it carries on, if any."""

    flag: Flag
    stored: StoredFlag | None

    @property
    def state(self) -> str:
        return self.stored.state if self.stored else "open"


def flag_batch(engine: Engine, batch_id: int) -> None:
    """Compute and store the flags of every text of a batch as it stands; may be run again at any time."""
    batch = find_batch(engine, batch_id)
    failures: set[str] = set()
    done = 0
    context = context_of(engine, batch)
    for system in batch.systems:
        for members in _documents(engine, batch, system.id):
            document = Document([_segment(s, s.text) for s in members], batch.bounded)
            checker = Checker(context).read(document)
            for at in range(0, len(members), _STORED_AT_ONCE):
                some = members[at : at + _STORED_AT_ONCE]
                checked = [
                    Checked(s.hypothesis_id, s.version, checker.flags(_segment(s, s.text))) for s in some
                ]
                done += len(some)
                flags.replace_flags(engine, checked, batch_id, done)
            failures |= checker.failures
    batches.set_flagging(engine, batch_id, "done", done, sorted(failures))


def context_of(engine: Engine, batch: Batch) -> Context:
    """What the checks may know about a batch: its languages, and the reviewers' name list."""
    entries = list_names(engine)
    names = NameList(
        right={e.variant: e.right for e in entries if e.right is not None},
        accepted=frozenset(e.variant for e in entries if e.right is None),
    )
    return Context(batch.source_lang, batch.target_lang, names)


def _documents(engine: Engine, batch: Batch, system_id: int) -> Iterator[list[ReviewedSegment]]:
    """The segments of a system, document by document."""
    every = segments.iterate_segments(engine, batch.id, system_id)
    for _, run in groupby(every, key=lambda s: s.document if batch.bounded else None):
        yield list(run)


def _segment(reviewed: ReviewedSegment, text: str) -> Segment:
    return Segment(reviewed.number, text, reviewed.source, reviewed.references)


def live_flags(engine: Engine, place: Place, text: str) -> list[LiveFlag]:
    """The flags that a segment would have with this text, in its document as it stands now."""
    around = _document_around(engine, place)
    segment = _segment(place.segment, text)
    document = Document(
        [segment if s.number == segment.number else _segment(s, s.text) for s in around], place.batch.bounded
    )
    found = Checker(context_of(engine, place.batch)).read(document).flags(segment)
    return carried_on(place.segment, text, found)


def _document_around(engine: Engine, place: Place) -> Sequence[ReviewedSegment]:
    number = place.segment.number
    first, last = max(1, number - _AROUND), number + _AROUND
    if place.batch.bounded:
        begins, ends = segments.document_range(engine, place.batch.id, number)
        first, last = max(first, begins), min(last, ends)
    return segments.list_segments(engine, place.batch.id, place.system.id, first=first, last=last)


def carried_on(segment: ReviewedSegment, text: str, found: Sequence[Flag]) -> list[LiveFlag]:
    """Each flag on `text` with the stored flag of the current version that stands at the same place."""
    moved: dict[tuple[str, int, int], StoredFlag] = {}
    for stored in segment.flags:
        span = move_span(segment.text, text, stored.flag.start, stored.flag.end)
        if span is not None:
            moved[stored.flag.check, *span] = stored
    return [LiveFlag(flag, moved.get((flag.check, flag.start, flag.end))) for flag in found]


def with_suggestion(segment: ReviewedSegment, stored: StoredFlag, text: str, suggestion: str) -> str | None:
    """`text` with the flag's span replaced, or None where the text under the flag has changed."""
    span = move_span(segment.text, text, stored.flag.start, stored.flag.end)
    if span is None:
        return None
    start, end = span
    return text[:start] + suggestion + text[end:]


def unfinished(engine: Engine) -> list[int]:
    """Batches whose flags were never computed to the end: their job was lost with its process."""
    return batches.unflagged_batches(engine)
