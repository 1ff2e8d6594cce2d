"""Comments on segments: appended with who, when and on which version; withdrawn, never removed."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select, update

from review.store.engine import reading, writing
from review.store.schema import hypothesis, reviewer
from review.store.schema_teamwork import comment


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a segment; `version` is that of the text they had before them."""

    id: int
    text: str
    version: int
    reviewer_id: int
    reviewer: str
    made_at: datetime


def append_comment(engine: Engine, hypothesis_id: int, version: int, text: str, reviewer_id: int) -> None:
    """Add a comment; the same words by the same person as the newest comment are a second sending of it."""
    standing = (comment.c.hypothesis_id == hypothesis_id) & comment.c.withdrawn_at.is_(None)
    newest = (
        select(comment.c.text, comment.c.reviewer_id).where(standing).order_by(comment.c.id.desc()).limit(1)
    )
    with writing(engine) as connection:
        last = connection.execute(newest).one_or_none()
        if last is not None and tuple(last) == (text, reviewer_id):
            return
        values = {"hypothesis_id": hypothesis_id, "version": version, "text": text}
        values |= {"reviewer_id": reviewer_id, "made_at": datetime.now(UTC)}
        connection.execute(insert(comment).values(**values))
        here = update(hypothesis).where(hypothesis.c.id == hypothesis_id)
        connection.execute(here.values(comments=hypothesis.c.comments + 1))


def withdraw_comment(engine: Engine, hypothesis_id: int, comment_id: int) -> None:
    """Take a comment back; one that is withdrawn already stays so."""
    standing = update(comment).where(
        comment.c.id == comment_id, comment.c.hypothesis_id == hypothesis_id, comment.c.withdrawn_at.is_(None)
    )
    with writing(engine) as connection:
        if connection.execute(standing.values(withdrawn_at=datetime.now(UTC))).rowcount:
            here = update(hypothesis).where(hypothesis.c.id == hypothesis_id)
            connection.execute(here.values(comments=hypothesis.c.comments - 1))


def list_comments(engine: Engine, hypothesis_id: int) -> list[Comment]:
    """The comments on a segment that were not withdrawn, oldest first."""
    query = (
        select(
            comment.c.id,
            comment.c.text,
            comment.c.version,
            comment.c.reviewer_id,
            reviewer.c.name,
            comment.c.made_at,
        )
        .join(reviewer, comment.c.reviewer_id == reviewer.c.id)
        .where(comment.c.hypothesis_id == hypothesis_id, comment.c.withdrawn_at.is_(None))
        .order_by(comment.c.id)
    )
    with reading(engine) as connection:
        return [Comment(*row) for row in connection.execute(query)]
