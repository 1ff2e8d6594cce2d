"""Reads what is handed in, files or pasted text, into one shape; stores nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO

from review.errors import BadInput, UnequalParagraphs
from review.formats import ARTICLE, JSONL, find_document_format
from review.formats.foreign import refuse_foreign
from review.formats.guard import Limits
from review.formats.jsonl import looks_like_jsonl
from review.formats.mqm_set import MARKED, looks_like_marks, read_marked_set
from review.formats.naming import label_of
from review.formats.shape import DocumentFormat, Parsed
from review.model import Document, Segment, SegmentTexts

_START = 1 << 16  # bytes that a format is found by


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was handed in. `name` is only ever shown and used as a label."""

    name: str
    stream: BinaryIO

    @property
    def label(self) -> str:
        """The file's name without folders, suffix and a leading "sys."."""
        return label_of(self.name)

    def size(self) -> int:
        """How many bytes it has."""
        size = self.stream.seek(0, 2)
        self.stream.seek(0)
        return size

    def start(self) -> bytes:
        """How the file begins."""
        self.stream.seek(0)
        start = self.stream.read(_START)
        self.stream.seek(0)
        return start


@dataclass(frozen=True, slots=True)
class Marks:
    """A file of marked errors or scores, and the segments' numbers by the ids that it calls them by."""

    content: bytes
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read: its texts, the format of each system's file, whether documents are told apart.

    `name` is the file's; `original` is the file itself, where it holds more than its segments' texts. `marks` are
    those that it holds.
    """

    name: str
    parsed: Parsed
    format_id: str
    bounded: bool
    original: bytes | None = None
    marks: Marks | None = None


def is_known(given: Given) -> bool:
    """Whether a file's content says what it is: all but tables and plain text."""
    start = given.start()
    return bool(find_document_format(start)) or looks_like_jsonl(start) or looks_like_marks(start)


def read_known(given: Given, limits: Limits, encoding: str | None = None) -> Intake | None:
    """One file by itself where its content says what it is; None for tables and plain text."""
    start = given.start()
    if document_format := find_document_format(start):
        return _read_document(document_format, given, limits, encoding)
    if looks_like_jsonl(start):
        parsed = JSONL.read(given.stream, given.name, limits, encoding)
        return not_empty(Intake(given.name, parsed, JSONL.id, bounded(parsed)))
    if looks_like_marks(start):
        return _read_marked(given, limits)
    return None


def read_article(given: Given, limits: Limits, encoding: str | None = None) -> Intake:
    """Plain text by itself: an article with one system."""
    refuse_foreign(given.start(), given.name)
    texts, skeleton = ARTICLE.read(given.stream, given.name, limits, encoding)
    segments = [SegmentTexts((text,), document="1") for text in texts]
    return not_empty(Intake(given.name, Parsed((given.label,), segments, (skeleton,)), ARTICLE.id, True))


def _read_marked(given: Given, limits: Limits) -> Intake:
    content = given.stream.read()
    found = read_marked_set(content, given.name, limits)
    marks = Marks(content, found.numbers)
    return not_empty(Intake(given.name, found.parsed, MARKED, True, marks=marks))


def _read_document(one: DocumentFormat, given: Given, limits: Limits, encoding: str | None) -> Intake:
    content = given.stream.read(limits.document + 1)
    if len(content) > limits.document:
        most = f"{limits.document // 2**20:,} MB"
        raise BadInput(f"{given.name}: it is larger than {most}, the most for this format; split it.")
    given.stream.seek(0)
    parsed = one.read(given.stream, given.name, limits, encoding)
    return not_empty(Intake(given.name, parsed, one.id, bounded(parsed), content))


def bounded(parsed: Parsed) -> bool:
    """Whether every segment is said to be of a document."""
    return all(segment.document is not None for segment in parsed.segments)


def pair_articles(
    hypothesis: Given,
    source: Given | None,
    reference: Given | None,
    limits: Limits,
    encoding: str | None = None,
) -> Intake:
    """Articles that belong together, paragraph by paragraph; UnequalParagraphs where they do not pair."""
    texts, skeleton = ARTICLE.read(hypothesis.stream, hypothesis.name, limits, encoding)
    beside: list[list[str] | None] = []
    for kind, given in (("source", source), ("reference", reference)):
        paragraphs = ARTICLE.read(given.stream, given.name, limits, encoding)[0] if given else []
        if paragraphs and len(paragraphs) != len(texts):
            raise UnequalParagraphs(
                f"The translation has {counted(len(texts), 'paragraph')}, the {kind} {len(paragraphs)}: "
                "join or split until they are as many.",
                other=kind,
            )
        beside.append(paragraphs or None)
    sources, references = beside
    segments = [
        SegmentTexts(
            (text,),
            sources[index] if sources else None,
            (references[index],) if references else (),
            "1",
        )
        for index, text in enumerate(texts)
    ]
    parsed = Parsed((hypothesis.label,), segments, (skeleton,))
    return not_empty(Intake(hypothesis.name, parsed, ARTICLE.id, True))


def documents_of(intake: Intake, system: int = 0) -> list[Document]:
    """The documents of one system's hypotheses; segments are numbered from 1 through all of them."""
    numbered = [
        (texts.document, Segment(number, texts.hypotheses[system], texts.source, texts.references))
        for number, texts in enumerate(intake.parsed.segments, start=1)
    ]
    if not intake.bounded:
        return [Document([segment for _, segment in numbered], bounded=False)]
    return [
        Document([segment for _, segment in run]) for _, run in groupby(numbered, key=lambda entry: entry[0])
    ]


def not_empty(intake: Intake) -> Intake:
    """What was read; BadInput where there is no text in it."""
    segments = intake.parsed.segments
    if not segments or not any(text.strip() for s in segments for text in s.hypotheses):
        raise BadInput(f"{intake.name}: nothing to import, there is no text in it.")
    return intake


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 line", "2,000 lines"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
