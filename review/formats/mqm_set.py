"""A file of marked errors as a set of translations: WMT's MQM data holds the texts that were marked."""

import re
from dataclasses import dataclass
from typing import TypeVar

from review.errors import BadInput
from review.formats.guard import Limits, check_size
from review.formats.mqm_tsv import TEXTS, plain, read_cells, readings
from review.formats.shape import Parsed
from review.model import SegmentTexts

MARKED = "mqm-tsv"  # the id of the format
K = TypeVar("K")
_DOUBLED = re.compile(r'(?:[^"]|"")*""(?:[^"]|"")*')


@dataclass(frozen=True, slots=True)
class MarkedSet:
    """The texts of such a file, and for each `seg_id` the number of its segment here, from 1."""

    parsed: Parsed
    numbers: dict[str, int]


def looks_like_marks(start: bytes) -> bool:
    """Whether a file begins with the columns of marks or scores."""
    header = start.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].rstrip(b"\r").decode("utf-8", "replace")
    return set(TEXTS) <= set(header.split("\t"))


def read_marked_set(data: bytes, name: str, limits: Limits) -> MarkedSet:
    """Every system's text of every `seg_id` that somebody rated, in the order of these numbers.

    A text has a row for each mark in it, and is the same in all: BadInput names the line where it is not.
    """
    sources: dict[int, list[str]] = {}
    hypotheses: dict[tuple[str, int], list[str]] = {}
    documents: dict[int, str] = {}
    for line, cells in read_cells(data, name):
        place = f"{name}, line {line}"
        number = _number(cells["seg_id"], place)
        documents.setdefault(number, plain(cells["doc"]))
        _agree(sources, number, cells["source"], f"{place}: the source", limits)
        key = plain(cells["system"]), number
        _agree(hypotheses, key, cells["target"], f"{place}: the translation", limits)
    if not documents:
        raise BadInput(f"{name}: nothing to import, there is no line below its header.")
    systems = tuple(dict.fromkeys(system for system, _ in hypotheses))
    order = sorted(documents)
    segments = [
        SegmentTexts(
            tuple(hypotheses.get((system, number), [""])[0] for system in systems),
            sources[number][0] or None,
            (),
            documents[number],
        )
        for number in order
    ]
    numbers = {str(number): at for at, number in enumerate(order, start=1)}
    return MarkedSet(Parsed(systems, segments, tuple({} for _ in systems)), numbers)


def _agree(texts: dict[K, list[str]], key: K, cell: str, place: str, limits: Limits) -> None:
    """Keep what a cell may say and every earlier one of the same text may say too."""
    check_size(cell, place, limits)
    said = _said(cell)
    known = texts.get(key, said)
    texts[key] = [text for text in known if text in said]
    if not texts[key]:
        raise BadInput(f"{place} of this segment is another one on an earlier line; correct the file.")


def _said(cell: str) -> list[str]:
    found = [reading.text for reading in readings(cell)]
    # Quoted as spreadsheets do it, if every quotation mark within is doubled and there is one.
    quoted = len(found) > 2 and _DOUBLED.fullmatch(cell[1:-1])
    return found[::-1] if quoted else found


def _number(cell: str, place: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
        raise BadInput(f"{place}: seg_id must be the number of a segment.")
    return int(cell)
