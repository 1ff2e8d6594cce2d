"""The sums that a system keeps over its hypotheses, so that no list of batches and no filter has to count."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from review.model import CONFIDENCE_STEP, DEFAULT_CONFIDENCE, Severity, View
from review.store.schema import batch, flag, hypothesis, system
from review.store.schema_rules import muting
from review.store.schema_sums import decided, is_open, tally

_WEIGHTS = {Severity.MINOR.value: 1, Severity.MAJOR.value: 5, Severity.CRITICAL.value: 25}
_IDS_AT_ONCE = 500
_OPEN = select(
    flag.c.hypothesis_id, flag.c.system_id, flag.c.check, flag.c.severity, flag.c.confidence
).where(is_open)
_OPEN_FLAGS = _OPEN.where(flag.c.hypothesis_id.in_(bindparam("ids", expanding=True)))
_OPEN_FLAGS_OF_ONE = _OPEN.where(flag.c.hypothesis_id == bindparam("id"))


def _muted_in(project_id: Any) -> Any:
    of_project = muting.c.project_id == project_id
    newest = select(func.max(muting.c.id)).where(of_project).group_by(muting.c.check)
    return select(muting.c.check).where(of_project, muting.c.id.in_(newest), muting.c.muted)


_MUTED = _muted_in(bindparam("project"))
_MUTED_AROUND = _muted_in(
    select(batch.c.project_id)
    .join(system, system.c.batch_id == batch.c.id)
    .join(hypothesis, hypothesis.c.system_id == system.c.id)
    .where(hypothesis.c.id == bindparam("hypothesis"))
    .scalar_subquery()
)
_STATE = (
    select(
        *(hypothesis.c[name] for name in ("id", "system_id", "number", "version", "status", "deep_version"))
    )
    .where(hypothesis.c.id == bindparam("hypothesis"))
    .with_for_update()
)
_LOCK_HYPOTHESES = (
    select(hypothesis.c.system_id)
    .where(hypothesis.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(hypothesis.c.id)
    .with_for_update(key_share=True)
)
_LOCK_SYSTEMS = (
    select(system.c.id)
    .where(system.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(system.c.id)
    .with_for_update(key_share=True)
)
_SET_GAIN = (
    update(hypothesis).where(hypothesis.c.id == bindparam("changed")).values(gain=bindparam("new_gain"))
)
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def state_of(connection: Connection, hypothesis_id: int) -> Any:
    """The changing columns of a hypothesis, locked until the transaction ends."""
    return connection.execute(_STATE, {"hypothesis": hypothesis_id}).one()


def default_view(connection: Connection, project_id: int) -> View:
    """What a project's pages show first: flags that are sure enough, of checks that are not muted."""
    return View(muted=frozenset(connection.scalars(_MUTED, {"project": project_id})))


def step_of(confidence: float) -> int:
    """The step of the confidence slider that a flag is on: shown from there down."""
    return int(confidence / CONFIDENCE_STEP + 1e-6)


@contextmanager
def counting(connection: Connection, hypothesis_ids: Sequence[int]) -> Iterator[None]:
    """Put what a block changes of these hypotheses' open flags into the sums, once it ends.

    They are all of one project.
    """
    if connection.dialect.name != "sqlite":  # there one writes at a time
        _lock(connection, hypothesis_ids)
    before = _open_flags(connection, hypothesis_ids)
    yield
    after = _open_flags(connection, hypothesis_ids)
    if before == after:
        return
    muted = frozenset(connection.scalars(_MUTED_AROUND, {"hypothesis": hypothesis_ids[0]}))
    _add_to_tally(connection, before, after)
    _add_shown(connection, before, after, muted)
    _set_gains(connection, before, after, muted)


def _lock(connection: Connection, hypothesis_ids: Sequence[int]) -> None:
    """Let nobody else change these, nor count for their systems, until the transaction ends.

    Hypotheses before systems, both in order: so two that want the same wait for each other one way only.
    """
    owners: set[int] = set()
    for start in range(0, len(hypothesis_ids), _IDS_AT_ONCE):
        ids = sorted(hypothesis_ids[start : start + _IDS_AT_ONCE])
        owners.update(connection.scalars(_LOCK_HYPOTHESES, {"ids": ids}))
    connection.execute(_LOCK_SYSTEMS, {"ids": sorted(owners)})


def _open_flags(connection: Connection, hypothesis_ids: Sequence[int]) -> list[Any]:
    if len(hypothesis_ids) == 1:  # a list makes SQLAlchemy write the statement anew each time
        return list(connection.execute(_OPEN_FLAGS_OF_ONE, {"id": hypothesis_ids[0]}))
    found: list[Any] = []
    for start in range(0, len(hypothesis_ids), _IDS_AT_ONCE):
        ids = hypothesis_ids[start : start + _IDS_AT_ONCE]
        found += connection.execute(_OPEN_FLAGS, {"ids": ids})
    return found


def _difference(before: Counter[Any], after: Counter[Any]) -> dict[Any, int]:
    """What was added, in order, so that two writers lock rows in the same one."""
    after.subtract(before)
    return {key: by for key, by in sorted(after.items()) if by}


def _add_to_tally(connection: Connection, before: list[Any], after: list[Any]) -> None:
    def counted(rows: list[Any]) -> Counter[Any]:
        return Counter((r.system_id, r.severity, r.check, step_of(r.confidence)) for r in rows)

    columns = (tally.c.system_id, tally.c.severity, tally.c.check, tally.c.step)
    _add(connection, tally.c.open, columns, _difference(counted(before), counted(after)))


def _add(connection: Connection, sum_: Any, columns: Sequence[Any], change: dict[Any, int]) -> None:
    """Add to rows of a table of sums, or begin them."""
    if not change:
        return
    names = [column.name for column in columns]
    rows = [dict(zip(names, key, strict=True)) | {sum_.name: by} for key, by in change.items()]
    connection.execute(_added(connection.dialect.name, sum_, tuple(columns)), rows)


@cache
def _added(dialect: str, sum_: Any, columns: tuple[Any, ...]) -> Any:
    query = _INSERTS[dialect](sum_.table)
    added = {sum_.name: sum_ + query.excluded[sum_.name]}
    return query.on_conflict_do_update(index_elements=list(columns), set_=added)


def _add_shown(connection: Connection, before: list[Any], after: list[Any], muted: frozenset[str]) -> None:
    def counted(rows: list[Any]) -> Counter[Any]:
        shown = (r for r in rows if r.confidence >= DEFAULT_CONFIDENCE and r.check not in muted)
        return Counter((r.system_id, r.severity) for r in shown)

    for (system_id, severity), by in _difference(counted(before), counted(after)).items():
        add_to_system(connection, system_id, **{severity: by})


def _set_gains(connection: Connection, before: list[Any], after: list[Any], muted: frozenset[str]) -> None:
    def counted(rows: list[Any]) -> Counter[int]:
        gains: Counter[int] = Counter()
        for row in rows:
            if row.check not in muted:
                gains[row.hypothesis_id] += int(100 * row.confidence + 0.5) * _WEIGHTS[row.severity]
        return gains

    gains = counted(after)
    changed = _difference(counted(before), Counter(gains))
    if changed:
        connection.execute(_SET_GAIN, [{"changed": one, "new_gain": gains[one]} for one in changed])


def count_muted(connection: Connection, project_id: int, check: str) -> None:
    """Count again what hangs on whether a project has muted a check, after that has changed."""
    muted = default_view(connection, project_id).muted
    own = (
        select(system.c.id)
        .join(batch, system.c.batch_id == batch.c.id)
        .where(batch.c.project_id == project_id)
    )
    for severity in Severity:
        shown = select(func.coalesce(func.sum(tally.c.open), 0)).where(
            tally.c.system_id == system.c.id,
            tally.c.severity == severity.value,
            tally.c.check.not_in(muted),
            tally.c.step >= step_of(DEFAULT_CONFIDENCE),
        )
        counted = {severity.value: shown.scalar_subquery()}
        connection.execute(update(system).where(system.c.id.in_(own)).values(counted))
    weight = case(_WEIGHTS, value=flag.c.severity)
    worth = func.sum(func.round(100 * flag.c.confidence) * weight)
    here = (flag.c.hypothesis_id == hypothesis.c.id, is_open)
    gain = select(func.coalesce(worth, 0)).where(*here, flag.c.check.not_in(muted))
    flagged = select(flag.c.hypothesis_id).where(flag.c.check == check, is_open, flag.c.system_id.in_(own))
    connection.execute(
        update(hypothesis).where(hypothesis.c.id.in_(flagged)).values(gain=gain.scalar_subquery())
    )


def count_decision(connection: Connection, system_id: int, check: str, kind: str, made: int = 1) -> None:
    """Note that decisions were made on a check's flags."""
    columns = (decided.c.check, decided.c.kind, decided.c.system_id)
    _add(connection, decided.c.made, columns, {(check, kind, system_id): made})


def add_to_system(connection: Connection, system_id: int, **change: float) -> None:
    """Add to a system's sums."""
    added = {name: by for name, by in change.items() if by}
    if added:
        wanted = {"changed": system_id} | {f"by_{name}": by for name, by in added.items()}
        connection.execute(_raised(tuple(sorted(added))), wanted)


@cache
def _raised(names: tuple[str, ...]) -> Any:
    values = {name: system.c[name] + bindparam(f"by_{name}", type_=system.c[name].type) for name in names}
    return update(system).where(system.c.id == bindparam("changed")).values(values)
