"""Compares the systems of a batch: at once where that is quick, in a job where it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, cast

from review.errors import BadInput, NotFound
from review.metrics.metric import Metric
from review.metrics.ranking import ALPHA
from review.store import comparisons, statistics
from review.store.engine import Engine
from review.store.records import Batch
from review.work import compare_pictures, measuring
from review.work.access import find_batch
from review.work.annotating import categories_of
from review.work.compare_choice import Choice, chosen_systems, fitted
from review.work.compare_found import Found
from review.work.compare_table import (
    compared,
    corrected_rows,
    measurements,
    pair_rows,
    rank_rows,
    system_rows,
)
from review.work.importing import Queue
from review.work.mark_scores import MarkScore, scores_at_once
from review.work.review_measures import review_measures

# What is computed while the page is asked for: up to about two seconds of work.
_QUICK_ROWS = 5_000
_QUICK_COST = 40_000_000
_QUICK_KEPT = 30  # in memory: no page that is only looked at writes to the database


@dataclass(frozen=True, slots=True)
class ComparePage:
    """A comparison, or why there is none yet.

    `missing` has the segments that systems did not translate, by name; `measured` is False where the batch has
    still to be scored; `quick` is False where a job has to find what is not `found` yet.
    """

    batch: Batch
    choice: Choice
    measured: bool = True
    missing: Mapping[str, list[int]] = field(default_factory=dict)
    quick: bool = True
    found: Found | None = None
    marks: Sequence[MarkScore] | None = ()  # None where they have a page of their own

    @property
    def digest(self) -> str:
        return self.choice.digest(self.batch)

    @property
    def is_of_same_segments(self) -> bool:
        """Whether no system lacks a segment that others have, unless those are to be left out."""
        return self.choice.common or not self.missing


def compare_page(engine: Engine, batch_id: int, choice: Choice, categories: str = "") -> ComparePage:
    """The comparison that is asked for; with the table of the kinds of error, if it is not Tarkka's own."""
    batch = find_batch(engine, batch_id)
    choice = fitted(choice, batch)
    if not batch.references:
        raise BadInput(
            "Systems are compared by their scores, and this batch has no reference to score against."
        )
    missing = missing_segments(engine, batch, choice)
    if missing and not choice.common:
        return ComparePage(batch, choice, missing=missing)
    if len({number for numbers in missing.values() for number in numbers}) == batch.segments:
        raise BadInput("There is no segment that all these systems translated.")
    known = statistics.list_sums(engine, [system.id for system in batch.systems])
    if not all(measuring.is_complete(batch, known.get(s.id)) for s in batch.systems):
        return ComparePage(batch, choice, measured=False, missing=missing)
    quick = batch.segments * len(choice.systems) <= _QUICK_ROWS and choice.cost(batch) <= _QUICK_COST
    found = comparisons.get_comparison(engine, batch.id, choice.digest(batch))
    if found is None and quick:
        found = _quickly(engine, batch, choice)
    marks = scores_at_once(engine, batch, categories_of(categories))
    return ComparePage(batch, choice, True, missing, quick, cast("Found | None", found), marks)


@lru_cache(maxsize=_QUICK_KEPT)
def _quickly(engine: Engine, batch: Batch, choice: Choice) -> Found:
    """A comparison, made once for a batch as it stands: what changes its texts or flags changes its sums too."""
    return compare(engine, batch, choice)


def missing_segments(engine: Engine, batch: Batch, choice: Choice) -> dict[str, list[int]]:
    """The segments that a chosen system did not translate."""
    found = {s.name: comparisons.list_empty(engine, s.id) for s in chosen_systems(choice, batch)}
    return {name: numbers for name, numbers in found.items() if numbers}


def ask_comparison(engine: Engine, queue: Queue, batch_id: int, choice: Choice) -> Choice:
    """Have a comparison made; the choice with what was left open filled in."""
    batch = find_batch(engine, batch_id)
    chosen = fitted(choice, batch)
    if comparisons.get_comparison(engine, batch.id, chosen.digest(batch)) is None:
        queue.compare_batch(batch.id, asdict(chosen))
    return chosen


def compare_batch(engine: Engine, batch_id: int, asked: Mapping[str, Any]) -> None:
    """Make a comparison and keep it, after measuring what was not measured: the job behind "compare"."""
    measuring.measure_batch(engine, batch_id)
    choice = Choice(**{**asked, "systems": tuple(asked["systems"]), "metrics": tuple(asked["metrics"])})
    page = compare_page(engine, batch_id, choice)
    if page.measured and page.is_of_same_segments and not is_found(engine, batch_id, choice):
        found = page.found or compare(engine, page.batch, page.choice)
        comparisons.put_comparison(engine, batch_id, page.digest, found)


def found_comparison(engine: Engine, batch_id: int, choice: Choice) -> tuple[Batch, Found]:
    """A comparison to export; NotFound where it is not made yet."""
    page = compare_page(engine, batch_id, choice)
    if page.found is None:
        raise NotFound("This comparison is not made yet: make it on the page of comparisons first.")
    return page.batch, page.found


def made_comparison(engine: Engine, batch_id: int, choice: Choice) -> Found:
    """A comparison, made here and now however long it takes; what was not measured is measured first."""
    measuring.measure_batch(engine, batch_id)
    page = compare_page(engine, batch_id, choice)
    if not page.is_of_same_segments:
        told = "; ".join(f"{name} did not translate {len(numbers)}" for name, numbers in page.missing.items())
        raise BadInput(
            f"Systems are compared on the same segments: {told}. With --common those are left out."
        )
    return page.found or compare(engine, page.batch, page.choice)


def is_found(engine: Engine, batch_id: int, choice: Choice) -> bool:
    """Whether a comparison that a job makes is there."""
    batch = find_batch(engine, batch_id)
    digest = fitted(choice, batch).digest(batch)
    return comparisons.get_comparison(engine, batch.id, digest) is not None


def compare(engine: Engine, batch: Batch, choice: Choice) -> Found:
    """Everything that the page shows of a fitted choice."""
    missing = missing_segments(engine, batch, choice)
    left_out = {number for numbers in missing.values() for number in numbers}
    measured = measurements(engine, batch, choice, left_out)
    if not len(measured.numbers):
        raise BadInput("There is no segment that all these systems translated and that has a reference.")
    found = compared(measured, choice)
    rows = system_rows(measured, found, choice)
    corrected = corrected_rows(measured, choice)
    return {
        "metrics": [
            {
                "id": metric.id,
                "name": metric.name,
                "signature": _signature(metric, batch.references, choice),
                "higher": metric.higher_is_better,
            }
            for metric in measured.metrics
        ],
        "test": choice.test,
        "samples": choice.samples,
        "fewest": round(len(found.comparisons) / len(measured.metrics) / ALPHA),
        "seed": choice.seed,
        "baseline": batch.systems[choice.baseline - 1].name,
        "segments": len(measured.numbers),
        "unscored": measured.unscored,
        "left_out": len(left_out),
        "systems": rows,
        "corrected": corrected,
        "pairs": pair_rows(measured, found),
        "ranks": rank_rows(measured, found) if choice.every_pair else [],
        "buckets": compare_pictures.buckets(engine, batch, choice, measured),
        "pictures": compare_pictures.pictures(engine, batch, choice, measured, rows),
        "review": review_measures(engine, batch, choice),
    }


def _signature(metric: Metric, references: int, choice: Choice) -> str:
    """sacreBLEU's, with the test."""
    first, _, rest = metric.signature(references).partition("|")
    return f"{first}|{choice.test}:{choice.samples}|seed:{choice.seed}|{rest}"
