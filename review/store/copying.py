"""Copies a whole database into an empty one, of the same kind or the other."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from review.errors import BadInput
from review.store.engine import reading, writing
from review.store.tables import metadata

_ROWS_AT_ONCE = 1000
# What opening a database puts into it by itself: these rows may be there already, and give way.
_OWN = ("project", "reviewer")

Progress = Callable[[str, int], None]  # the table, and how many of its rows are copied


def count_rows(engine: Engine) -> dict[str, int]:
    """How many rows each table holds, as of one moment."""
    with reading(engine) as connection:
        return _counts(connection)


def copy_rows(
    source: Engine, target: Engine, progress: Progress = lambda _table, _rows: None
) -> dict[str, int]:
    """Copy all rows into a database that nobody has worked in; how many, by table, the same on both sides.

    All in one transaction, as of one moment of the source. BadInput where the target holds work already.
    """
    with reading(source) as read, writing(target) as write:
        before = _counts(write)
        if held := [name for name, rows in before.items() if rows and name not in _OWN]:
            raise BadInput(f"The database to write into is not empty: it has rows in {held[0]}.")
        for name in reversed(_OWN):
            write.execute(metadata.tables[name].delete())
        for table in metadata.sorted_tables:
            _copy_table(read, write, table, progress)
        if target.dialect.name == "postgresql":
            _set_sequences(write)
        wanted, found = _counts(read), _counts(write)
        if wanted != found:
            differing = next(name for name in wanted if wanted[name] != found[name])
            raise BadInput(
                f"The copy is not whole: {differing} has {wanted[differing]:,} rows there and {found[differing]:,} "
                "here. Nothing was kept; try again."
            )
        return found


def _counts(connection: Connection) -> dict[str, int]:
    tables = metadata.sorted_tables
    return {t.name: int(connection.scalar(select(func.count()).select_from(t)) or 0) for t in tables}


def _copy_table(read: Connection, write: Connection, table: Table, progress: Progress) -> None:
    done = 0
    for rows in _partitions(read, table):
        write.execute(insert(table), rows)
        done += len(rows)
        progress(table.name, done)


def _partitions(read: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    result = read.execution_options(yield_per=_ROWS_AT_ONCE).execute(query)
    for some in result.partitions():
        yield [dict(row._mapping) for row in some]


def _set_sequences(write: Connection) -> None:
    """Have new rows numbered after those that came with their numbers."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            name = text("SELECT pg_get_serial_sequence(:table, :column)")
            sequence = write.scalar(name, {"table": table.name, "column": column.name})
            if sequence is not None:
                last = write.scalar(select(func.max(column)))
                write.execute(select(func.setval(sequence, last or 1, last is not None)))
