"""MQM and ESA of a batch: what the marks and scores of its systems add up to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.diff import move_span
from review.metrics.categories import Categories
from review.metrics.mqm import Error, MqmSum, mean_esa, segment_sum
from review.store import annotations, assessments, corrections, ratings
from review.store.annotations import Annotation
from review.store.assessments import Assessment
from review.store.engine import Engine
from review.store.ratings import RatedSegment
from review.store.records import Batch, System
from review.work.access import find_batch

# Up to so many hypotheses the table is computed while the batch's page is asked for, above on a page of its own.
_AT_ONCE = 5000

Place = tuple[Annotation, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class MarkScore:
    """A row of the table: a system, or its corrected text."""

    name: str
    mqm: MqmSum
    esa: float | None = None
    scored: int = 0  # segments with an ESA score


@dataclass(frozen=True, slots=True)
class MarkedSegment:
    """A rated segment with its scores, and its marks where they stand: in the source, in either text."""

    segment: RatedSegment
    in_source: Sequence[Place]
    in_hypothesis: Sequence[Place]
    in_text: Sequence[Place]
    scores: Sequence[Assessment]


@dataclass(frozen=True, slots=True)
class MarksPage:
    """A batch with its table of MQM and ESA; no rows where nobody has marked or scored anything."""

    batch: Batch
    rows: Sequence[MarkScore]


def marks_page(engine: Engine, batch_id: int, kinds: Categories) -> MarksPage:
    """The page of a batch's errors and scores."""
    batch = find_batch(engine, batch_id)
    return MarksPage(batch, mark_scores(engine, batch, kinds))


def scores_at_once(engine: Engine, batch: Batch, kinds: Categories) -> list[MarkScore] | None:
    """The table for the batch's own page; None where it takes too long for that."""
    return mark_scores(engine, batch, kinds) if batch.total <= _AT_ONCE else None


def mark_scores(engine: Engine, batch: Batch, kinds: Categories) -> list[MarkScore]:
    """The table of a batch, empty where nobody has marked or scored anything.

    Several people's marks on a segment add up, as they see each other's. A system's row counts the errors in
    the machine's text and the source, "+corrected" those that still stand.
    """
    rows: list[MarkScore] = []
    for system in batch.systems:
        rated = list(rated_segments(engine, batch, system))
        scores = [[one.score for one in r.scores] for r in rated if r.scores]
        if not scores and not any(r.in_source or r.in_hypothesis or r.in_text for r in rated):
            continue
        machine = sum(
            (_sum(r.segment.hypothesis, r.in_hypothesis, r.in_source, kinds) for r in rated), MqmSum()
        )
        rows.append(MarkScore(system.name, machine, mean_esa(scores), len(scores)))
        if any(r.segment.version for r in rated):
            left = sum((_sum(r.segment.text, r.in_text, (), kinds) for r in rated), MqmSum())
            rows.append(MarkScore(f"{system.name}+corrected", left))
    return rows


def rated_segments(engine: Engine, batch: Batch, system: System) -> Iterator[MarkedSegment]:
    """The segments of a system that were reviewed, marked or scored."""
    made: dict[int, list[Annotation]] = defaultdict(list)
    for one in annotations.list_system_annotations(engine, system.id):
        made[one.number].append(one)
    scored: dict[int, list[Assessment]] = defaultdict(list)
    for score in assessments.list_system_assessments(engine, system.id):
        scored[score.number].append(score)
    if not made and not scored:
        return
    for segment in ratings.list_rated(engine, batch.id, system.id):
        yield _placed(engine, segment, made[segment.number], scored[segment.number])


def _placed(
    engine: Engine, segment: RatedSegment, made: Sequence[Annotation], scores: Sequence[Assessment]
) -> MarkedSegment:
    texts = {0: segment.hypothesis, segment.version: segment.text}
    if any(one.mark.version not in texts for one in made):
        texts |= {v.version: v.text for v in corrections.list_corrections(engine, segment.hypothesis_id)}
    targets = [one for one in made if one.mark.side == "target"]
    return MarkedSegment(
        segment,
        [(one, (one.mark.start, one.mark.end)) for one in made if one.mark.side == "source"],
        list(_standing(targets, texts, segment.hypothesis)),
        list(_standing(targets, texts, segment.text)),
        scores,
    )


def _standing(made: Sequence[Annotation], texts: Mapping[int, str], text: str) -> Iterator[Place]:
    for one in made:
        span = move_span(texts[one.mark.version], text, one.mark.start, one.mark.end)
        if span is not None:
            yield one, span


def _sum(text: str, marks: Sequence[Place], more: Sequence[Place], kinds: Categories) -> MqmSum:
    errors = [Error(one.mark.category, one.mark.severity) for one, _ in (*marks, *more)]
    return segment_sum(text, errors, kinds)
