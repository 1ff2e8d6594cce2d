"""What people do that the log of a team tells."""

from collections.abc import Sequence

from review.store import audits
from review.store.audits import Entry
from review.store.engine import Engine

LOG_PAGE = 200

# By the route that does it. What is done to accounts, roles, invitations and whole batches is noted where it is
# stored, in its own transaction.
ACTIONS = {
    "annotations.import_marks": "import",
    "exports.download": "export",
    "api.exports.download": "export",
    "comparisons.export": "export",
    "names.export": "export",
    "terms.export": "export",
}


def note(engine: Engine, who: str, action: str, path: str, project_id: int) -> None:
    """Append what is asked for at a path to the log."""
    audits.append_audit(engine, who, action, path, project_id)


def log(engine: Engine, before: int | None = None) -> Sequence[Entry]:
    """A page of the log, newest first."""
    return audits.list_audit(engine, LOG_PAGE, before)
