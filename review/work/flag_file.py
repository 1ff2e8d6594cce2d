"""Flags files without a database: what `python -m review flag` does."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from review.checks import all_checks, deep_checks, families_of
from review.checks.run import Checker, flag_document
from review.errors import BadInput
from review.formats.guard import Limits
from review.model import Context, Document, Flag, Level
from review.settings import Settings
from review.work import models
from review.work.input_files import InputFiles
from review.work.intake import documents_of
from review.work.languages import guess_language
from review.work.models import DeepParts, weights_file
from review.work.parts import Part, Progress, Way, quiet
from review.work.reading_once import read_once


@dataclass(frozen=True, slots=True)
class FlagChoice:
    """Which flags are asked for, and what is said of the source's language ("": guess it)."""

    source_lang: str
    checks: tuple[str, ...] | None
    level: Level
    model: str
    min_confidence: float


@dataclass(frozen=True, slots=True)
class Flagged:
    """Flags in order, and a sentence for each part of the deep checks that could not be had."""

    flags: list[Flag]
    troubles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents, and the languages that their files name; "" if they name no source."""

    documents: Sequence[Document]
    source_lang: str
    target_lang: str


@dataclass(frozen=True, slots=True)
class CorpusFiles:
    """Files that are read as one corpus."""

    files: InputFiles
    max_segment: int

    def paths(self) -> Sequence[Path]:
        """All of them."""
        return self.files.paths()

    def read(self) -> Corpus:
        """Their documents."""
        with ExitStack() as stack:
            intake = self.files.read(stack, Limits(self.max_segment))
            parsed = intake.parsed
            return Corpus(documents_of(intake), parsed.source_lang, parsed.target_lang or "en")


@dataclass(frozen=True, slots=True)
class FlagWork:
    """Flagging a corpus, document by document."""

    corpus: CorpusFiles
    choice: FlagChoice
    parts: Settings  # where the parts of the deep checks are; nothing else is set, since this is sent around

    def paths(self) -> Sequence[Path]:
        """The corpus, and a team's own weights where they are used."""
        own = [weights_file(self.parts)] if self._deep() else []
        return [*self.corpus.paths(), *own]

    def do(self, part: Part, progress: Progress = quiet) -> Flagged:
        """The flags of some of the documents."""
        corpus, choice = read_once(self.corpus), self.choice
        context = Context(choice.source_lang, corpus.target_lang)
        parts = models.deep_parts(self.parts, choice.model) if self._deep() else DeepParts()
        documents = _told(corpus.documents[part[0] : part[1]], progress)
        found = flag_documents(
            documents, parts.given_to(context), choice.checks, choice.level, choice.min_confidence
        )
        return Flagged(list(found), parts.troubles)

    def _deep(self) -> bool:
        """Whether any check that is asked for may ask a language model."""
        checks, deep = self.choice.checks, deep_checks()
        return self.choice.level is Level.DEEP and (
            bool(deep) if checks is None else not deep.isdisjoint(checks)
        )


def flag_files(
    files: InputFiles, choice: FlagChoice, settings: Settings, way: Way, progress: Progress = quiet
) -> Flagged:
    """The flags of files, shared among processes by whole documents: evidence is never torn apart.

    BadInput names a check that does not exist, or says that parts of the deep checks were not to be had everywhere.
    """
    _refuse_unknown(choice.checks or ())
    corpus = CorpusFiles(files, settings.max_segment)
    read = read_once(corpus)
    if not choice.source_lang:
        choice = replace(choice, source_lang=read.source_lang or _guessed(read.documents))
    sizes = [sum(len(s.text) for s in document.segments) for document in read.documents]
    parts = Settings(instance=settings.instance.absolute(), model_dir=str(settings.models_folder.absolute()))
    found = way.results(FlagWork(corpus, choice, parts), sizes, progress)
    troubles = {one.troubles for one in found}
    if len(troubles) > 1:
        several = " ".join(sorted({sentence for some in troubles for sentence in some}))
        raise BadInput(f"The deep checks could not be the same everywhere. {several}")
    return Flagged([flag for one in found for flag in one.flags], found[0].troubles)


def flag_documents(
    documents: Iterable[Document],
    context: Context,
    checks: Collection[str] | None = None,
    level: Level = Level.INSTANT,
    min_confidence: float = 0.0,
) -> Iterator[Flag]:
    """The flags of documents in order."""
    families = [family for one in Level if one.rank <= level.rank for family in families_of(one)]
    for document in documents:
        for flags in flag_document(document, Checker(context, checks, families, level)):
            yield from (flag for flag in flags if flag.confidence >= min_confidence)


def _guessed(documents: Sequence[Document]) -> str:
    segments = islice((s for document in documents for s in document.segments), 50)
    sources = [s.source for s in segments if s.source]
    return guess_language("\n".join(sources)) if sources else ""


def _told(documents: Sequence[Document], progress: Progress) -> Iterator[Document]:
    """The documents, with word of how many are done."""
    for done, document in enumerate(documents):
        progress(done, len(documents))
        yield document
    progress(len(documents), len(documents))


def _refuse_unknown(checks: Collection[str]) -> None:
    known = {check.id for check in all_checks()}
    if unknown := sorted(set(checks) - known):
        raise BadInput(f"There is no check “{unknown[0]}”; there are {', '.join(sorted(known))}.")
