"""The corrected text as it will be published, for reading."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.store import segments
from review.store.engine import Engine
from review.store.records import Batch, ReviewedSegment, System
from review.work.access import find_batch, find_place, find_system

_AROUND = 100  # segments before and after, where a document is long or its end is unknown


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A document, or the part of it around a segment; `earlier` and `later` lead to the rest of the batch."""

    batch: Batch
    system: System
    here: int
    segments: Sequence[ReviewedSegment]
    earlier: int | None
    later: int | None


def article_page(engine: Engine, batch_id: int, position: int, number: int) -> ArticlePage:
    """The corrected text of the document that holds a segment."""
    batch = find_batch(engine, batch_id)
    system = find_system(batch, position)
    find_place(engine, batch_id, position, number)
    first, last = max(1, number - _AROUND), min(batch.segments, number + _AROUND)
    if batch.bounded:
        begins, ends = segments.document_range(engine, batch.id, number)
        first, last = max(first, begins), min(last, ends)
    return ArticlePage(
        batch=batch,
        system=system,
        here=number,
        segments=segments.list_segments(engine, batch.id, system.id, first=first, last=last),
        earlier=first - 1 if first > 1 else None,
        later=last + 1 if last < batch.segments else None,
    )
