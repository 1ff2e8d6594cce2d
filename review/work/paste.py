"""Makes clean paragraphs of pasted text, pairs two texts that should match, edits them until they do."""

import re
from dataclasses import dataclass

from review.text import first_sentence

_NOISE = str.maketrans(
    {
        "\u00ad": None,  # soft hyphens from justified text
        "\u200b": None,
        "\ufeff": None,
        "\u2060": None,
        "\u000b": "\n",  # Word's manual line break
        "\u000c": "\n\n",
        "\u0085": "\n",
        "\u2028": "\n",
        "\u2029": "\n\n",
        "\r": None,
    }
)
_BLANK = " \t\u00a0"
_BULLET = re.compile(r"^(?:[•◦▪·‣][ \t\u00a0]*)+")
_ENDS_SENTENCE = re.compile(r"[.!?…:][”\"’')\]]*$")
# A stop that is not an initial's, and a capital after it; Finnish and Swedish quotations open with ” too.
_SENTENCE_BREAK = re.compile(
    r"(?:(?<!\b[^\W\d_a-zåäö])\.|[!?…])[”\"’')\]]*\s+(?=[“”\"‘’«(–—-]*\s?[^\W\d_a-zåäö])"
)
_WINDOW = 120  # paragraphs aligned at once: the work grows with its square
_TITLE_LENGTH = 70
_WRAPPED_AT = (45, 85)  # how long the lines of hard-wrapped text usually are


def clean_paragraphs(text: str) -> str:
    """Pasted text as paragraphs with one blank line between them.

    Text without blank lines has a paragraph a line, as Word and most CMSs copy it, unless its lines are
    hard-wrapped: then a paragraph ends at a short line that ends a sentence.
    """
    text = re.sub(r"\r\n?", "\n", text).translate(_NOISE)
    lines = [_BULLET.sub("", line.strip(_BLANK)).strip(_BLANK) for line in text.strip("\n").split("\n")]
    blank_between = any(not line for line in lines)
    blocks: list[list[str]] = [[]]
    wrapped = _is_wrapped([line for line in lines if line])
    for line in lines:
        if not line:
            blocks.append([])
            continue
        if blocks[-1] and not wrapped and not blank_between:
            blocks.append([])
        blocks[-1].append(line)
        if wrapped and not blank_between and len(line) < _WRAPPED_AT[0] and _ENDS_SENTENCE.search(line):
            blocks.append([])
    joint = " " if wrapped else "\n"
    return "\n\n".join(joint.join(block) for block in blocks if block) + "\n"


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines break at a column rather than where a thought ends (mail, PDF)."""
    if len(lines) < 3:
        return False
    low, high = _WRAPPED_AT
    full = [line for line in lines if low <= len(line) <= high]
    unfinished = sum(1 for line in full if not _ENDS_SENTENCE.search(line))
    mostly = len(full) >= 2 and len(full) >= 0.4 * len(lines) and unfinished >= 0.6 * len(full)
    return mostly and max(map(len, lines)) <= high


def paragraphs(text: str) -> list[str]:
    """The paragraphs of clean text."""
    return [block for block in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")) if block.strip()]


def guess_title(text: str) -> str:
    """A title for a text: its first sentence, without a leading date line, cut at a word."""
    sentence = re.sub(r"^\s*(?:date\s+)?\d{4}-\d{2}-\d{2}\s+", "", first_sentence(text)).strip()
    if len(sentence) <= _TITLE_LENGTH:
        return sentence.rstrip(".") or "Untitled"
    return sentence[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first pair of paragraphs that probably do not belong together, counted from 0.

    `longer` is the side ("hypothesis" or the other's name) whose paragraph holds more than its partner.
    """

    at: int
    longer: str


def first_divergence(hypothesis: list[str], other: list[str], other_name: str) -> Divergence:
    """Where two lists of paragraphs part: an alignment by length, with joins allowed (Gale and Church 1993).

    Both lists are of different length, so there is such a place.
    """
    a, b = [len(p) for p in hypothesis], [len(p) for p in other]
    scale = (sum(b) or 1) / (sum(a) or 1)
    for begin in range(0, max(len(a), len(b)), _WINDOW // 2):
        left, right = a[begin : begin + _WINDOW], b[begin : begin + _WINDOW]
        path = _align(left, right, scale)
        # The second half of a window that goes on is looked at again, with what follows it.
        for n, step in enumerate(path if len(left) != len(right) else path[: _WINDOW // 2]):
            if step != (1, 1):
                return Divergence(begin + n, "hypothesis" if step[0] < step[1] else other_name)
    raise ValueError("both texts have as many paragraphs")


def _align(a: list[int], b: list[int], scale: float) -> list[tuple[int, int]]:
    """The cheapest path of 1-1, 1-2, 2-1, 1-0 and 0-1 pairings of lengths in characters."""
    infinity = float("inf")
    cost = [[infinity] * (len(b) + 1) for _ in range(len(a) + 1)]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    cost[0][0] = 0.0
    steps = (((1, 1), 0.0), ((1, 2), 0.6), ((2, 1), 0.6), ((1, 0), 1.2), ((0, 1), 1.2))
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            for (di, dj), penalty in steps:
                if di > i or dj > j:
                    continue
                left, right = sum(a[i - di : i]) * scale, sum(b[j - dj : j])
                price = abs(left - right) / (max(left, right) or 1) + penalty
                if cost[i - di][j - dj] + price < cost[i][j]:
                    cost[i][j] = cost[i - di][j - dj] + price
                    back[i, j] = di, dj
    path: list[tuple[int, int]] = []
    i, j = len(a), len(b)
    while i or j:
        di, dj = back[i, j]
        path.append((di, dj))
        i, j = i - di, j - dj
    return path[::-1]


def join_next(text: str, index: int) -> str:
    """`text` with paragraph `index` (from 0) and the next one made one."""
    blocks = paragraphs(text)
    if 0 <= index < len(blocks) - 1:
        blocks[index : index + 2] = [f"{blocks[index]} {blocks[index + 1]}"]
    return "\n\n".join(blocks) + "\n"


def split_points(paragraph: str) -> list[int]:
    """The offsets after which a new sentence begins."""
    return [m.end() for m in _SENTENCE_BREAK.finditer(paragraph)]


def split_at(text: str, index: int, offset: int) -> str:
    """`text` with paragraph `index` (from 0) broken at a character offset."""
    blocks = paragraphs(text)
    if 0 <= index < len(blocks) and 0 < offset < len(blocks[index]):
        head, tail = blocks[index][:offset].rstrip(), blocks[index][offset:].lstrip()
        blocks[index : index + 1] = [head, tail]
    return "\n\n".join(blocks) + "\n"
