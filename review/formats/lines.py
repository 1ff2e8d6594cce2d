"""Line-aligned text: segment N is line N, empty lines counted."""

import codecs
import io
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from review.errors import BadInput, WrongEncoding
from review.formats.guard import Limits, begins, check_characters, check_size, encode
from review.formats.shape import Skeleton, TextFormat

_CHUNK = 1 << 16
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
        for line in _lines(self.stream, self.begin, self.skeleton["encoding"]):
            yield line[:-2] if line.endswith("\r\n") else line[:-1] if line.endswith("\n") else line


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
            _check(_lines(stream, begin, chosen), ends, name, limits, chosen)
        except LookupError:
            raise BadInput(f"“{encoding}” is no encoding known here; try windows-1252 or utf-8.") from None
        except UnicodeError:
            raise _wrong(stream, begin, name, chosen) from None
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


def _wrong(stream: BinaryIO, begin: int, name: str, encoding: str) -> WrongEncoding:
    """Where the bytes begin that are no text, with what stands around them."""
    stream.seek(begin)
    decoder, line, data = codecs.getincrementaldecoder(encoding)(), 1, b""
    while chunk := stream.read(_CHUNK):
        data = chunk
        try:
            line += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError as error:
            data = error.object
            line += data[: error.start].decode(encoding, "ignore").count("\n")
            break
        except UnicodeError:  # some codecs do not tell where
            break
    return WrongEncoding(f"{name}, line {line}: these bytes are not {encoding}.", name=name, data=data)
