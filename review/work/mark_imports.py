"""Marks and scores from files in the columns of WMT's public MQM data."""

from collections.abc import Mapping
from dataclasses import dataclass

from review.errors import BadInput
from review.formats.mqm_tsv import MARKS, NO_ERROR, MarkedText, plain, read_cells, readings
from review.metrics.categories import SEVERITIES, Categories
from review.store import annotations, assessments
from review.store.annotations import NewAnnotation
from review.store.engine import Engine
from review.store.records import Batch, ReviewedSegment, System
from review.store.segments import get_segment
from review.text import words_around
from review.work.access import find_batch
from review.work.annotating import LONGEST_COMMENT, checked_score
from review.work.intake import Given
from review.work.mark_exports import CORRECTED


@dataclass(frozen=True, slots=True)
class Imported:
    """How many marks and scores of a file were new."""

    marks: int
    scores: int


def import_file(
    engine: Engine,
    batch_id: int,
    file: Given,
    kinds: Categories,
    reviewer: tuple[int, str],
    numbers: Mapping[str, int] | None = None,
) -> Imported:
    """Add the marks or scores of a file to a batch, all or none; BadInput names the line that is wrong.

    They are recorded as the importing reviewer's; another rater's name goes into the comment. `numbers` are those
    of the segments where the file's `seg_id`s are not.
    """
    batch = find_batch(engine, batch_id)
    reader = _Reader(engine, batch, kinds, reviewer[1], file.name, numbers or {})
    for line, cells in read_cells(file.stream.read(), file.name):
        reader.take(line, cells)
    return Imported(
        annotations.append_annotations(engine, reader.marks, reviewer[0]),
        assessments.append_assessments(engine, reader.scores, reviewer[0]),
    )


class _Reader:
    """Turns lines into marks and scores of the batch that they are about."""

    def __init__(
        self,
        engine: Engine,
        batch: Batch,
        kinds: Categories,
        reviewer: str,
        name: str,
        numbers: Mapping[str, int],
    ) -> None:
        self.marks: list[tuple[int, NewAnnotation]] = []
        self.scores: list[tuple[int, float]] = []
        self._engine, self._batch, self._kinds = engine, batch, kinds
        self._reviewer, self._name, self._numbers = reviewer, name, numbers
        self._systems = {system.name: system for system in batch.systems}
        self._segments: dict[tuple[int, int], ReviewedSegment] = {}

    def take(self, line: int, cells: dict[str, str]) -> None:
        """One line of the file."""
        place = f"{self._name}, line {line}"
        system, corrected = self._system(plain(cells["system"]), place)
        segment = self._segment(system, cells["seg_id"], place)
        text = segment.text if corrected else segment.hypothesis
        target = _reading(cells["target"], text, f"{place}: the translation of segment {segment.number}")
        if "score" in cells:
            self.scores.append((segment.hypothesis_id, _score(cells["score"], place)))
            return
        if missing := [column for column in MARKS[7:9] if column not in cells]:
            raise BadInput(f"{self._name}, line 1: there is neither a column “{missing[0]}” nor one “score”.")
        if plain(cells["category"]).casefold() == NO_ERROR.casefold():
            return
        source = _source_of(cells["source"], segment, place)
        version = segment.version if corrected else 0
        mark = self._mark(cells, target, source, version, place)
        self.marks.append((segment.hypothesis_id, mark))

    def _system(self, name: str, place: str) -> tuple[System, bool]:
        corrected = name not in self._systems and name.endswith(CORRECTED)
        system = self._systems.get(name.removesuffix(CORRECTED) if corrected else name)
        if system is None:
            raise BadInput(f"{place}: the batch has no system “{name}”; it has {', '.join(self._systems)}.")
        return system, corrected

    def _segment(self, system: System, number: str, place: str) -> ReviewedSegment:
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise BadInput(f"{place}: seg_id must be the number of a segment.")
        key = system.id, self._numbers.get(number, int(number))
        if key not in self._segments:
            found = get_segment(self._engine, self._batch.id, *key)
            if found is None:
                raise BadInput(f"{place}: the batch has no segment {number}.")
            self._segments[key] = found
        return self._segments[key]

    def _mark(
        self,
        cells: dict[str, str],
        target: MarkedText,
        source: MarkedText,
        version: int,
        place: str,
    ) -> NewAnnotation:
        in_source = source.span is not None and target.span is None
        marked = source if in_source else target
        start, end = marked.span or (0, len(marked.text))  # without a span, all of it is meant
        if start == end:  # nothing but a gap: the words around it
            start, end = words_around(marked.text, start) or (0, len(marked.text))
        if start == end:
            raise BadInput(f"{place}: there are no words that could be marked.")
        severity = cells["severity"].strip().casefold()
        if severity not in SEVERITIES:
            raise BadInput(f"{place}: the severity is one of {', '.join(SEVERITIES)}.")
        return NewAnnotation(
            version=0 if in_source else version,
            side="source" if in_source else "target",
            start=start,
            end=end,
            text=marked.text[start:end],
            category=self._kinds.named(plain(cells["category"])).id,
            severity=severity,
            comment=self._comment(cells),
        )

    def _comment(self, cells: dict[str, str]) -> str:
        rater, comment = plain(cells["rater"]), plain(cells.get("comment", ""))
        told = comment if rater in ("", self._reviewer) else f"{rater}: {comment}".removesuffix(": ")
        return told[:LONGEST_COMMENT]


def _reading(cell: str, text: str, place: str) -> MarkedText:
    """What the cell says where it says this text; BadInput where it is another one."""
    for reading in readings(cell):
        if reading.text == text:
            return reading
    raise BadInput(f"{place} is another text in this batch; nothing was imported.")


def _source_of(cell: str, segment: ReviewedSegment, place: str) -> MarkedText:
    if segment.source is None:
        return MarkedText("")
    return _reading(cell, segment.source, f"{place}: the source of segment {segment.number}")


def _score(cell: str, place: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = -1.0
    return checked_score(number, f"{place}: the score")
