"""Line-aligned text: segment N is line N, empty lines counted."""

from collections.abc import Sequence
from typing import BinaryIO

from review.formats.guard import Limits, check_size, decode, encode
from review.formats.line_ends import pack, split_lines, usual_end
from review.formats.shape import Skeleton, TextFormat


class Lines(TextFormat):
    id = "lines"
    title = "Line-aligned text: one segment a line"
    suffixes = (".txt", ".en", ".fi")

    def read(
        self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None
    ) -> tuple[list[str], Skeleton]:
        decoded = decode(stream.read(), name, encoding)
        lines, ends = split_lines(decoded.text)
        for number, line in enumerate(lines, start=1):
            check_size(line, f"{name}, line {number}", limits)
        usual = usual_end(ends)
        skeleton = {"encoding": decoded.encoding, "bom": decoded.bom, "end": usual, "ends": pack(ends, usual)}
        return lines, skeleton

    def write(self, texts: Sequence[str], skeleton: Skeleton, stream: BinaryIO) -> None:
        ends = skeleton["ends"]
        lines = (
            # A line cannot hold a line break: one typed by a reviewer becomes a space.
            text.replace("\n", " ") + ends.get(str(index), skeleton["end"])
            for index, text in enumerate(texts)
        )
        stream.write(encode("".join(lines), skeleton["encoding"], skeleton["bom"]))
