"""Batches as Word documents: the texts alone, or with their corrections as tracked changes."""

from typing import BinaryIO

from review.codes import without_codes
from review.formats import DOCUMENT_FORMATS
from review.formats.docx import Docx
from review.formats.docx.changes import DROPS, write_tracked, write_tracked_anew
from review.formats.docx.plain import plain_document
from review.work.export_formats import REFUSED_CONTROLS, Exported, ExportFormat


def _write_changes(exported: Exported, out: BinaryIO) -> None:
    batch, every = exported.batch, list(exported.seen())
    if batch.format == Docx.id and exported.original is not None:
        write_tracked(exported.original, every, out)
    else:
        write_tracked_anew(every, batch.name, batch.target_lang, out)


def _write_texts(exported: Exported, out: BinaryIO) -> None:
    coded = exported.batch.format in DOCUMENT_FORMATS  # elsewhere ⟦1⟧ is what somebody wrote
    texts = (without_codes(text)[0] if coded else text for text in exported.texts())
    out.write(plain_document(texts, exported.batch.name, exported.batch.target_lang))


WORD_CHANGES = ExportFormat(
    "docx-changes",
    "Word document with tracked changes: who changed what and when; flags and comments as comments",
    ".changes.docx",
    Docx.mimetype,
    DROPS,
    _write_changes,
    REFUSED_CONTROLS,
)
WORD = ExportFormat(
    "docx",
    "Word document: a paragraph for each segment",
    ".docx",
    Docx.mimetype,
    "everything but the text; inline codes too",
    _write_texts,
    REFUSED_CONTROLS,
)
