"""The files that a command names."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from review.errors import BadInput


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
