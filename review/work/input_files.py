"""The files that a command names, as paths: read here, or again by a process of its own."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from review.errors import BadInput
from review.formats.guard import Limits
from review.work.aligning import read_aligned
from review.work.folders import read_folder
from review.work.intake import Given, Intake
from review.work.reading import read_file


@dataclass(frozen=True, slots=True)
class InputFiles:
    """One file or folder, or line-aligned files; `hypotheses` are written NAME=FILE, or FILE alone.

    `base` is the folder from which paths start, so that another process finds the same files under the same names.
    """

    file: Path | None = None
    hypotheses: tuple[str, ...] = ()
    source: Path | None = None
    references: tuple[Path, ...] = ()
    documents: Path | None = None
    encoding: str | None = None
    columns: str = ""
    base: Path = field(default_factory=Path.cwd)

    @property
    def name(self) -> str:
        """What messages about all of them call them."""
        return str(self.file or self.hypotheses[0])

    def paths(self) -> Sequence[Path]:
        """All of them, from the root on."""
        if self.file is not None:
            whole = self.base / self.file
            return [whole, *(whole / below for below in _below(whole))]
        systems = [named_file(text, self.base)[1] for text in self.hypotheses]
        beside = (self.source, *self.references, self.documents)
        return [self.base / path for path in (*systems, *beside) if path is not None]

    def read(self, stack: ExitStack, limits: Limits) -> Intake:
        """What they hold; the files stay open as long as the stack. BadInput names the one that is wrong."""
        if self.file is not None:
            if self.hypotheses or self.source or self.references or self.documents:
                raise BadInput("Give either one FILE or --hypothesis with its companions, not both.")
            if (self.base / self.file).is_dir():
                below = _below(self.base / self.file)
                return read_folder(
                    [open_given(stack, self.file / path, self.base) for path in below], limits, self.encoding
                )
            given = open_given(stack, self.file, self.base)
            return read_file(given, limits, self.encoding, self.columns)
        if self.columns:
            raise BadInput("--columns goes with one FILE, which is a table.")
        if not self.hypotheses:
            raise BadInput("Give a FILE, or line-aligned files with --hypothesis.")
        systems = [open_named(stack, text, self.base) for text in self.hypotheses]
        source, documents = (
            None if path is None else open_given(stack, path, self.base)
            for path in (self.source, self.documents)
        )
        references = [open_given(stack, path, self.base) for path in self.references]
        return read_aligned(systems, source, references, documents, limits=limits, encoding=self.encoding)


def open_given(stack: ExitStack, path: Path, base: Path = Path()) -> Given:
    """A file as it was handed in, closed with the stack; BadInput where it cannot be read."""
    try:
        return Given(str(path), stack.enter_context((base / path).open("rb")))
    except OSError as error:
        raise BadInput(f"{path}: it cannot be read ({error.strerror}).") from None


def open_named(stack: ExitStack, text: str, base: Path = Path()) -> tuple[str, Given]:
    """NAME=FILE, or FILE alone, which is then named after the file."""
    name, path = named_file(text, base)
    given = open_given(stack, path, base)
    return name or given.label, given


def named_file(text: str, base: Path) -> tuple[str, Path]:
    """The name and the path of NAME=FILE; no name where it is FILE alone."""
    name, equals, path = text.partition("=")
    if equals and name and not (base / text).exists():
        return name, Path(path)
    return "", Path(text)


def _below(folder: Path) -> Iterator[Path]:
    """The files of a folder and those below it, as paths in it; hidden ones are left out."""
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in below.parts):
            yield below
