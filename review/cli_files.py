"""The files that a command names."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from review.errors import BadInput

if TYPE_CHECKING:
    from review.work.intake import Given


def open_given(stack: ExitStack, path: Path) -> "Given":
    """A file as it was handed in, closed with the stack; BadInput where it cannot be read."""
    from review.work.intake import Given

    try:
        return Given(str(path), stack.enter_context(path.open("rb")))
    except OSError as error:
        raise BadInput(f"{path}: it cannot be read ({error.strerror}).") from None


def open_folder(stack: ExitStack, folder: Path) -> "Iterator[Given]":
    """The files of a folder and those below it; hidden ones are left out."""
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in below.parts):
            yield open_given(stack, path)


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
