"""Segments of a system: a page of them under a filter, and one with all that is said of it."""

from typing import Annotated, Literal

from pydantic import Field

from review.model import DEFAULT_CONFIDENCE, Filter, Status
from review.store.comments import Comment
from review.web.api.flag_shapes import Confidence, OneFlag
from review.web.api.flag_shapes import told as told_flag
from review.web.api.operations import Noun
from review.web.api.shapes import Count, Id, Moment, Number, OfSystem, Text, Told
from review.web.desk import desk, viewer_id
from review.work import segment_lists
from review.work.segment_lists import Seen

noun = Noun("segments", __name__, "/batches/<int:batch_id>/segments")
Statuses = Literal[
    "flagged", "unreviewed", "reviewed", "edited", "confirmed", "sent-back", "accepted", "commented", "marked",
    "drafts",
]  # fmt: skip


class Shown(OfSystem):
    """Which system is meant, and how sure its flags must be."""

    confidence: Annotated[Confidence, Field(description="Flags less sure than this are left out")] = (
        DEFAULT_CONFIDENCE
    )


class Chosen(Shown):
    """Which segments to list; flags count where they are open and sure enough."""

    status: Statuses | None = None
    check: Annotated[Text | None, Field(description="With an open flag of this check")] = None
    severity: Annotated[
        Literal["minor", "major", "critical"] | None, Field(description="With such an open flag")
    ] = None
    text: Annotated[Text | None, Field(description="In one of the segment’s texts")] = None
    reviewer: Annotated[Text | None, Field(description="Who made the newest correction")] = None
    after: Annotated[Number, Field(description="The number to go on after: `next` of the page before")] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class OneComment(Told):
    """What somebody said about a segment."""

    id: Id
    text: str
    version: Annotated[Count, Field(description="Of the text that they had before them")]
    reviewer: str
    time: Moment


class ListedSegment(Told):
    """A segment of a system: what came in, and its text as it stands."""

    number: Id
    document: str | None
    source: str | None
    references: list[str]
    notes: list[str]
    hypothesis: Annotated[str, Field(description="The machine’s translation, which never changes")]
    text: Annotated[str, Field(description="The newest correction, or the machine’s translation")]
    version: Annotated[
        Count, Field(description="0 where nobody has saved it; a correction names the one it is made on")
    ]
    status: Status
    waits: Annotated[bool, Field(description="Whether checks have still to see this text")]
    flags: list[OneFlag]


class OneSegment(ListedSegment):
    """The same with what people say of it."""

    comments: list[OneComment]


class SegmentList(Told):
    """A page of segments, in order; `next` is null on the last one."""

    segments: list[ListedSegment]
    next: Id | None


@noun.get(answers={200: SegmentList}, query=Chosen)
def index(batch_id: int, query: Chosen) -> SegmentList:
    """Segments of a system, in order.

    Each segment is met once, whatever is corrected between two pages. Flags of muted checks are left out.
    """
    chosen = Filter(
        status=query.status or "",
        check=query.check or "",
        severity=query.severity or "",
        text=query.text or "",
        reviewer=query.reviewer or "",
        reader=viewer_id() or 0,
    )
    found = segment_lists.list_chosen(
        desk().engine, batch_id, query.system, chosen, query.confidence, query.after, query.limit
    )
    return SegmentList(segments=[_listed(one) for one in found.segments], next=found.next)


@noun.get("/<int:number>", answers={200: OneSegment}, query=Shown)
def show(batch_id: int, number: int, query: Shown) -> OneSegment:
    """One segment, with its comments."""
    return told(segment_lists.see(desk().engine, batch_id, query.system, number, query.confidence))


def told(seen: Seen) -> OneSegment:
    """A segment as a program is told of it."""
    return OneSegment(**dict(_listed(seen)), comments=[told_comment(one) for one in seen.comments])


def told_comment(one: Comment) -> OneComment:
    """A comment as a program is told of it."""
    return OneComment(id=one.id, text=one.text, version=one.version, reviewer=one.reviewer, time=one.made_at)


def _listed(seen: Seen) -> ListedSegment:
    one = seen.segment
    return ListedSegment(
        number=one.number,
        document=one.document,
        source=one.source,
        references=list(one.references),
        notes=list(one.notes),
        hypothesis=one.hypothesis,
        text=one.text,
        version=one.version,
        status=one.status,
        waits=seen.waits,
        flags=[told_flag(stored) for stored in one.flags],
    )
