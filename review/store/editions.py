"""Cheap answers to: has what was read before changed since?"""

from sqlalchemy import Engine, bindparam, func, select

from review.store.engine import reading
from review.store.schema import hypothesis
from review.store.schema_rules import name_entry, term_entry

_LISTS = select(
    *(
        select(count).scalar_subquery()
        for table in (name_entry, term_entry)
        for count in (func.coalesce(func.max(table.c.id), 0), func.count(table.c.withdrawn_at))
    )
)
_VERSIONS = select(hypothesis.c.number, hypothesis.c.version).where(
    hypothesis.c.system_id == bindparam("system"),
    hypothesis.c.number.between(bindparam("first"), bindparam("last")),
    hypothesis.c.version > 0,
)


def lists_edition(engine: Engine) -> tuple[int, ...]:
    """Another one after any change of the name list or the term list: entries are only added and withdrawn."""
    with reading(engine) as connection:
        return tuple(connection.execute(_LISTS).one())


def list_versions(engine: Engine, system_id: int, first: int, last: int) -> dict[int, int]:
    """The version of each text that was ever corrected."""
    wanted = {"system": system_id, "first": first, "last": last}
    with reading(engine) as connection:
        return {row.number: row.version for row in connection.execute(_VERSIONS, wanted)}
