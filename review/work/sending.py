"""Corrections that programs send: each tells what it became, also when it is sent again."""

from collections.abc import Sequence

from review.errors import BadInput
from review.formats.guard import Limits
from review.store import corrections
from review.store.engine import Engine
from review.store.records import Correction
from review.work.access import Place
from review.work.correcting import Draft, as_typed, refuse_stale, save
from review.work.importing import Queue


def versions(engine: Engine, place: Place) -> Sequence[Correction]:
    """Every version of a segment's text, the machine's first."""
    return corrections.list_corrections(engine, place.segment.hypothesis_id)


def correct(
    engine: Engine, queue: Queue, place: Place, draft: Draft, reviewer_id: int, limits: Limits
) -> Correction:
    """Save a draft; the version that it became, now or when it was sent first.

    BadInput where another text was sent under the same token, Conflict as for people.
    """
    text = as_typed(draft.text, place.segment.text, limits)
    if sent := _sent(engine, place, draft):
        if sent.text != text:
            raise BadInput("This Idempotency-Key came with another text before: choose a new one.")
        return sent
    save(engine, queue, place, draft, reviewer_id, limits)
    return _sent(engine, place, draft) or versions(engine, place)[-1]


def confirm(
    engine: Engine, queue: Queue, place: Place, draft: Draft, reviewer_id: int, limits: Limits
) -> Correction:
    """Save the text that stands as right, if it is of the draft's version; Conflict where it is a later one."""
    if sent := _sent(engine, place, draft):
        return sent
    refuse_stale(engine, place, draft)
    return correct(engine, queue, place, draft, reviewer_id, limits)


def _sent(engine: Engine, place: Place, draft: Draft) -> Correction | None:
    return corrections.find_sent(engine, place.segment.hypothesis_id, draft.token)
