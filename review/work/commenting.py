"""Comments on a segment: said, listed, taken back by whoever said them."""

from collections.abc import Sequence

from review.errors import BadInput, NotFound
from review.formats.guard import check_characters
from review.store import comments
from review.store.comments import Comment
from review.store.engine import Engine
from review.work.access import Place

_LONGEST = 10_000  # characters


def said(engine: Engine, place: Place) -> Sequence[Comment]:
    """The comments on a segment, oldest first."""
    return comments.list_comments(engine, place.segment.hypothesis_id)


def say(engine: Engine, place: Place, text: str, reviewer_id: int) -> Comment:
    """Add a comment, which is handed back; BadInput where there is none."""
    if not text.strip():
        raise BadInput("The comment is empty: write it first.")
    say_typed(engine, place, text, reviewer_id)
    for one in reversed(said(engine, place)):
        if one.reviewer_id == reviewer_id:
            return one
    raise NotFound("This comment was taken back at the same moment.")


def say_typed(engine: Engine, place: Place, text: str, reviewer_id: int) -> None:
    """Add what was typed into the comment field when another button was pressed; nothing where nothing was."""
    text = as_comment(text)
    if text:
        segment = place.segment
        comments.append_comment(engine, segment.hypothesis_id, segment.version, text, reviewer_id)


def take_back(engine: Engine, place: Place, comment_id: int, reviewer_id: int) -> None:
    """Withdraw a comment of one's own; NotFound where there is none that stands."""
    for comment in said(engine, place):
        if comment.id == comment_id:
            if comment.reviewer_id != reviewer_id:
                raise BadInput(f"Only {comment.reviewer} can take this comment back.")
            comments.withdraw_comment(engine, place.segment.hypothesis_id, comment_id)
            return
    raise NotFound("This comment is not here; it may have been taken back.")


def as_comment(text: str) -> str:
    """A comment as it is stored; BadInput for what cannot be."""
    check_characters(text, "The comment")
    text = text.replace("\r\n", "\n").strip()
    if len(text) > _LONGEST:
        raise BadInput(f"The comment has {len(text):,} characters; up to {_LONGEST:,} are kept.")
    return text
