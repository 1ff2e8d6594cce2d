"""Scores of texts that stand beside their references, and whether they differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from review.errors import BadInput
from review.metrics.catalogue import Options, find_metric
from review.metrics.metric import Metric, Statistics
from review.metrics.ranking import Rank, ranked
from review.metrics.resampling import SEED, Table
from review.metrics.significance import (
    Comparison,
    Significance,
    against_baseline,
    all_pairs,
    corpus_scores,
    paired_bootstrap,
    paired_randomisation,
)
from review.work.intake import Intake
from review.work.parts import Progress, quiet

Measure = Callable[[Progress], list[list[Statistics]]]  # each system's, by metric


class Test(StrEnum):
    """How systems are compared; named as in sacreBLEU's signatures."""

    BOOTSTRAP = "bs"
    RANDOMISATION = "ar"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be computed. Without a baseline's name it is the first system."""

    metrics: Sequence[str]
    options: Options = Options()
    test: Test | None = None
    samples: int = 0
    baseline: str | None = None
    every_pair: bool = False
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Cell:
    """A system's score by a metric; the p-value, raw and after Holm, is of its difference from the baseline."""

    score: float
    mean: float | None
    ci: float | None
    p_value: float | None
    corrected: float | None


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """All scores; `ranks` by metric, from the best system on, where all pairs were compared."""

    metrics: Sequence[Metric]
    signatures: Sequence[str]
    systems: Sequence[str]
    baseline: int
    samples: int
    found: Significance
    ranks: Sequence[Sequence[Rank]]

    def cell(self, system: int, metric: int) -> Cell:
        """What is known of one system by one metric."""
        interval = self.found.intervals[system][metric] if self.found.intervals else None
        against = next((c for c in self._of(metric) if set(c.pair) == {system, self.baseline}), None)
        return Cell(
            self.found.scores[system][metric],
            interval.mean if interval else None,
            interval.half if interval else None,
            against.p_value if against else None,
            against.corrected if against else None,
        )

    def _of(self, metric: int) -> list[Comparison]:
        return [c for c in self.found.comparisons if c.metric == metric]


def score_intake(intake: Intake, wanted: Wanted, progress: Progress = quiet) -> ScoreReport:
    """Scores of a file that holds systems and references; BadInput where a segment lacks a reference."""
    segments = list(intake.parsed.segments)
    count = max(len(segment.references) for segment in segments)
    if not count:
        raise BadInput(f"{intake.name}: there is no reference in it to score against; add --reference FILE.")
    lacking = next((n for n, s in enumerate(segments, start=1) if len(s.references) < count), None)
    if lacking is not None:
        raise BadInput(f"{intake.name}, segment {lacking}: it lacks a reference that others have.")
    texts = {
        name: [segment.hypotheses[position] for segment in segments]
        for position, name in enumerate(intake.parsed.systems)
    }
    references = [[segment.references[position] for segment in segments] for position in range(count)]
    return score_texts(texts, references, wanted, progress)


def score_texts(
    systems: Mapping[str, Sequence[str]],
    references: Sequence[Sequence[str]],
    wanted: Wanted,
    progress: Progress = quiet,
) -> ScoreReport:
    """Scores of systems by name."""
    metrics = metrics_of(wanted)

    def measure(told: Progress) -> list[list[Statistics]]:
        return measured(list(systems.values()), references, metrics, told)

    return score_measured(list(systems), len(references), wanted, measure, progress)


def score_measured(
    systems: Sequence[str], references: int, wanted: Wanted, measure: Measure, progress: Progress
) -> ScoreReport:
    """Scores of systems by name, whose statistics `measure` gives once it is sure that they are needed."""
    baseline, metrics = _baseline(systems, wanted), metrics_of(wanted)
    steps = 1

    def told(done: int, of: int) -> None:
        nonlocal steps
        steps = of + (wanted.test is not None)  # the test is one step more
        progress(done, steps)

    table = Table(metrics, measure(told))
    found = _tested(table, baseline, wanted)
    progress(steps, steps)
    return ScoreReport(
        metrics,
        [_signature(metric, references, wanted) for metric in metrics],
        systems,
        baseline,
        wanted.samples,
        found,
        _ranks(metrics, found) if wanted.every_pair and wanted.test else [],
    )


def metrics_of(wanted: Wanted) -> list[Metric]:
    """The metrics that are asked for, each once."""
    return [find_metric(metric_id, wanted.options) for metric_id in dict.fromkeys(wanted.metrics)]


def measured(
    systems: Sequence[Sequence[str]],
    references: Sequence[Sequence[str]],
    metrics: Sequence[Metric],
    progress: Progress = quiet,
) -> list[list[Statistics]]:
    """Each system's statistics by each metric."""
    rows: list[list[Statistics]] = [[] for _ in systems]
    done = 0
    for metric in metrics:
        prepared = metric.prepare(references)
        for row, texts in zip(rows, systems, strict=True):
            row.append(metric.statistics(texts, prepared))
            done += 1
            progress(done, len(metrics) * len(systems))
    return rows


def _baseline(names: Sequence[str], wanted: Wanted) -> int:
    if wanted.baseline is not None and wanted.baseline not in names:
        raise BadInput(
            f"There is no system “{wanted.baseline}” for a baseline; there are {', '.join(names)}."
        )
    if wanted.test is Test.RANDOMISATION and len(names) < 2:
        raise BadInput("Approximate randomization compares systems: give at least two.")
    return names.index(wanted.baseline) if wanted.baseline is not None else 0


def _tested(table: Table, baseline: int, wanted: Wanted) -> Significance:
    if wanted.test is None:
        return Significance(corpus_scores(table), None, [])
    count = len(table.systems)
    pairs = all_pairs(count) if wanted.every_pair else against_baseline(count, baseline)
    test = paired_bootstrap if wanted.test is Test.BOOTSTRAP else paired_randomisation
    return test(table, pairs, wanted.samples, wanted.seed)


def _signature(metric: Metric, references: int, wanted: Wanted) -> str:
    """sacreBLEU's, with the test where there is one."""
    if wanted.test is None:
        return metric.signature(references)
    first, _, rest = metric.signature(references).partition("|")
    return f"{first}|{wanted.test}:{wanted.samples}|seed:{wanted.seed}|{rest}"


def _ranks(metrics: Sequence[Metric], found: Significance) -> list[list[Rank]]:
    return [
        ranked(
            [row[number] for row in found.scores],
            [c for c in found.comparisons if c.metric == number],
            higher_is_better=metric.higher_is_better,
        )
        for number, metric in enumerate(metrics)
    ]
