"""Exports of a batch, in any format that its page offers."""

from flask import Response, url_for

from review.web.api.operations import Noun
from review.web.api.shapes import OfSystem, Told
from review.web.desk import desk
from review.web.exports import sent
from review.work import exporting
from review.work.access import find_batch
from review.work.export_files import MEDIA_TYPES

noun = Noun("exports", __name__, "/batches/<int:batch_id>/exports")
_FORMATS = [one.id for one in exporting.EXPORT_FORMATS]


class OneFormat(Told):
    """A format that a batch can be exported in."""

    id: str
    title: str
    media_type: str
    drops: str
    link: str


class Formats(Told):
    """Formats, first the one that the batch came in."""

    formats: list[OneFormat]


@noun.get(answers={200: Formats})
def index(batch_id: int) -> Formats:
    """The formats that a batch can be exported in, and what each leaves out."""
    found = exporting.formats_for(find_batch(desk().engine, batch_id))
    return Formats(
        formats=[
            OneFormat(
                id=one.id,
                title=one.title,
                media_type=one.mimetype,
                drops=one.drops,
                link=url_for("api.exports.download", batch_id=batch_id, format_id=one.id),
            )
            for one in found
        ]
    )


@noun.get(
    "/<format_id>",
    answers={200: None},
    query=OfSystem,
    places={"format_id": {"type": "string", "enum": _FORMATS}},
    files=MEDIA_TYPES,
)
def download(batch_id: int, format_id: str, query: OfSystem) -> Response:
    """One system’s texts as they stand, as a file."""
    return sent(batch_id, format_id, query.system, as_attachment=True)
