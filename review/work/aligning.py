"""Files whose segments stand beside each other by their order: line N, or segment N, of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, repeat
from typing import Protocol

from review.errors import BadInput
from review.formats import LINES, find_document_format
from review.formats.foreign import refuse_foreign
from review.formats.guard import Limits
from review.formats.shape import Parsed, Skeleton
from review.model import SegmentColumns, SegmentTexts
from review.work.intake import Given, Intake, counted, not_empty, pair_articles, read_known
from review.work.reading import read_file


class Texts(Protocol):
    """One text a segment, to be walked through more than once; perhaps not all in memory."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class SingleTexts:
    """A file as one text a segment; its documents where it names them."""

    name: str
    texts: Texts
    skeleton: Skeleton
    documents: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Segments out of several files, put together whenever they are walked through."""

    hypotheses: Sequence[Texts]
    source: Texts | None
    references: Sequence[Texts]
    documents: Iterable[str] | None

    def __len__(self) -> int:
        return len(self.hypotheses[0])

    def __iter__(self) -> Iterator[SegmentTexts]:
        none: Iterable[None] = repeat(None)
        columns = (
            zip(*self.hypotheses, strict=True),
            none if self.source is None else self.source,
            zip(*self.references, strict=True) if self.references else repeat(()),
            none if self.documents is None else self.documents,
            repeat(()),
        )
        return map(SegmentTexts._make, zip(*columns, strict=False))

    def columns(self, size: int) -> Iterator[SegmentColumns]:
        """All segments, so many at a time."""
        systems, references = [iter(texts) for texts in self.hypotheses], [iter(r) for r in self.references]
        source = repeat(None) if self.source is None else iter(self.source)
        documents = repeat(None) if self.documents is None else iter(self.documents)
        while first := list(islice(systems[0], size)):
            count = len(first)
            beside = [list(islice(reference, count)) for reference in references]
            yield SegmentColumns(
                [first, *(list(islice(texts, count)) for texts in systems[1:])],
                list(islice(source, count)),
                list(zip(*beside, strict=True)) if beside else [()] * count,
                list(islice(documents, count)),
                [()] * count,
            )


def read_single(given: Given, limits: Limits, encoding: str | None = None) -> SingleTexts:
    """A file with one text a segment: lines, or the first system of a format that is found by its content."""
    start = given.start()
    if find_document_format(start) and (intake := read_known(given, limits, encoding)):
        parsed = intake.parsed
        documents = [segment.document for segment in parsed.segments]
        known = [document for document in documents if document is not None]
        texts = [segment.hypotheses[0] for segment in parsed.segments]
        return SingleTexts(given.name, texts, _PLAIN, known if len(known) == len(texts) else None)
    refuse_foreign(start, given.name)
    scanned = LINES.scan(given.stream, given.name, limits, encoding)
    return SingleTexts(given.name, scanned, scanned.skeleton)


# How lines are written of what came in as something else.
_PLAIN: Skeleton = {"encoding": "utf-8", "bom": False, "end": "\n", "ends": {}}


def read_aligned(
    hypotheses: Sequence[tuple[str, Given]],
    source: Given | None = None,
    references: Sequence[Given] = (),
    documents: Given | None = None,
    *,
    limits: Limits,
    encoding: str | None = None,
) -> Intake:
    """Line-aligned files, the systems by name; BadInput where their lines differ in number.

    A single translation that is a document stays one, with source and references beside it.
    """
    refuse_doubled([name for name, _ in hypotheses])
    if len(hypotheses) == 1 and not documents and find_document_format(hypotheses[0][1].start()):
        name, alone = hypotheses[0]
        beside = [read_single(one, limits, encoding) for one in references]
        return _document_with(
            read_file(alone, limits, encoding),
            name,
            read_single(source, limits, encoding) if source else None,
            beside,
        )
    given = [*(g for _, g in hypotheses), *references, *([source] if source else [])]
    read = [read_single(one, limits, encoding) for one in given]
    bounds = LINES.scan(documents.stream, documents.name, limits, encoding) if documents else None
    counts = [(one.name, len(one.texts)) for one in read]
    if documents and bounds:
        counts.append((documents.name, len(bounds)))
    for other in counts[1:]:
        _same_count(counts[0], other)
    systems, others = read[: len(hypotheses)], read[len(hypotheses) :]
    known = bounds or next((one.documents for one in read if one.documents is not None), None)
    segments = Aligned(
        [one.texts for one in systems],
        others[-1].texts if source else None,
        [one.texts for one in others[: len(references)]],
        known,
    )
    parsed = Parsed(tuple(name for name, _ in hypotheses), segments, tuple(one.skeleton for one in systems))
    return not_empty(Intake(counts[0][0], parsed, LINES.id, known is not None))


def _document_with(
    document: Intake, name: str, source: SingleTexts | None, references: Sequence[SingleTexts]
) -> Intake:
    """A document with texts beside its segments, by their order; its own source gives way.

    A single system gets the name. BadInput where the texts are not as many.
    """
    parsed = document.parsed
    sources = None if source is None else _as_many(source, document)
    others = [_as_many(one, document) for one in references]
    segments = [
        segment._replace(
            source=sources[index] if sources else segment.source,
            references=(*segment.references, *(texts[index] for texts in others)),
        )
        for index, segment in enumerate(parsed.segments)
    ]
    systems = (name,) if len(parsed.systems) == 1 else parsed.systems
    return replace(document, parsed=replace(parsed, systems=systems, segments=segments))


def _as_many(other: SingleTexts, document: Intake) -> list[str]:
    """The texts of a file, as many as a document's segments; blank lines stand between paragraphs."""
    texts, wanted = list(other.texts), len(document.parsed.segments)
    if len(texts) != wanted:
        texts = [text for text in texts if text.strip()]
    if len(texts) != wanted:
        raise BadInput(
            f"{document.name} has {counted(wanted, 'segment')}, {other.name} has {len(texts):,}: both must have "
            "the same paragraphs in the same order."
        )
    return texts


def read_choice(
    chosen: Sequence[tuple[str, Given]], layout: str, limits: Limits, encoding: str | None = None
) -> Intake:
    """Uploaded files by form field (translation, source, reference, documents).

    `layout` is "article" or "lines"; without it a single translation is whatever its content is, and
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
    if layout == "article" and not find_document_format(translations[0].start()):
        if len(translations) > 1 or len(references) > 1 or documents:
            raise BadInput("Articles pair one translation with one source and one reference at most.")
        return pair_articles(translations[0], source, next(iter(references), None), limits, encoding)
    systems = [(given.label, given) for given in translations]
    return read_aligned(systems, source, references, documents, limits=limits, encoding=encoding)


def refuse_doubled(names: Sequence[str]) -> None:
    """BadInput for a system's name that comes twice."""
    if doubled := next((name for name in names if names.count(name) > 1), None):
        raise BadInput(f"Two systems are named “{doubled}”: name one otherwise (NAME=FILE).")


def _same_count(first: tuple[str, int], other: tuple[str, int]) -> None:
    if first[1] != other[1]:
        raise BadInput(
            f"{first[0]} has {counted(first[1], 'line')}, {other[0]} has {other[1]}: line-aligned files must "
            "have as many lines as each other."
        )
