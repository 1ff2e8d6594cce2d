"""The database's clock: what several machines compare must not be told by their own."""

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select


def now_there(connection: Connection) -> datetime:
    """When the transaction began, as the database's machine sees it; in SQLite to the second."""
    found: datetime = connection.execute(select(func.current_timestamp())).scalar_one()
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
