"""A corpus divided among processes: each reads the files again, and does its own range of them.

Tasks hold paths and ranges, never texts; what comes back is put together in order, so that the result is the same
as that of one process.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import accumulate, pairwise, repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from review.formats.guard import Limits
from review.metrics.metric import Statistics
from review.model import Context, Document, Flag, Level
from review.settings import Settings
from review.work.flag_file import flag_documents, needs_model
from review.work.input_files import InputFiles, open_given, open_named
from review.work.intake import documents_of
from review.work.models import deep_parts
from review.work.score_files import Measure, Wanted, measured, metrics_of, read_texts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FlagChoice:
    """Which flags are asked for, and what the checks know of the languages."""

    source_lang: str
    target_lang: str
    checks: tuple[str, ...] | None
    level: Level
    model: str
    min_confidence: float


def divided(sizes: Sequence[int], parts: int) -> list[tuple[int, int]]:
    """Ranges of neighbours, at most so many and none empty, whose sizes are about the same in sum."""
    totals = [0, *accumulate(sizes)]
    borders = [0]
    for part in range(1, parts):
        aim = totals[-1] * part / parts
        at = min(range(len(totals)), key=lambda n: abs(totals[n] - aim))
        borders.append(max(at, borders[-1]))
    borders.append(len(sizes))
    return [(a, b) for a, b in pairwise(borders) if a < b]


def run_parts(
    jobs: int, task: Callable[..., T], ranges: Sequence[tuple[int, int]], *same: Any
) -> Iterator[T]:
    """What the task gives of each range, in order, each in a process of its own."""
    # Spawned: a forked process would share the threads' locks of what is loaded here.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(task, ranges, *(repeat(one) for one in same))


def document_ranges(documents: Sequence[Document], jobs: int) -> list[tuple[int, int]]:
    """Ranges of whole documents, alike in size: evidence is never torn apart."""
    return divided([sum(len(s.text) for s in document.segments) for document in documents], jobs)


def flag_range(
    part: tuple[int, int], files: InputFiles, choice: FlagChoice, settings: Settings
) -> list[Flag]:
    """The flags of some of the files' documents."""
    context = Context(choice.source_lang, choice.target_lang)
    if needs_model(choice.checks, choice.level):
        context = deep_parts(settings, choice.model).given_to(context)
    with ExitStack() as stack:
        documents = documents_of(files.read(stack, Limits(settings.max_segment)))
    some = documents[part[0] : part[1]]
    return list(flag_documents(some, context, choice.checks, choice.level, choice.min_confidence))


@dataclass(frozen=True, slots=True)
class ScoreFiles:
    """The files of a scoring as paths; `systems` are written NAME=FILE, or FILE alone."""

    systems: tuple[str, ...]
    references: tuple[Path, ...]
    encoding: str | None
    max_segment: int


def measure_in_parts(files: ScoreFiles, wanted: Wanted, jobs: int) -> Measure:
    """Gives each system's statistics, measured by so many processes; a row of them depends on its segment alone."""

    def measure(segments: int) -> list[list[Statistics]]:
        import numpy as np  # the command line's help must not wait for it

        parts = list(run_parts(jobs, measure_range, divided([1] * segments, jobs), files, wanted))
        systems, metrics = range(len(parts[0])), range(len(parts[0][0]))
        return [[np.concatenate([part[s][m] for part in parts]) for m in metrics] for s in systems]

    return measure


def measure_range(part: tuple[int, int], files: ScoreFiles, wanted: Wanted) -> list[list[Statistics]]:
    """The statistics of some of the files' segments, of each system by each metric."""
    limits = Limits(files.max_segment)
    with ExitStack() as stack:
        systems = [open_named(stack, text)[1] for text in files.systems]
        references = [open_given(stack, path) for path in files.references]
        texts, known = (
            [read_texts(given, limits, files.encoding)[part[0] : part[1]] for given in some]
            for some in (systems, references)
        )
    return measured(texts, known, metrics_of(wanted))
