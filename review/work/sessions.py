"""Reviewers, and their signing in and out."""

from review.errors import NotFound
from review.model import Reviewer
from review.store import reviewers
from review.store.engine import Engine
from review.store.reviewers import Session


def ensure_reviewers(engine: Engine, names: tuple[str, ...]) -> dict[str, int]:
    """Have a reviewer of each name; their ids."""
    reviewers.ensure_reviewers(engine, names)
    return {name: reviewer_named(engine, name).id for name in names}


def reviewer_named(engine: Engine, name: str) -> Reviewer:
    """The reviewer of that name, or NotFound."""
    reviewer = reviewers.find_reviewer(engine, name)
    if reviewer is None:
        raise NotFound(f"There is no reviewer “{name}”.")
    return reviewer


def begin(engine: Engine, name: str, token: str) -> Reviewer:
    """Start a session for the reviewer of that name."""
    reviewer = reviewer_named(engine, name)
    reviewers.start_session(engine, reviewer.id, token)
    return reviewer


def find(engine: Engine, token: str) -> Session | None:
    """The session with this token, unless it has ended."""
    return reviewers.find_session(engine, token)


def end(engine: Engine, token: str) -> None:
    """From now on nobody is signed in by this token."""
    reviewers.end_session(engine, token)
