"""The files that a command names: to read, and to write."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from review.errors import BadInput

if TYPE_CHECKING:
    from review.formats.guard import Limits
    from review.settings import Settings
    from review.work.input_files import InputFiles

_input_options = [
    click.argument("file", type=click.Path(path_type=Path), required=False),
    click.option("--hypothesis", "hypotheses", multiple=True, metavar="[NAME=]FILE", help="Line-aligned machine translation; repeat for several systems."),
    click.option("--source", type=click.Path(path_type=Path), help="Line-aligned source."),
    click.option("--source-lang", default="", metavar="fi", help="Language of the source; guessed if not given."),
    click.option("--reference", "references", multiple=True, type=click.Path(path_type=Path), help="Line-aligned human translation; repeat for several."),
    click.option("--documents", type=click.Path(path_type=Path), help="One document id per line."),
    click.option("--encoding", metavar="E", help="Encoding of files that are neither UTF-8 nor marked by a BOM."),
    click.option("--columns", default="", metavar="source=1,hypothesis=2", help="What the columns of a table are, by number or header, where its header does not say."),
]  # fmt: skip


def takes_input(command: Any) -> Any:
    """The options of every command that reads translations."""
    for option in reversed(_input_options):
        command = option(command)
    return command


def input_files(file: Path | None, source_lang: str, **more: Any) -> "InputFiles":
    """The files that these options name."""
    from review.work.input_files import InputFiles

    return InputFiles(file, **more)


def limits(settings: "Settings") -> "Limits":
    """What a file may hold at most."""
    from review.formats.guard import Limits

    return Limits(settings.max_segment)


@contextmanager
def whole_file(path: Path | None) -> Iterator[BinaryIO]:
    """A file to write, or standard output: it gets all of what is written, or stays as it was."""
    if path is None:
        with tempfile.TemporaryFile() as out:
            yield cast("BinaryIO", out)
            out.seek(0)
            shutil.copyfileobj(out, sys.stdout.buffer)
        return
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as out:
            yield out
        beside.replace(path)
    except OSError as error:
        raise BadInput(f"{path}: it cannot be written ({error.strerror}).") from None
    finally:
        beside.unlink(missing_ok=True)
