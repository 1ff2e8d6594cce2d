"""Whether the database answers and is of this version, and what its connections do: for whoever watches over it."""

from collections.abc import Mapping

from sqlalchemy import Engine, QueuePool, func, select

from review.store.arriving import WHOLE
from review.store.engine import newest_revision, reading, revision_of
from review.store.schema import batch

_UNFLAGGED = select(func.count()).select_from(batch).where(WHOLE, batch.c.flagging != "done")


def is_current(engine: Engine) -> bool:
    """Whether the tables are those that this version makes; Busy where the database does not answer."""
    with reading(engine) as connection:
        return revision_of(connection) == newest_revision()


def count_unflagged(engine: Engine) -> int:
    """How many batches wait for their flags."""
    with reading(engine) as connection:
        return connection.scalar(_UNFLAGGED) or 0


def connections(engine: Engine) -> Mapping[str, int]:
    """The connections of this process: in use, and kept open for the next one."""
    pool = engine.pool
    assert isinstance(pool, QueuePool)  # what SQLAlchemy gives to files and servers
    return {"used": pool.checkedout(), "idle": pool.checkedin()}
