"""Exports as files: made whole before any of them is sent."""

import re
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO, cast

from review.formats import DOCUMENT_FORMATS
from review.store.engine import Engine
from review.work import exporting
from review.work.access import find_batch, find_system

_IN_MEMORY = 8 * 2**20
# Those that an export may have.
_MADE = (one.mimetype for one in exporting.EXPORT_FORMATS)
_MADE_AGAIN = (one.mimetype for one in DOCUMENT_FORMATS.values())
MEDIA_TYPES = tuple(dict.fromkeys([*_MADE, *_MADE_AGAIN]))


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to send; whoever sends it closes it."""

    name: str
    mimetype: str
    content: BinaryIO


def export_file(
    engine: Engine, batch_id: int, format_id: str, position: int, categories: str = ""
) -> ExportFile:
    """One system of a batch in a format, in a temporary file of its own: an export may be large.

    `categories` is the table of the kinds of error, if it is not the one that comes with Tarkka.
    """
    batch = find_batch(engine, batch_id)
    chosen = exporting.find_format(format_id, batch)
    system = find_system(batch, position)
    with ExitStack() as stack:
        out = cast("BinaryIO", stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY)))
        exporting.export(engine, batch, system, chosen, out, categories)
        out.seek(0)
        stack.pop_all()
    named = batch.name[:60] if chosen.whole else f"{batch.name[:60]} {system.name}"
    name = re.sub(r"[^\w-]+", "-", named).strip("-") + chosen.suffix
    return ExportFile(name, chosen.mimetype, out)
