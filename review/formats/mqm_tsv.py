"""Marked errors and segment scores as TSV, in the columns of the public MQM data of WMT.

One line a mark, its span between <v> and </v>; nothing is quoted. What would break a line or read as a tag
has a backslash before it: \\\\, \\t, \\n, \\r, \\<v>. `seg_id` is the number of the segment in its batch.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from review.errors import BadInput
from review.formats.guard import decode

TEXTS = ["system", "doc", "doc_id", "seg_id", "rater", "source", "target"]
MARKS = [*TEXTS, "category", "severity", "comment"]
SCORES = [*TEXTS, "score"]
NO_ERROR = "No-error"

# A cell is one line without tabs, so that every reader of such files cuts it right: what would break it,
# and what would read as the span's own tags, is written with a backslash.
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_PLAIN = {escaped[1]: character for character, escaped in _ESCAPES.items()} | {"<": "<"}
_ESCAPED = re.compile(r"\\([\\tnr]|<(?=/?v>))")
_TAG = re.compile(r"(?<!\\)((?:\\\\)*)<(/?)v>")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and the span in it that is marked, if any."""

    text: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A line of such a file: an error that a rater marked, or (without a category) none in the segment."""

    system: str
    document: str
    doc_id: int  # which segment of its document
    segment: int
    rater: str
    source: MarkedText
    target: MarkedText
    category: str = ""
    severity: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A rater's score of a segment."""

    system: str
    document: str
    doc_id: int
    segment: int
    rater: str
    source: str
    target: str
    score: float


def write_marks(rows: Iterable[MarkRow], stream: BinaryIO) -> None:
    """A header and a line for each mark, its span between <v> and </v>."""
    _write(MARKS, map(_mark_cells, rows), stream)


def write_scores(rows: Iterable[ScoreRow], stream: BinaryIO) -> None:
    """A header and a line for each score."""
    _write(SCORES, map(_score_cells, rows), stream)


def read_cells(data: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line's number and its cells by column, as they are written; BadInput names the line that is wrong.

    Whatever columns there are besides, those of `TEXTS` must be among them.
    """
    lines = [line.removesuffix("\r") for line in decode(data, name).text.split("\n")]
    header = lines[0].split("\t")
    if missing := [column for column in TEXTS if column not in header]:
        raise BadInput(f"{name}, line 1: a header with {', '.join(MARKS)} belongs here; no {missing[0]!r}.")
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            raise BadInput(f"{name}, line {number}: {len(cells)} cells under a header of {len(header)}.")
        yield number, dict(zip(header, cells, strict=True))


def readings(cell: str) -> list[MarkedText]:
    """What the cell of a text may say: as written here, or as it stands, or as a spreadsheet quotes it."""
    found = [_unescaped(cell), _literal(cell)]
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        found.append(_literal(cell[1:-1].replace('""', '"')))
    return found


def plain(cell: str) -> str:
    """A cell that holds no span."""
    return _ESCAPED.sub(lambda found: _PLAIN[found[1]], cell)


def _write(header: Sequence[str], rows: Iterable[Sequence[str]], stream: BinaryIO) -> None:
    for cells in chain([header], rows):
        stream.write("\t".join(cells).encode("utf-8") + b"\n")


def _mark_cells(row: MarkRow) -> list[str]:
    category, severity = row.category or NO_ERROR, (row.severity or NO_ERROR).capitalize()
    texts = [_marked(row.source), _marked(row.target)]
    return [*_place_cells(row), *texts, _escaped(category), severity, _escaped(row.comment)]


def _score_cells(row: ScoreRow) -> list[str]:
    return [*_place_cells(row), _escaped(row.source), _escaped(row.target), f"{row.score:g}"]


def _place_cells(row: MarkRow | ScoreRow) -> list[str]:
    place = [str(row.doc_id), str(row.segment)]
    return [_escaped(row.system), _escaped(row.document), *place, _escaped(row.rater)]


def _marked(marked: MarkedText) -> str:
    if marked.span is None:
        return _escaped(marked.text)
    start, end = marked.span
    before, inside, after = marked.text[:start], marked.text[start:end], marked.text[end:]
    return f"{_escaped(before)}<v>{_escaped(inside)}</v>{_escaped(after)}"


def _escaped(text: str) -> str:
    text = re.sub(r"[\\\t\n\r]", lambda found: _ESCAPES[found[0]], text)
    return re.sub(r"<(?=/?v>)", r"\\<", text)


def _unescaped(cell: str) -> MarkedText:
    parts = _TAG.split(cell)
    # Text, the backslashes before the tag, whether it closes, text, …
    pieces = [parts[0]]
    for backslashes, _, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        pieces[-1] += backslashes
        pieces.append(text)
    return _joined([plain(piece) for piece in pieces], parts[2::3])


def _literal(cell: str) -> MarkedText:
    parts = re.split(r"<(/?)v>", cell)
    return _joined(parts[::2], parts[1::2])


def _joined(pieces: list[str], closing: list[str]) -> MarkedText:
    """The text without its tags: from the first that opens to the last that closes is the span."""
    text = "".join(pieces)
    ends = [sum(map(len, pieces[: n + 1])) for n in range(len(closing))]
    opened = next((at for at, slash in zip(ends, closing, strict=True) if not slash), None)
    closed = next((at for at, slash in reversed(list(zip(ends, closing, strict=True))) if slash), None)
    marked = opened is not None and closed is not None and opened <= closed
    return MarkedText(text, (opened, closed) if marked else None)  # type: ignore[arg-type]
