"""The corrected text in the format that a batch came in."""

from collections.abc import Callable, Mapping
from typing import BinaryIO

from review.errors import NotFound
from review.formats import ARTICLE, DOCUMENT_FORMATS, LINES, TEXT_FORMATS
from review.formats.shape import DocumentFormat, Skeleton
from review.store import batches
from review.work.export_formats import REFUSED_CONTROLS, Exported, ExportFormat

_PLAIN: Skeleton = {"encoding": "utf-8", "bom": False, "end": "\n", "ends": {}}
_LOSSES: Mapping[str, Mapping[str, str]] = {
    LINES.id: {"breaks": "which become spaces"},
    ARTICLE.id: {"gaps": "which part a paragraph in two"},
    **dict.fromkeys(("xliff", "tmx", "wmt-xml"), REFUSED_CONTROLS),
}


def as_imported(format_id: str = "") -> ExportFormat:
    """The format "text" for batches that came in this one; without it, what they have in common."""
    if one := DOCUMENT_FORMATS.get(format_id):
        title = f"Corrected {one.title}, as it was imported"
        drops = one.drops or "nothing of the file"
        return ExportFormat(
            "text", title, one.suffix, one.mimetype, drops, _writer(one), _LOSSES.get(format_id, {})
        )
    losses = _LOSSES.get(format_id, _LOSSES[LINES.id])
    title = "Corrected text, as it was imported"
    if format_id and format_id not in TEXT_FORMATS:
        title = "Corrected text, one segment a line"
    return ExportFormat("text", title, ".txt", "text/plain", "everything but the text", _write_text, losses)


def _write_text(exported: Exported, out: BinaryIO) -> None:
    format_id = exported.batch.format
    text_format = TEXT_FORMATS.get(format_id, LINES)
    known = format_id in TEXT_FORMATS
    skeleton = batches.get_skeleton(exported.engine, exported.system.id) if known else {}
    text_format.write(exported.texts(), skeleton or _PLAIN, out)


def _writer(one: DocumentFormat) -> Callable[[Exported, BinaryIO], None]:
    def write(exported: Exported, out: BinaryIO) -> None:
        if exported.original is None:
            raise NotFound("The file that this batch came in is not kept: export it in another format.")
        one.write(exported.original, list(exported.reviewed()), out, exported.system.position)

    return write
