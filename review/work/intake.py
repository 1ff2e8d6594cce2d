"""Reads what is handed in, files or pasted text, into one shape; stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from review.errors import BadInput, UnequalParagraphs
from review.formats import ARTICLE, JSONL, LINES
from review.formats.guard import Limits
from review.formats.jsonl import looks_like_jsonl
from review.formats.shape import Parsed
from review.model import Document, Segment, SegmentTexts


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was handed in. `name` is only ever shown and used as a label."""

    name: str
    stream: BinaryIO

    @property
    def label(self) -> str:
        """The file's name without folders, suffix and a leading "sys."."""
        base = PurePosixPath(PureWindowsPath(self.name).as_posix()).name
        return (base.rpartition(".")[0] or base).removeprefix("sys.") or "system"


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read: its texts, the format of each system's file, whether documents are told apart."""

    parsed: Parsed
    format_id: str
    bounded: bool


def read_file(given: Given, limits: Limits, encoding: str | None = None) -> Intake:
    """One file by itself: JSONL by its content, else an article with one system."""
    start = given.stream.read(1 << 16)
    given.stream.seek(0)
    if looks_like_jsonl(start):
        parsed = JSONL.read(given.stream, given.name, limits, encoding)
        bounded = all(segment.document is not None for segment in parsed.segments)
        return _not_empty(Intake(parsed, "jsonl", bounded), given.name)
    texts, skeleton = ARTICLE.read(given.stream, given.name, limits, encoding)
    segments = [SegmentTexts((text,), document="1") for text in texts]
    return _not_empty(Intake(Parsed((given.label,), segments, (skeleton,)), "article", True), given.name)


def read_aligned(
    hypotheses: Sequence[tuple[str, Given]],
    source: Given | None = None,
    references: Sequence[Given] = (),
    documents: Given | None = None,
    *,
    limits: Limits,
    encoding: str | None = None,
) -> Intake:
    """Line-aligned files, the systems by name; BadInput where their lines differ in number."""
    names = [name for name, _ in hypotheses]
    if doubled := next((name for name in names if names.count(name) > 1), None):
        raise BadInput(f"Two systems are named “{doubled}”: name one otherwise (NAME=FILE).")
    read = [LINES.read(given.stream, given.name, limits, encoding) for _, given in hypotheses]
    first = hypotheses[0][1].name, len(read[0][0])
    for (_, given), (texts, _) in zip(hypotheses[1:], read[1:], strict=True):
        _same_count(first, (given.name, len(texts)))
    extra = [_read_like(first, given, limits, encoding) for given in (source, *references, documents)]
    sources, *others, boundaries = extra
    segments = [
        SegmentTexts(
            hypotheses=tuple(texts[index] for texts, _ in read),
            source=None if sources is None else sources[index],
            references=tuple(texts[index] for texts in others if texts is not None),
            document=None if boundaries is None else boundaries[index],
        )
        for index in range(first[1])
    ]
    parsed = Parsed(tuple(names), segments, tuple(skeleton for _, skeleton in read))
    return _not_empty(Intake(parsed, "lines", boundaries is not None), first[0])


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
                f"The translation has {_count(len(texts), 'paragraph')}, the {kind} {len(paragraphs)}: "
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
    intake = Intake(Parsed((hypothesis.label,), segments, (skeleton,)), "article", True)
    return _not_empty(intake, hypothesis.name)


def read_choice(
    chosen: Sequence[tuple[str, Given]], layout: str, limits: Limits, encoding: str | None = None
) -> Intake:
    """Uploaded files by form field (translation, source, reference, documents).

    `layout` is "article" or "lines"; without it a single translation is an article or JSONL, and
    several files are line-aligned.
    """
    by_field = {field: [given for name, given in chosen if name == field] for field, _ in chosen}
    translations = by_field.get("translation", [])
    source, documents = (next(iter(by_field.get(f, [])), None) for f in ("source", "documents"))
    references = by_field.get("reference", [])
    if not translations:
        raise BadInput("There is nothing to import: choose a file with the translation first.")
    if len(chosen) == 1 and layout != "lines":
        return read_file(translations[0], limits, encoding)
    if layout == "article":
        if len(translations) > 1 or len(references) > 1 or documents:
            raise BadInput("Articles pair one translation with one source and one reference at most.")
        return pair_articles(translations[0], source, next(iter(references), None), limits, encoding)
    systems = [(given.label, given) for given in translations]
    return read_aligned(systems, source, references, documents, limits=limits, encoding=encoding)


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


def _read_like(
    first: tuple[str, int], given: Given | None, limits: Limits, encoding: str | None
) -> list[str] | None:
    if given is None:
        return None
    texts, _ = LINES.read(given.stream, given.name, limits, encoding)
    _same_count(first, (given.name, len(texts)))
    return texts


def _same_count(first: tuple[str, int], other: tuple[str, int]) -> None:
    if first[1] != other[1]:
        raise BadInput(
            f"{first[0]} has {_count(first[1], 'line')}, {other[0]} has {other[1]}: line-aligned files must "
            "have as many lines as each other."
        )


def _not_empty(intake: Intake, name: str) -> Intake:
    segments = intake.parsed.segments
    if not segments or not any(text.strip() for s in segments for text in s.hypotheses):
        raise BadInput(f"{name}: nothing to import, there is no text in it.")
    return intake


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
