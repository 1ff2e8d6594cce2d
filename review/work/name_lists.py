"""The reviewers' name list, in and out."""

from review.errors import NotFound
from review.formats.name_lists import read_names, write_csv, write_tbx
from review.store import names
from review.store.engine import Engine
from review.store.names import NameEntry
from review.work.access import find_batch
from review.work.intake import Given


def exported(engine: Engine, project_id: int, kind: str, language: str = "en") -> tuple[bytes, str]:
    """The list as "csv" or "tbx", and its MIME type."""
    pairs = [(entry.variant, entry.right) for entry in names.list_names(engine, project_id)]
    if kind == "csv":
        return write_csv(pairs), "text/csv"
    if kind == "tbx":
        return write_tbx(pairs, language), "application/x-tbx+xml"
    raise NotFound("A name list is exported as csv or tbx.")


def imported(engine: Engine, batch_id: int, given: Given, reviewer_id: int) -> int:
    """Add a file's entries to the list of a batch's project, all or none; how many were new."""
    batch = find_batch(engine, batch_id)
    pairs = read_names(given.stream.read(), given.name)
    entries = [NameEntry(variant, right, "import") for variant, right in dict(pairs).items()]
    return names.append_names(engine, batch.project_id, entries, reviewer_id)
