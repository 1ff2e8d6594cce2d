"""The shape of a file format, and what an import is once it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, ClassVar

from review.formats.guard import Limits
from review.model import SegmentTexts

# All of a file that is no segment's text, as JSON: encoding, line ends, blank lines.
Skeleton = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file held: its systems' names, its segments in order, one skeleton a system."""

    systems: tuple[str, ...]
    segments: Sequence[SegmentTexts]
    skeletons: tuple[Skeleton, ...]
    notes: dict[str, str] = field(default_factory=dict)


class TextFormat:
    """A file with one text a segment.

    Two laws: `write(*read(b)) == b` byte for byte, and `read(write(x)) == x`.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    drops: ClassVar[str] = ""  # what it cannot carry, told before an export

    def read(
        self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None
    ) -> tuple[list[str], Skeleton]:
        """The segments' texts and the skeleton; BadInput names the line."""
        raise NotImplementedError

    def write(self, texts: Sequence[str], skeleton: Skeleton, stream: BinaryIO) -> None:
        """The file again, with these texts in their places."""
        raise NotImplementedError
