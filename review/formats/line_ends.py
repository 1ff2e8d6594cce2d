"""Line ends as data: only \\n ends a line, a \\r right before it belongs to the end and comes back."""

from collections import Counter
from collections.abc import Sequence


def split_lines(text: str) -> tuple[list[str], list[str]]:
    """The lines of `text` and the end of each: "\\n", "\\r\\n", or "" after a last line without one."""
    pieces = text.split("\n")
    last = pieces.pop()
    lines = [piece.removesuffix("\r") for piece in pieces]
    ends = ["\r\n" if piece.endswith("\r") else "\n" for piece in pieces]
    if last:
        lines.append(last)
        ends.append("")
    return lines, ends


def usual_end(ends: Sequence[str]) -> str:
    """The end that most lines have."""
    counted = Counter(end for end in ends if end)
    return counted.most_common(1)[0][0] if counted else "\n"
