"""A plain-text article: blocks of text between blank lines are its segments."""

from collections.abc import Iterable
from typing import BinaryIO

from review.formats.guard import Limits, check_size, decode, encode
from review.formats.line_ends import split_lines, usual_end
from review.formats.shape import Skeleton, TextFormat


class Article(TextFormat):
    """A block is a run of lines that are not blank; a single \\n inside it belongs to it.

    The skeleton holds the text before the first block and after each, and the line ends inside a block
    where they are not the file's usual ones.
    """

    id = "article"
    title = "Article: paragraphs between blank lines"
    suffixes = (".txt", ".md")

    def read(
        self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None
    ) -> tuple[list[str], Skeleton]:
        decoded = decode(stream.read(), name, encoding)
        lines, ends = split_lines(decoded.text)
        usual = usual_end(ends)
        texts: list[str] = []
        gaps = [""]
        inner: dict[str, list[str]] = {}
        at = 0
        while at < len(lines):
            if not lines[at].strip():
                gaps[-1] += lines[at] + ends[at]
                at += 1
                continue
            last = at
            while last + 1 < len(lines) and lines[last + 1].strip():
                last += 1
            check_size("\n".join(lines[at : last + 1]), f"{name}, line {at + 1}", limits)
            if any(end != usual for end in ends[at:last]):
                inner[str(len(texts))] = ends[at:last]
            texts.append("\n".join(lines[at : last + 1]))
            gaps.append(ends[last])
            at = last + 1
        return texts, {
            "encoding": decoded.encoding,
            "bom": decoded.bom,
            "end": usual,
            "gaps": gaps,
            "inner": inner,
        }

    def write(self, texts: Iterable[str], skeleton: Skeleton, stream: BinaryIO) -> None:
        gaps = skeleton["gaps"]
        out = [gaps[0]]
        for index, text in enumerate(texts):
            out.append(_with_ends(text, skeleton["inner"].get(str(index)), skeleton["end"]))
            out.append(gaps[index + 1])
        stream.write(encode("".join(out), skeleton["encoding"], skeleton["bom"]))


def _with_ends(text: str, ends: list[str] | None, usual: str) -> str:
    """`text` with its line breaks as the file has them: each its own, or the usual one."""
    lines = text.split("\n")
    if ends is None or len(ends) != len(lines) - 1:
        return usual.join(lines)
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))
