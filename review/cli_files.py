"""The files that a command names."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

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
