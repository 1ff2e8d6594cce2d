"""Line-aligned text: segment N is line N, empty lines counted."""

import codecs
import io
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from review.errors import BadInput
from review.formats.guard import Limits, begins, check_characters, check_size, encode, wrong_encoding
from review.formats.shape import Skeleton, TextFormat

_PIECE = 1 << 18  # bytes
_LINES_AT_ONCE = 10_000
_CERTAIN = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
)  # their bytes hold no half surrogates


@dataclass(frozen=True, slots=True)
class LineFile:
    """A file that was looked through once; its lines are read again whenever they are walked through."""

    stream: BinaryIO
    begin: int  # after the BOM
    count: int
    skeleton: Skeleton

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[str]:
        rest, returns = "", self.skeleton["end"] != "\n" or bool(self.skeleton["ends"])
        for piece in _pieces(self.stream, self.begin, self.skeleton["encoding"]):
            lines = (rest + piece).split("\n")
            rest = lines.pop()
            yield from (line.removesuffix("\r") for line in lines) if returns else lines
        if rest:
            yield rest


class Lines(TextFormat):
    id = "lines"
    title = "Line-aligned text: one segment a line"
    suffixes = (".txt", ".en", ".fi")

    def read(
        self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None
    ) -> tuple[list[str], Skeleton]:
        scanned = self.scan(stream, name, limits, encoding)
        return list(scanned), scanned.skeleton

    def scan(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> LineFile:
        """Look through a file without keeping it; BadInput names a line that cannot be taken."""
        begin, marked = begins(stream)
        chosen = marked or encoding or "utf-8"
        ends = _Ends()
        try:
            if not _is_plain(stream, begin, chosen, limits, ends):
                ends = _Ends()
                _check(_lines(stream, begin, chosen), ends, name, limits, chosen)
        except LookupError:
            raise BadInput(f"“{encoding}” is no encoding known here; try windows-1252 or utf-8.") from None
        except UnicodeError:
            raise wrong_encoding(stream, begin, name, chosen) from None
        usual, others = ends.told()
        skeleton = {"encoding": chosen, "bom": bool(begin), "end": usual, "ends": others}
        return LineFile(stream, begin, ends.count, skeleton)

    def write(self, texts: Iterable[str], skeleton: Skeleton, stream: BinaryIO) -> None:
        """A line break in a text becomes a space: a line cannot hold one."""
        ends, usual, encoding = skeleton["ends"], skeleton["end"], skeleton["encoding"]
        stream.write(encode("", encoding, skeleton["bom"]))
        some: list[str] = []
        written = 0
        for index, text in enumerate(texts):
            some.append(text.replace("\n", " ") if "\n" in text else text)
            some.append(ends.get(str(index), usual) if ends else usual)
            if len(some) >= _LINES_AT_ONCE:
                stream.write(encode("".join(some), encoding, False, line=written + 1))
                written = index + 1
                some.clear()
        stream.write(encode("".join(some), encoding, False, line=written + 1))


class _Ends:
    """Counts lines, and remembers where the ends with a \\r are."""

    def __init__(self) -> None:
        self.count = 0
        self._with_return = array("L")
        self._first: str | None = None
        self._open = False  # whether the last line has no end

    def add(self, line: str) -> None:
        if line.endswith("\r\n"):
            self._with_return.append(self.count)
            self._first = self._first or "\r\n"
        elif line.endswith("\n"):
            self._first = self._first or "\n"
        else:
            self._open = True
        self.count += 1

    def close(self, rest: bool) -> None:
        """The file ends here, perhaps with a line that has no end."""
        self.count += rest
        self._open = rest

    def told(self) -> tuple[str, dict[str, str]]:
        """The end that most lines have, and the others by position: few where a file is regular."""
        with_return, ended = len(self._with_return), self.count - self._open
        usual = "\r\n" if 2 * with_return > ended else "\n"
        if ended and 2 * with_return == ended:
            usual = self._first or "\n"
        if usual == "\n":
            others = dict.fromkeys(map(str, self._with_return), "\r\n")
        else:
            own = iter(self._with_return)
            others = {}
            following = next(own, None)
            for index in range(ended):
                if index == following:
                    following = next(own, None)
                else:
                    others[str(index)] = "\n"
        if self._open:
            others[str(self.count - 1)] = ""
        return usual, others


def _pieces(stream: BinaryIO, begin: int, encoding: str) -> Iterator[str]:
    """The text in pieces, some of them broken within a line."""
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(begin)
    while data := stream.read(_PIECE):
        yield decoder.decode(data)
    if rest := decoder.decode(b"", final=True):
        yield rest


def _is_plain(stream: BinaryIO, begin: int, encoding: str, limits: Limits, ends: "_Ends") -> bool:
    """Whether a look at the pieces shows a file without NUL and long lines, all ends alike; counts its lines.

    Nearly every file is so, and a million lines are looked through in a fraction of a second.
    """
    if encoding not in _CERTAIN:
        return False
    # A line that may be too long has a stretch of this length without an end in it.
    stretch, last = max(1, limits.segment // 8), ""
    for piece in _pieces(stream, begin, encoding):
        if "\0" in piece or "\r" in piece:
            return False
        if any(piece.find("\n", at, at + stretch) < 0 for at in range(0, len(piece), stretch)):
            return False
        ends.count += piece.count("\n")
        last = piece
    ends.close(bool(last) and not last.endswith("\n"))
    return True


def _lines(stream: BinaryIO, begin: int, encoding: str) -> Iterator[str]:
    """The lines with their ends; only \\n ends one."""
    stream.seek(begin)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    try:
        # Not the text itself, which would close the stream with it when nobody reads on.
        yield from iter(text.readline, "")
    finally:
        if not stream.closed:
            text.detach()  # else the stream would be closed with it


def _check(lines: Iterable[str], ends: _Ends, name: str, limits: Limits, encoding: str) -> None:
    certain, long = encoding in _CERTAIN, limits.segment // 4
    for line in lines:
        if "\0" in line or not certain:
            check_characters(line, name, ends.count + 1)
        if len(line) > long:
            check_size(line.rstrip("\r\n"), f"{name}, line {ends.count + 1}", limits)
        ends.add(line)
