"""Keeps what reviewers type before they save it, so that a lost browser loses nothing."""

from review.formats.guard import Limits
from review.store import drafts
from review.store.drafts import StoredDraft
from review.store.engine import Engine
from review.work.access import Place
from review.work.correcting import Draft, as_typed


def keep(engine: Engine, place: Place, draft: Draft, reviewer_id: int, limits: Limits) -> None:
    """Keep a draft, or forget it where it says what is saved already."""
    segment = place.segment
    text = as_typed(draft.text, segment.text, limits)
    if text == segment.text:
        drafts.remove_draft(engine, segment.hypothesis_id, reviewer_id)
    else:
        drafts.put_draft(engine, segment.hypothesis_id, reviewer_id, draft.version, text, draft.accepted)


def kept(engine: Engine, place: Place, reviewer_id: int) -> StoredDraft | None:
    """What this reviewer has typed here and not saved."""
    return drafts.get_draft(engine, place.segment.hypothesis_id, reviewer_id)
