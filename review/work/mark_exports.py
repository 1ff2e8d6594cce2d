"""Marks and scores of a batch as files in the columns of WMT's public MQM data."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from review.formats.mqm_tsv import MarkedText, MarkRow, ScoreRow, write_marks, write_scores
from review.metrics.categories import Categories
from review.store import ratings
from review.store.engine import Engine
from review.store.records import Batch, System
from review.work.mark_scores import MarkedSegment, Place, rated_segments

CORRECTED = "+corrected"

At = Callable[[MarkedSegment], tuple[str, int]]


def export_marks(engine: Engine, batch: Batch, system: System, kinds: Categories, out: BinaryIO) -> None:
    """One system's marks: those on the machine's text under its name, those on the corrected text beside it.

    A rated segment without any has a line that says so.
    """
    place = _places(engine, batch)
    every = rated_segments(engine, batch, system)
    write_marks((row for r in every for row in _rows(r, system.name, place(r), kinds)), out)


def export_scores(engine: Engine, batch: Batch, system: System, out: BinaryIO) -> None:
    """One system's ESA scores, each reviewer's newest on a segment."""
    place = _places(engine, batch)
    rows = (
        ScoreRow(
            system.name,
            *place(r),
            r.segment.number,
            one.reviewer,
            r.segment.source or "",
            r.segment.hypothesis,
            one.score,
        )
        for r in rated_segments(engine, batch, system)
        for one in r.scores
    )
    write_scores(rows, out)


def _places(engine: Engine, batch: Batch) -> At:
    """A segment's document, and which of its segments it is."""
    first = ratings.first_numbers(engine, batch.id)

    def place(rated: MarkedSegment) -> tuple[str, int]:
        document = rated.segment.document
        return document or batch.name, rated.segment.number - first[document] + 1

    return place


def _rows(rated: MarkedSegment, system: str, place: tuple[str, int], kinds: Categories) -> Iterator[MarkRow]:
    segment = rated.segment
    source = segment.source or ""

    def row(name: str, one: Place, source: MarkedText, target: MarkedText) -> MarkRow:
        mark = one[0].mark
        title = kinds.title(mark.category)
        rater = one[0].reviewer
        return MarkRow(
            name, *place, segment.number, rater, source, target, title, mark.severity, mark.comment
        )

    for one in rated.in_source:
        yield row(system, one, MarkedText(source, one[1]), MarkedText(segment.hypothesis))
    for one in rated.in_hypothesis:
        yield row(system, one, MarkedText(source), MarkedText(segment.hypothesis, one[1]))
    drawn = {one.id for one, _ in rated.in_hypothesis}
    for one in rated.in_text:
        if one[0].id not in drawn:
            yield row(system + CORRECTED, one, MarkedText(source), MarkedText(segment.text, one[1]))
    if not rated.in_source and not rated.in_hypothesis:
        rater = rated.scores[0].reviewer if rated.scores else segment.reviewer or ""
        texts = MarkedText(source), MarkedText(segment.hypothesis)
        yield MarkRow(system, *place, segment.number, rater, *texts)
