"""Scores of line-aligned files: what `python -m review score` does with --reference and --system."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from review.errors import BadInput
from review.formats.guard import Limits
from review.metrics.metric import Statistics
from review.work.aligning import read_single, refuse_doubled
from review.work.input_files import named_file, open_given, open_named
from review.work.intake import Given
from review.work.parts import Part, Progress, Way, quiet
from review.work.reading_once import read_once
from review.work.score_texts import ScoreReport, Wanted, measured, metrics_of, score_measured

_BLOCK = 200  # segments that are never parted: metrics take many at once in little more time than one


@dataclass(frozen=True, slots=True)
class ScoreTexts:
    """Texts of systems by name, and of references, all as many."""

    systems: Mapping[str, Sequence[str]]
    references: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class ScoreFiles:
    """Files that stand line by line beside each other; `systems` are written NAME=FILE, or FILE alone."""

    systems: tuple[str, ...]
    references: tuple[Path, ...]
    encoding: str | None
    max_segment: int
    base: Path = field(default_factory=Path.cwd)

    def paths(self) -> Sequence[Path]:
        """All of them, from the root on."""
        systems = [named_file(text, self.base)[1] for text in self.systems]
        return [self.base / path for path in (*systems, *self.references)]

    def read(self) -> ScoreTexts:
        """Their texts; BadInput where a file has another number of lines than the first reference."""
        if not self.references or not self.systems:
            raise BadInput("Scores need at least one --reference FILE and one --system NAME=FILE.")
        with ExitStack() as stack:
            systems = [open_named(stack, text, self.base) for text in self.systems]
            references = [open_given(stack, path, self.base) for path in self.references]
            refuse_doubled([name for name, _ in systems])
            known = list(self._texts(references))
            if not known[0]:
                raise BadInput(f"{references[0].name}: there is nothing to score.")
            texts = list(self._texts([given for _, given in systems]))
        for given, lines in zip([*references, *(g for _, g in systems)], [*known, *texts], strict=True):
            if len(lines) != len(known[0]):
                raise BadInput(
                    f"{references[0].name} has {len(known[0])} lines, {given.name} has {len(lines)}: "
                    "line-aligned files must have as many lines as each other."
                )
        return ScoreTexts(dict(zip([name for name, _ in systems], texts, strict=True)), known)

    def _texts(self, files: Sequence[Given]) -> Iterator[list[str]]:
        for given in files:
            yield list(read_single(given, Limits(self.max_segment), self.encoding).texts)


@dataclass(frozen=True, slots=True)
class MeasureWork:
    """Measuring files, block by block; a row of the statistics depends on its segment alone."""

    files: ScoreFiles
    wanted: Wanted

    def paths(self) -> Sequence[Path]:
        """All files that are read."""
        return self.files.paths()

    def do(self, part: Part, progress: Progress = quiet) -> list[list[Statistics]]:
        """The statistics of some of the blocks of segments, of each system by each metric."""
        texts, (first, end) = read_once(self.files), (border * _BLOCK for border in part)
        systems, references = (
            [lines[first:end] for lines in some] for some in (texts.systems.values(), texts.references)
        )
        return measured(systems, references, metrics_of(self.wanted), progress)


def score_files(files: ScoreFiles, wanted: Wanted, way: Way, progress: Progress = quiet) -> ScoreReport:
    """Scores of files, whose segments may be shared among processes."""
    texts = read_once(files)
    blocks = [1] * -(-len(texts.references[0]) // _BLOCK)

    def measure(told: Progress) -> list[list[Statistics]]:
        import numpy as np  # the command line's help must not wait for it

        parts = way.results(MeasureWork(files, wanted), blocks, told)
        systems, metrics = range(len(parts[0])), range(len(parts[0][0]))
        return [[np.concatenate([part[s][m] for part in parts]) for m in metrics] for s in systems]

    return score_measured(list(texts.systems), len(texts.references), wanted, measure, progress)
