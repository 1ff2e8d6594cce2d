"""Finds out what a file is by its content, and reads it."""

from review.formats.guard import Limits
from review.work.intake import Given, Intake, read_article, read_known
from review.work.tables import find_rows, read_told


def read_file(given: Given, limits: Limits, encoding: str | None = None, columns: str = "") -> Intake:
    """One file by itself, of whatever format its content is; an article with one system where it is plain text.

    `columns` says what the columns of a table are ("source=1,hypothesis=2"), if no header does.
    """
    if not columns and (known := read_known(given, limits, encoding)):
        return known
    rows = find_rows(given, encoding)
    if columns or rows is not None:
        return read_told(given, rows, columns, limits, encoding)
    return read_article(given, limits, encoding)
