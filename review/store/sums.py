"""The sums that a system keeps over its hypotheses, so that no list of batches has to count."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, select, update

from review.model import Severity, View
from review.store.reviewers import DEFAULT_PROJECT
from review.store.schema import flag, hypothesis, muting, project, system

_SEVERITIES = [severity.value for severity in Severity]
_IDS_AT_ONCE = 500


def state_of(connection: Connection, hypothesis_id: int) -> Any:
    """The changing columns of a hypothesis, locked until the transaction ends."""
    columns = (hypothesis.c.system_id, hypothesis.c.version, hypothesis.c.status)
    query = select(*columns).where(hypothesis.c.id == hypothesis_id)
    return connection.execute(query.with_for_update()).one()


def default_view(connection: Connection) -> View:
    """What a page shows first: flags that are sure enough, of checks that are not muted."""
    newest = select(func.max(muting.c.id)).group_by(muting.c.project_id, muting.c.check)
    query = (
        select(muting.c.check)
        .join(project, muting.c.project_id == project.c.id)
        .where(project.c.name == DEFAULT_PROJECT, muting.c.id.in_(newest), muting.c.muted)
    )
    return View(muted=frozenset(connection.scalars(query)))


def seen_in(view: View) -> Any:
    """The condition that a flag is open and shown in a view."""
    return and_(flag.c.state == "open", flag.c.confidence >= view.confidence, flag.c.check.not_in(view.muted))


def recount(connection: Connection, hypothesis_ids: Sequence[int]) -> None:
    """Count these hypotheses' open flags of the default view again, and put the difference into the sums."""
    view = default_view(connection)
    for start in range(0, len(hypothesis_ids), _IDS_AT_ONCE):
        ids = hypothesis_ids[start : start + _IDS_AT_ONCE]
        before = _summed(connection, ids)
        counts = {name: _open_of(name, view) for name in _SEVERITIES}
        connection.execute(update(hypothesis).where(hypothesis.c.id.in_(ids)).values(counts))
        for system_id, sums in _summed(connection, ids).items():
            change = {name: sums[name] - before[system_id][name] for name in _SEVERITIES}
            _add(connection, system_id, change)


def count_status(connection: Connection, system_id: int, before: str, after: str) -> None:
    """Note that a hypothesis of this system went from one status to another."""
    _add(connection, system_id, {s: (after == s) - (before == s) for s in ("confirmed", "edited")})


def _open_of(severity: str, view: View) -> Any:
    here = and_(flag.c.hypothesis_id == hypothesis.c.id, flag.c.version == hypothesis.c.version)
    query = select(func.count()).select_from(flag).where(here, flag.c.severity == severity, seen_in(view))
    return query.scalar_subquery()


def _summed(connection: Connection, ids: Sequence[int]) -> dict[int, Counter[str]]:
    sums = (func.sum(hypothesis.c[name]).label(name) for name in _SEVERITIES)
    query = select(hypothesis.c.system_id, *sums).where(hypothesis.c.id.in_(ids))
    rows = connection.execute(query.group_by(hypothesis.c.system_id))
    return {row.system_id: Counter({name: getattr(row, name) for name in _SEVERITIES}) for row in rows}


def _add(connection: Connection, system_id: int, change: dict[str, int]) -> None:
    values = {system.c[name]: system.c[name] + by for name, by in change.items() if by}
    if values:
        connection.execute(update(system).where(system.c.id == system_id).values(values))
