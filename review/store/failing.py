"""What a database that fails means for whoever asked it: try again, or something that it cannot hold."""

import logging
from contextlib import AbstractContextManager

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
)

from review.errors import BadInput, Busy, TarkkaError

log = logging.getLogger(__name__)


class ToldWhenFailing(AbstractContextManager[None]):
    """Turns what a driver raises inside into a refusal; what only a mistake of ours can cause goes through."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, DBAPIError) and (refusal := _refusal(error)):
            log.warning("the database failed: %s", _loggable(error))
            raise refusal from error


def _loggable(error: DBAPIError) -> str:
    """What may be logged of it: the driver's name and code for it, and what it says where no statement was sent.

    What it says of a statement quotes values, which are people's texts.
    """
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    said = str(error.orig).strip().split("\n")[0] if error.statement is None else ""
    return " ".join(filter(None, (type(error.orig).__name__, code, said)))


def _refusal(error: DBAPIError) -> TarkkaError | None:
    reason = str(error.orig).strip().split("\n")[0].rstrip(".")
    if isinstance(error, DataError):
        return BadInput(
            f"The database cannot hold what was given ({reason}); nothing was stored: shorten it."
        )
    if isinstance(error, IntegrityError):
        return Busy("Somebody changed the same at the same moment; nothing was stored: try again.")
    # Locked for too long, no space left, no longer there, starting up; or a file that is damaged.
    failing = isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
    if not (failing or error.connection_invalidated):
        return None
    return Busy(f"The database does not answer as it should ({reason}); nothing is lost: try again.")
