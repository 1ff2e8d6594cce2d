"""The files that a command names, as paths: read here, or again by a process of its own."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from review.errors import BadInput
from review.formats.guard import Limits
from review.work.aligning import read_aligned
from review.work.folders import read_folder
from review.work.intake import Given, Intake
from review.work.reading import read_file


@dataclass(frozen=True, slots=True)
class InputFiles:
    """One file or folder, or line-aligned files; `hypotheses` are written NAME=FILE, or FILE alone."""

    file: Path | None = None
    hypotheses: tuple[str, ...] = ()
    source: Path | None = None
    references: tuple[Path, ...] = ()
    documents: Path | None = None
    encoding: str | None = None
    columns: str = ""

    @property
    def name(self) -> str:
        """What messages about all of them call them."""
        return str(self.file or self.hypotheses[0])

    def read(self, stack: ExitStack, limits: Limits) -> Intake:
        """What they hold; the files stay open as long as the stack. BadInput names the one that is wrong."""
        if self.file is not None:
            if self.hypotheses or self.source or self.references or self.documents:
                raise BadInput("Give either one FILE or --hypothesis with its companions, not both.")
            if self.file.is_dir():
                return read_folder(list(_open_folder(stack, self.file)), limits, self.encoding)
            return read_file(open_given(stack, self.file), limits, self.encoding, self.columns)
        if self.columns:
            raise BadInput("--columns goes with one FILE, which is a table.")
        if not self.hypotheses:
            raise BadInput("Give a FILE, or line-aligned files with --hypothesis.")
        systems = [open_named(stack, text) for text in self.hypotheses]
        source, documents = (
            None if path is None else open_given(stack, path) for path in (self.source, self.documents)
        )
        references = [open_given(stack, path) for path in self.references]
        return read_aligned(systems, source, references, documents, limits=limits, encoding=self.encoding)


def open_given(stack: ExitStack, path: Path) -> Given:
    """A file as it was handed in, closed with the stack; BadInput where it cannot be read."""
    try:
        return Given(str(path), stack.enter_context(path.open("rb")))
    except OSError as error:
        raise BadInput(f"{path}: it cannot be read ({error.strerror}).") from None


def open_named(stack: ExitStack, text: str) -> tuple[str, Given]:
    """NAME=FILE, or FILE alone, which is then named after the file."""
    name, equals, path = text.partition("=")
    if equals and name and not Path(text).exists():
        return name, open_given(stack, Path(path))
    given = open_given(stack, Path(text))
    return given.label, given


def _open_folder(stack: ExitStack, folder: Path) -> Iterator[Given]:
    """The files of a folder and those below it; hidden ones are left out."""
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in below.parts):
            yield open_given(stack, path)
