"""Attempts to sign in, kept while they count: all servers of an instance count them together."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, delete, func, insert, select, text

from review.store.engine import writing
from review.store.schema_team import sign_in_attempt

_LONGEST_NAME = 200
_LONGEST_ADDRESS = 60


def begin_attempt(
    engine: Engine, name: str, address: str, *, within: timedelta, per_name: int, per_address: int
) -> bool:
    """Count an attempt as failed until it is told to have succeeded; False where there were too many."""
    now = datetime.now(UTC)
    own = _row(name, address)
    with writing(engine) as connection:
        _one_at_a_time(connection)
        connection.execute(delete(sign_in_attempt).where(sign_in_attempt.c.made_at < now - within))
        for column, most in (("name", per_name), ("address", per_address)):
            same = select(func.count()).where(sign_in_attempt.c[column] == own[column])
            if (connection.scalar(same) or 0) >= most:
                return False
        connection.execute(insert(sign_in_attempt).values(made_at=now, **own))
        return True


def forget_attempts(engine: Engine, name: str, address: str) -> None:
    """Somebody has signed in: what failed before under this name, from this address, was theirs."""
    own = _row(name, address)
    same = [sign_in_attempt.c[column] == value for column, value in own.items()]
    with writing(engine) as connection:
        connection.execute(delete(sign_in_attempt).where(*same))


def _row(name: str, address: str) -> dict[str, str]:
    return {"name": name[:_LONGEST_NAME], "address": address[:_LONGEST_ADDRESS]}


def _one_at_a_time(connection: Connection) -> None:
    """Nobody counts before an attempt beside theirs is counted; SQLite has one writer anyhow."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE sign_in_attempt IN EXCLUSIVE MODE"))
