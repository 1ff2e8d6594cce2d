"""python -m review score: scores of translations, and whether they differ."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from review.cli_bar import Bar
from review.cli_ways import takes_way, way_of
from review.errors import BadInput
from review.metrics.catalogue import METRICS, TOKENIZERS, Options
from review.settings import Settings

if TYPE_CHECKING:
    from review.work.parts import Way
    from review.work.score_texts import ScoreReport, Wanted

_TESTS = (
    click.option(
        "--bootstrap",
        type=click.IntRange(1, 1_000_000),
        metavar="N",
        help="Intervals and p-values by paired bootstrap, N samples.",
    ),
    click.option(
        "--approximate-randomization",
        type=click.IntRange(1, 10_000_000),
        metavar="N",
        help="p-values by approximate randomization, N trials.",
    ),
)


def _test_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that choose a test."""
    for option in reversed(_TESTS):
        command = option(command)
    return command


@click.command("score")
@click.argument("given", metavar="[BATCH|FILE]", required=False)
@click.option("--corrected", is_flag=True, help="With BATCH: its corrected texts too, as NAME+corrected.")
@click.option(
    "--reference",
    "references",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Line-aligned human translation; repeat for several.",
)
@click.option(
    "--system",
    "systems",
    multiple=True,
    metavar="[NAME=]FILE",
    help="Line-aligned machine translation; repeat for several systems.",
)
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    type=click.Choice(METRICS),
    help="Repeat for several; bleu, chrf and ter if not given.",
)
@click.option(
    "--tokenize",
    default="13a",
    show_default=True,
    type=click.Choice(TOKENIZERS),
    help="How BLEU splits words.",
)
@click.option("--lowercase", is_flag=True, help="BLEU and chrF ignore case.")
@click.option("--ter-normalized", is_flag=True, help="TER splits punctuation off words.")
@click.option("--ter-no-punct", is_flag=True, help="TER leaves punctuation out.")
@click.option("--ter-asian-support", is_flag=True, help="With the two before: Asian characters too.")
@click.option("--ter-case-sensitive", is_flag=True, help="TER minds case.")
@_test_options
@click.option(
    "--baseline", metavar="NAME", help="What the others are compared with; the first system if not given."
)
@click.option(
    "--pairs",
    type=click.Choice(["baseline", "all"]),
    default="baseline",
    show_default=True,
    help="Compare with the baseline, or all systems with each other, ranked.",
)
@click.option(
    "--seed", default=12345, show_default=True, type=click.IntRange(0), help="Of the samples or trials."
)
@click.option("--encoding", metavar="E", help="Encoding of files that are neither UTF-8 nor marked by a BOM.")
@click.option("--columns", default="", metavar="…", help="With FILE, a table: reference=1,hypothesis=2, say.")
@takes_way
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def score_command(
    given: str | None,
    corrected: bool,
    references: tuple[Path, ...],
    systems: tuple[str, ...],
    encoding: str | None,
    columns: str,
    jobs: int | None,
    dask: str | None,
    as_json: bool,
    **choices: Any,
) -> None:
    """Score BATCH, a FILE that holds references too, or files that stand line by line beside references.

    The numbers and signatures are sacreBLEU's. Files need no database. Work is shared by segments, with --system
    alone. Accents count alike whether composed or
    not: texts are scored in NFC.
    """
    from review.work.score_report import as_data, as_table

    wanted = _wanted(**choices)
    is_batch = given is not None and given.isascii() and given.isdigit()
    if corrected and not is_batch:
        raise BadInput("--corrected goes with BATCH: files have no corrected text.")
    way = way_of(jobs, dask)
    if dask is not None and given is not None:
        raise BadInput("--dask goes with --reference and --system.")
    if given is None:
        report = _score_files(references, systems, encoding, wanted, way)
    elif references or systems:
        raise BadInput("Give either BATCH or FILE, or --reference and --system, not both.")
    elif is_batch:
        report = _score_batch(int(given), corrected, wanted)
    else:
        report = _score_file(Path(given), encoding, columns, wanted)
    click.echo(json.dumps(as_data(report), ensure_ascii=False, indent=1) if as_json else as_table(report))


def _score_batch(batch: int, corrected: bool, wanted: "Wanted") -> "ScoreReport":
    from review.store.engine import open_store
    from review.work.score_batch import score_batch

    return score_batch(open_store(Settings.from_environment()), batch, corrected, wanted, Bar().show)


def _score_files(
    references: tuple[Path, ...],
    systems: tuple[str, ...],
    encoding: str | None,
    wanted: "Wanted",
    way: "Way",
) -> "ScoreReport":
    from review.work.score_files import ScoreFiles, score_files

    files = ScoreFiles(systems, references, encoding, Settings.from_environment().max_segment)
    return score_files(files, wanted, way, Bar().show)


def _score_file(path: Path, encoding: str | None, columns: str, wanted: "Wanted") -> "ScoreReport":
    from review.formats.guard import Limits
    from review.work.input_files import open_given
    from review.work.reading import read_file
    from review.work.score_texts import score_intake

    with ExitStack() as stack:
        limits = Limits(Settings.from_environment().max_segment)
        intake = read_file(open_given(stack, path), limits, encoding, columns)
        return score_intake(intake, wanted, Bar().show)


@click.command("compare")
@click.argument("batch", type=int)
@click.option(
    "--format",
    "format_id",
    default="csv",
    show_default=True,
    type=click.Choice(["csv", "json", "latex", "markdown"]),
)
@click.option("--metric", "metrics", multiple=True, type=click.Choice(METRICS), help="Repeat for several.")
@_test_options
@click.option("--pairs", default="baseline", show_default=True, type=click.Choice(["baseline", "all"]))
@click.option("--common", is_flag=True, help="Leave out segments that a system did not translate.")
def compare_command(
    batch: int,
    format_id: str,
    metrics: tuple[str, ...],
    bootstrap: int | None,
    approximate_randomization: int | None,
    pairs: str,
    common: bool,
) -> None:
    """Write the comparison of BATCH's systems out, as its page does: with a bootstrap if no test is chosen."""
    from review.store.engine import open_store
    from review.work.compare_choice import Choice
    from review.work.compare_exports import find_compare_format
    from review.work.comparing import made_comparison

    standard = Choice()
    test, samples = _test(bootstrap, approximate_randomization)
    choice = Choice(
        metrics=metrics or standard.metrics,
        every_pair=pairs == "all",
        test=test or standard.test,
        samples=samples or standard.samples,
        common=common,
    )
    found = made_comparison(open_store(Settings.from_environment()), batch, choice)
    click.echo(find_compare_format(format_id).write(found), nl=False)


def _test(bootstrap: int | None, approximate_randomization: int | None) -> tuple[str | None, int]:
    """The test that is chosen, as sacreBLEU's signatures name it, and how many samples or trials it takes."""
    if bootstrap and approximate_randomization:
        raise BadInput("Give either --bootstrap or --approximate-randomization, not both.")
    if bootstrap:
        return "bs", bootstrap
    return ("ar", approximate_randomization) if approximate_randomization else (None, 0)


def _wanted(
    metrics: tuple[str, ...],
    bootstrap: int | None,
    approximate_randomization: int | None,
    baseline: str | None,
    pairs: str,
    seed: int,
    **options: Any,
) -> "Wanted":
    from review.work.score_texts import Test, Wanted

    test, samples = _test(bootstrap, approximate_randomization)
    if pairs == "all" and not test:
        raise BadInput("--pairs all needs a test: add --bootstrap 1000 or --approximate-randomization 10000.")
    return Wanted(
        metrics or ("bleu", "chrf", "ter"),
        Options(**options),
        Test(test) if test else None,
        samples,
        baseline,
        pairs == "all",
        seed,
    )
