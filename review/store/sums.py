"""The sums that a system keeps over its hypotheses, so that no page has to count."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, update

from review.model import Flag, Severity
from review.store.schema import hypothesis, system


def state_of(connection: Connection, hypothesis_id: int) -> Any:
    """The changing columns of a hypothesis, locked until the transaction ends."""
    columns = ("system_id", "version", "status", "minor", "major", "critical")
    query = select(*(hypothesis.c[name] for name in columns)).where(hypothesis.c.id == hypothesis_id)
    return connection.execute(query.with_for_update()).one()


def count_open(flags: Iterable[Flag]) -> dict[str, int]:
    """How many flags there are of each severity."""
    counts = {severity.value: 0 for severity in Severity}
    for one in flags:
        counts[one.severity.value] += 1
    return counts


def adjust_sums(connection: Connection, before: Any, status: str, counts: dict[str, int]) -> None:
    """Add to the system's sums what has changed for one hypothesis."""
    change = {name: counts[name] - getattr(before, name) for name in counts}
    for name in ("confirmed", "edited"):
        change[name] = int(status == name) - int(before.status == name)
    values = {system.c[name]: system.c[name] + by for name, by in change.items() if by}
    if values:
        connection.execute(update(system).where(system.c.id == before.system_id).values(values))
