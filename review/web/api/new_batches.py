"""What a batch is made of: segments as JSON, or files as the upload page takes them."""

import json
from io import BytesIO
from typing import Annotated, Literal

from pydantic import Field

from review.web.api.shapes import File, Language, Sent, Text, Title
from review.work.intake import Given
from review.work.uploads import Chosen, Upload

_FIELDS = ("translation", "source", "reference", "documents")
_Name = Annotated[str, Field(pattern=r"^[^\x00]+$", max_length=300)]


class _About(Sent):
    title: Annotated[Title, Field(description="Without it, the beginning of the text")] = ""
    source_lang: Annotated[Language, Field(description="ISO 639-1; guessed without it")] = ""
    target_lang: Annotated[Language, Field(description="ISO 639-1; guessed without it")] = ""


class NewSegment(Sent):
    """A segment to review."""

    hypothesis: Annotated[
        Text | Annotated[dict[_Name, Text], Field(min_length=1)],
        Field(
            description="The machine’s translation, or several by their systems’ names: in each segment the same"
        ),
    ]
    source: Text | None = None
    references: list[Text] = []
    document: Annotated[
        Text | None, Field(description="Segments in a row with the same one read as one text")
    ] = None
    notes: list[Text] = []


class NewBatch(_About):
    """Segments, in order."""

    segments: Annotated[list[NewSegment], Field(min_length=1)]

    def files(self) -> Chosen:
        """The segments as the file that says the same: a line each, so that line N is segment N."""
        lines = (json.dumps(one.model_dump(exclude_none=True), ensure_ascii=False) for one in self.segments)
        return [("translation", Given("segments", BytesIO("\n".join(lines).encode())))]

    def upload(self, reviewer_id: int, project_id: int, token: str) -> Upload:
        """What is said of it."""
        return Upload(
            reviewer_id, self.title, self.source_lang, self.target_lang, token=token, project_id=project_id
        )


class NewFiles(_About):
    """Files, each with its name: what they are is found by their content."""

    translation: Annotated[
        list[File], Field(min_length=1, description="One for each system; a single one may be any format")
    ]
    source: File | None = None
    reference: list[File] = []
    documents: Annotated[File | None, Field(description="The id of each line’s document")] = None
    layout: Annotated[
        Literal["", "article", "lines", "table"],
        Field(description="What plain text is, where its content does not say"),
    ] = ""
    encoding: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_.:-]*$", max_length=40, description="Of text that is not UTF-8")
    ] = ""
    columns: Annotated[
        Title, Field(description="Of a table, as in “source=1,hypothesis=2”; without it its header says so")
    ] = ""

    def files(self) -> Chosen:
        """The files by their fields."""
        given = {"source": self.source, "documents": self.documents}
        several = {"translation": self.translation, "reference": self.reference}
        several |= {name: [one] for name, one in given.items() if one is not None}
        return [
            (name, Given(one.filename or name, one.stream))  # type: ignore[arg-type]
            for name in _FIELDS
            for one in several.get(name, ())
        ]

    def upload(self, reviewer_id: int, project_id: int, token: str) -> Upload:
        """What is said of them."""
        return Upload(
            reviewer_id,
            self.title,
            self.source_lang,
            self.target_lang,
            layout=self.layout,
            encoding=self.encoding,
            token=token,
            project_id=project_id,
            told=self.columns,
        )
