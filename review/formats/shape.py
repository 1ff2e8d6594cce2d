"""The shape of a file format, and what an import is once it is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, ClassVar

from review.formats.guard import Limits
from review.model import Flag, Segments, Status

# All of a file that is no segment's text, as JSON: encoding, line ends, blank lines.
Skeleton = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file held: its systems' names, its segments in order, one skeleton a system.

    Languages are ISO 639-1 codes where the file names them, "" otherwise.
    """

    systems: tuple[str, ...]
    segments: Segments
    skeletons: tuple[Skeleton, ...]
    source_lang: str = ""
    target_lang: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What review made of one segment of one system, as the formats write it.

    `flags` are the open ones of `text`; `comments` are told with their makers. `reviewer` and `made_at` are
    of the newest correction, "" and None where nobody made one.
    """

    hypothesis: str
    text: str
    status: Status = Status.UNREVIEWED
    source: str | None = None
    references: tuple[str, ...] = ()
    document: str | None = None
    flags: tuple[Flag, ...] = ()
    comments: tuple[str, ...] = ()
    reviewer: str = ""
    made_at: datetime | None = None

    @property
    def changed(self) -> bool:
        return self.text != self.hypothesis


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

    def write(self, texts: Iterable[str], skeleton: Skeleton, stream: BinaryIO) -> None:
        """The file again, with these texts in their places."""
        raise NotImplementedError


class DocumentFormat:
    """A file that holds more than its segments' texts, kept whole and written again around them.

    Two laws: where nothing was reviewed, `write` gives the original's bytes (in zipped files: every part of
    it), and reading what was written gives the new texts in the old places.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    suffix: ClassVar[str]
    mimetype: ClassVar[str]
    drops: ClassVar[str] = ""  # what it cannot carry, told before an export

    def recognises(self, start: bytes) -> bool:
        """Whether a file that begins so (64 kB) is of this format; its name does not count."""
        raise NotImplementedError

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        """The segments in the file's order; BadInput names the place."""
        raise NotImplementedError

    def write(self, original: bytes, segments: Sequence[Reviewed], stream: BinaryIO, system: int = 0) -> None:
        """The original file again with these texts, one for each segment that `read` gave, in order.

        They are those of the system at this position.
        """
        raise NotImplementedError
