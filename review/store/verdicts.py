"""What second reviewers made of a version: appended with who and when; the newest on the current version counts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Select, bindparam, insert, select, update

from review.store.engine import reading, writing
from review.store.schema import hypothesis, reviewer
from review.store.schema_sums import is_reviewed
from review.store.schema_teamwork import verdict


@dataclass(frozen=True, slots=True)
class NewVerdict:
    """A verdict about to be given on a version of a text."""

    hypothesis_id: int
    version: int
    kind: str  # accepted, changed, sent-back
    comment: str
    reviewer_id: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict as it was given."""

    version: int
    kind: str
    comment: str
    reviewer: str
    made_at: datetime


def append_verdict(engine: Engine, new: NewVerdict) -> bool:
    """Give a verdict; False where the version is no longer the current one: nothing is stored.

    The same verdict by the same person on the same version, sent again, is stored once.
    """
    of_this = verdict.c.hypothesis_id == new.hypothesis_id
    columns = (verdict.c.version, verdict.c.kind, verdict.c.comment, verdict.c.reviewer_id)
    newest = select(*columns).where(of_this).order_by(verdict.c.id.desc()).limit(1)
    current = select(hypothesis.c.version).where(hypothesis.c.id == new.hypothesis_id).with_for_update()
    with writing(engine) as connection:
        if connection.scalar(current) != new.version:
            return False
        last = connection.execute(newest).one_or_none()
        if last is None or tuple(last) != (new.version, new.kind, new.comment, new.reviewer_id):
            values = {"hypothesis_id": new.hypothesis_id, "version": new.version, "kind": new.kind}
            values |= {"comment": new.comment, "reviewer_id": new.reviewer_id, "made_at": datetime.now(UTC)}
            connection.execute(insert(verdict).values(**values))
        here = update(hypothesis).where(hypothesis.c.id == new.hypothesis_id)
        connection.execute(here.values(verdict=new.kind))
        return True


def list_verdicts(engine: Engine, hypothesis_id: int) -> list[Verdict]:
    """Every verdict on a segment, oldest first."""
    return _given(engine, _OF_ONE, {"hypothesis": hypothesis_id}).get(hypothesis_id, [])


def verdicts_of(engine: Engine, system_id: int) -> dict[int, list[Verdict]]:
    """The same for all of a system's segments, by the hypothesis's id."""
    of_system = select(hypothesis.c.id).where(hypothesis.c.system_id == system_id)
    return _given(engine, _VERDICTS.where(verdict.c.hypothesis_id.in_(of_system)), {})


_COLUMNS = (verdict.c.version, verdict.c.kind, verdict.c.comment, reviewer.c.name, verdict.c.made_at)
_VERDICTS = (
    select(verdict.c.hypothesis_id, *_COLUMNS)
    .join(reviewer, verdict.c.reviewer_id == reviewer.c.id)
    .order_by(verdict.c.id)
)
_OF_ONE = _VERDICTS.where(verdict.c.hypothesis_id == bindparam("hypothesis"))


def _given(engine: Engine, query: Select[Any], wanted: dict[str, Any]) -> dict[int, list[Verdict]]:
    found: dict[int, list[Verdict]] = defaultdict(list)
    with reading(engine) as connection:
        for hypothesis_id, *values in connection.execute(query, wanted):
            found[hypothesis_id].append(Verdict(*values))
    return found


def find_unjudged(engine: Engine, system_id: int, after: int, besides: int | None) -> int | None:
    """The number of the first segment after `after` that is reviewed and waits for a verdict.

    `besides` is a reviewer whose own texts are left out; None leaves out nobody's.
    """
    query = (
        select(hypothesis.c.number)
        .where(hypothesis.c.system_id == system_id, hypothesis.c.number > after)
        .where(is_reviewed, hypothesis.c.verdict == "")
        .order_by(hypothesis.c.number)
        .limit(1)
    )
    if besides is not None:
        query = query.where(hypothesis.c.reviewer_id.is_distinct_from(besides))
    with reading(engine) as connection:
        return connection.scalar(query)
