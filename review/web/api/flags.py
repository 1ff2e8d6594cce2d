"""Flags of a batch, listed; and what a reviewer makes of one."""

from typing import Annotated, Literal

from pydantic import Field

from review.model import DEFAULT_CONFIDENCE
from review.store.flag_lists import Cursor, Wanted
from review.store.records import StoredFlag
from review.web.accounts import reviewer_id
from review.web.api.flag_shapes import Confidence, OneFlag, fields_of, told
from review.web.api.operations import JSON, Noun
from review.web.api.shapes import Id, OfSystem, Sent, Text, Told
from review.web.desk import desk
from review.work import dismissing, segment_lists
from review.work.access import find_flag, find_place

noun = Noun("flags", __name__, "/batches/<int:batch_id>")
_PATH = "/segments/<int:number>/flags/<int:flag_id>"


class Listing(Sent):
    """Which flags to list."""

    system: Annotated[Id | None, Field(description="Of this system only, by its number in the batch")] = None
    check: Text | None = None
    severity: Literal["minor", "major", "critical"] | None = None
    state: Literal["open", "accepted", "dismissed", "any"] = "open"
    confidence: Annotated[Confidence, Field(description="Flags less sure than this are left out")] = (
        DEFAULT_CONFIDENCE
    )
    after: Annotated[
        str | None,
        Field(
            pattern=r"^[1-9][0-9]{0,8}-[1-9][0-9]{0,8}-[1-9][0-9]{0,8}$",
            description="`next` of the page before",
        ),
    ] = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


class PlacedFlag(OneFlag):
    """A flag with the place of its text."""

    segment: Id


class FlagList(Told):
    """A page of flags in the order of the texts; `next` is null on the last one."""

    flags: list[PlacedFlag]
    next: str | None


class Dismissal(Sent):
    """How far a dismissal reaches: this flag, or what its check flags in the same words, here or always."""

    scope: Literal["once", "batch", "always"] = "once"


@noun.get("/flags", answers={200: FlagList}, query=Listing)
def index(batch_id: int, query: Listing) -> FlagList:
    """Flags of a batch’s texts as they stand, system by system.

    Flags of muted checks are left out. A text that is corrected between two pages has new flags.
    """
    state = "" if query.state == "any" else query.state
    wanted = Wanted(query.check or "", query.severity or "", state, query.confidence)
    after = Cursor(*map(int, query.after.split("-"))) if query.after else None
    found = segment_lists.list_flags(desk().engine, batch_id, query.system, wanted, after, query.limit)
    at = found.next
    following = f"{at.system}-{at.segment}-{at.flag}" if at else None
    return FlagList(flags=[_placed(one) for one in found.flags], next=following)


@noun.post(f"{_PATH}/dismiss", answers={200: OneFlag}, query=OfSystem, bodies={JSON: Dismissal})
def dismiss(batch_id: int, number: int, flag_id: int, query: OfSystem, body: Dismissal) -> OneFlag:
    """Dismiss a flag; one that is dismissed already stays so."""
    place = find_place(desk().engine, batch_id, query.system, number)
    dismissing.dismiss(desk().engine, place, flag_id, body.scope, reviewer_id())
    return _as_it_stands(batch_id, query.system, number, flag_id)


@noun.post(f"{_PATH}/reopen", answers={200: OneFlag}, query=OfSystem)
def reopen(batch_id: int, number: int, flag_id: int, query: OfSystem) -> OneFlag:
    """Open a flag again that was dismissed, this one only."""
    place = find_place(desk().engine, batch_id, query.system, number)
    dismissing.reopen(desk().engine, place, flag_id, reviewer_id())
    return _as_it_stands(batch_id, query.system, number, flag_id)


def _as_it_stands(batch_id: int, system: int, number: int, flag_id: int) -> OneFlag:
    return told(find_flag(find_place(desk().engine, batch_id, system, number), flag_id))


def _placed(stored: StoredFlag) -> PlacedFlag:
    return PlacedFlag(**fields_of(stored), segment=stored.flag.segment)  # type: ignore[arg-type]
