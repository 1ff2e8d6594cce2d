"""Comments on segments: appended with who, when and on which version; withdrawn, never removed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, and_, insert, select, update

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
    """Add a comment; the same words as the same person's newest one here are a second sending of it."""
    own = and_(
        comment.c.hypothesis_id == hypothesis_id,
        comment.c.reviewer_id == reviewer_id,
        comment.c.withdrawn_at.is_(None),
    )
    newest = select(comment.c.text).where(own).order_by(comment.c.id.desc()).limit(1)
    here = hypothesis.c.id == hypothesis_id
    with writing(engine) as connection:
        connection.execute(select(hypothesis.c.id).where(here).with_for_update())  # a double click waits
        if connection.scalar(newest) == text:
            return
        values = {"hypothesis_id": hypothesis_id, "version": version, "text": text}
        values |= {"reviewer_id": reviewer_id, "made_at": datetime.now(UTC)}
        connection.execute(insert(comment).values(**values))
        connection.execute(update(hypothesis).where(here).values(comments=hypothesis.c.comments + 1))


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
    return _standing(engine, comment.c.hypothesis_id == hypothesis_id).get(hypothesis_id, [])


def comments_of(engine: Engine, system_id: int) -> dict[int, list[Comment]]:
    """The same for all of a system's segments, by the hypothesis's id."""
    of_system = select(hypothesis.c.id).where(hypothesis.c.system_id == system_id)
    return _standing(engine, comment.c.hypothesis_id.in_(of_system))


def _standing(engine: Engine, condition: Any) -> dict[int, list[Comment]]:
    columns = ("id", "text", "version", "reviewer_id")
    query = (
        select(comment.c.hypothesis_id, *(comment.c[name] for name in columns), reviewer.c.name)
        .add_columns(comment.c.made_at)
        .join(reviewer, comment.c.reviewer_id == reviewer.c.id)
        .where(condition, comment.c.withdrawn_at.is_(None))
        .order_by(comment.c.id)
    )
    found: dict[int, list[Comment]] = defaultdict(list)
    with reading(engine) as connection:
        for hypothesis_id, *values in connection.execute(query):
            found[hypothesis_id].append(Comment(*values))
    return found
