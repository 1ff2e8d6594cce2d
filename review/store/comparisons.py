"""What a comparison of systems reads besides statistics, and comparisons that took long to make."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select

from review.model import DEFAULT_CONFIDENCE
from review.store.engine import reading, writing
from review.store.schema import flag, hypothesis, reference, segment
from review.store.schema_scores import comparison

_KEPT = 20  # comparisons of a batch


def get_comparison(engine: Engine, batch_id: int, wanted: str) -> Any | None:
    """What was found for a digest of a choice, if it is kept."""
    query = select(comparison.c.found).where(comparison.c.batch_id == batch_id, comparison.c.wanted == wanted)
    with reading(engine) as connection:
        return connection.scalar(query)


def put_comparison(engine: Engine, batch_id: int, wanted: str, found: Any) -> None:
    """Keep what was found, instead of the oldest of many."""
    of_batch = comparison.c.batch_id == batch_id
    newest = (
        select(comparison.c.wanted).where(of_batch).order_by(comparison.c.made_at.desc()).limit(_KEPT - 1)
    )
    with writing(engine) as connection:
        connection.execute(delete(comparison).where(of_batch, comparison.c.wanted == wanted))
        connection.execute(delete(comparison).where(of_batch, comparison.c.wanted.not_in(newest)))
        values = {"batch_id": batch_id, "wanted": wanted, "made_at": datetime.now(UTC), "found": found}
        connection.execute(insert(comparison).values(values))


def list_empty(engine: Engine, system_id: int) -> list[int]:
    """The segments that a system did not translate."""
    query = select(hypothesis.c.number).where(
        hypothesis.c.system_id == system_id, func.trim(hypothesis.c.text) == ""
    )
    with reading(engine) as connection:
        return list(connection.scalars(query.order_by(hypothesis.c.number)))


def list_hypotheses(engine: Engine, system_id: int) -> dict[int, str]:
    """The texts of a system as it made them, by segment."""
    query = select(hypothesis.c.number, hypothesis.c.text).where(hypothesis.c.system_id == system_id)
    with reading(engine) as connection:
        return {row.number: row[1] for row in connection.execute(query.order_by(hypothesis.c.number))}


def list_references(engine: Engine, batch_id: int) -> dict[int, list[str]]:
    """The references of a batch by segment."""
    query = select(reference.c.number, reference.c.text).where(reference.c.batch_id == batch_id)
    found: dict[int, list[str]] = defaultdict(list)
    with reading(engine) as connection:
        for number, text in connection.execute(query.order_by(reference.c.number, reference.c.position)):
            found[number].append(text)
    return found


def list_documents(engine: Engine, batch_id: int) -> dict[int, str | None]:
    """Which document each segment of a batch belongs to."""
    query = select(segment.c.number, segment.c.document).where(segment.c.batch_id == batch_id)
    with reading(engine) as connection:
        return {row.number: row[1] for row in connection.execute(query.order_by(segment.c.number))}


def count_machine_flags(engine: Engine, system_ids: Sequence[int]) -> dict[str, Counter[int]]:
    """How many flags the machine's own texts had, of those that are shown at first; by check and segment."""
    query = (
        select(flag.c.check, hypothesis.c.number, func.count())
        .join(hypothesis, flag.c.hypothesis_id == hypothesis.c.id)
        .where(
            hypothesis.c.system_id.in_(system_ids),
            flag.c.version == 0,
            flag.c.confidence >= DEFAULT_CONFIDENCE,
        )
        .group_by(flag.c.check, hypothesis.c.number)
    )
    found: dict[str, Counter[int]] = defaultdict(Counter)
    with reading(engine) as connection:
        for check, number, count in connection.execute(query):
            found[check][number] += count
    return found
