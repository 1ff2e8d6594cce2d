"""The reviewers' term list: its page, its entries, in and out of files."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.errors import BadInput, NotFound
from review.formats.guard import check_characters
from review.formats.term_lists import ListedTerm, read_terms, trouble_with, write_csv, write_tbx
from review.store import terms
from review.store.engine import Engine
from review.store.records import Batch
from review.store.terms import TermEntry
from review.text import visible
from review.work.access import find_batch
from review.work.importing import Queue
from review.work.intake import Given

_LONGEST = 200  # characters of a term
_LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class TermsPage:
    """The term list, seen from a batch, whose languages it is read in."""

    batch: Batch
    listed: Sequence[TermEntry]


def page(engine: Engine, batch_id: int) -> TermsPage:
    """The page of the term list."""
    batch = find_batch(engine, batch_id)
    return TermsPage(batch, terms.list_terms(engine, batch.project_id))


def add(engine: Engine, queue: Queue, batch_id: int, given: ListedTerm, reviewer_id: int) -> ListedTerm:
    """Add a term; as it was stored. The batch is flagged anew."""
    batch = find_batch(engine, batch_id)
    term = _cleaned(given)
    if trouble := trouble_with(term):
        raise BadInput(f"This is no term: {trouble}")
    entry = TermEntry(term.source, term.target, term.forbidden, term.note, "page")
    if terms.append_terms(engine, batch.project_id, [entry], reviewer_id):
        queue.flag_batch(batch.id)
    return term


def withdraw(engine: Engine, queue: Queue, batch_id: int, source: str, target: str) -> None:
    """Take a term off the list."""
    batch = find_batch(engine, batch_id)
    if not terms.withdraw_term(engine, batch.project_id, source, target):
        raise NotFound(f"The term list has no “{source[:60]}” with “{target[:60]}”.")
    queue.flag_batch(batch.id)


def exported(
    engine: Engine, project_id: int, kind: str, source_lang: str, target_lang: str
) -> tuple[bytes, str]:
    """The list as "csv" or "tbx", and its MIME type."""
    every = terms.list_terms(engine, project_id)
    listed = [ListedTerm(e.source, e.target, e.forbidden, e.note) for e in every]
    if kind == "csv":
        return write_csv(listed), "text/csv"
    if kind == "tbx":
        return write_tbx(listed, source_lang, target_lang), "application/x-tbx+xml"
    raise NotFound("A term list is exported as csv or tbx.")


def imported(engine: Engine, queue: Queue, batch_id: int, given: Given, reviewer_id: int) -> int:
    """Add a file's terms to the list, all or none; how many were new."""
    batch = find_batch(engine, batch_id)
    read = read_terms(given.stream.read(), given.name, batch.source_lang, batch.target_lang)
    cleaned = {(t.source, t.target): t for t in map(_cleaned, read)}
    entries = [TermEntry(t.source, t.target, t.forbidden, t.note, "import") for t in cleaned.values()]
    new = terms.append_terms(engine, batch.project_id, entries, reviewer_id)
    if new:
        queue.flag_batch(batch.id)
    return new


def _cleaned(term: ListedTerm) -> ListedTerm:
    """A term on one line, without what cannot be seen; BadInput where it is too long."""
    source, target, note = (" ".join(visible(t).split()) for t in (term.source, term.target, term.note))
    check_characters(source + target + note, "The term")
    if max(len(source), len(target)) > _LONGEST:
        raise BadInput(f"A term has at most {_LONGEST} characters.")
    if len(note) > _LONGEST_NOTE:
        raise BadInput(f"A note has at most {_LONGEST_NOTE:,} characters.")
    return ListedTerm(source, target, term.forbidden, note)
