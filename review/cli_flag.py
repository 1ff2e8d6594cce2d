"""python -m review flag: flags of files, without a database."""

import sys
from typing import Any

import click

from review.cli_bar import Bar
from review.cli_files import input_files, takes_input
from review.cli_ways import takes_way, way_of
from review.errors import BadInput
from review.model import DEFAULT_CONFIDENCE
from review.settings import MODELS, Settings


@click.command("flag")
@takes_input
@click.option("--checks", default="", metavar="a,b", help="Only these checks.")
@click.option("--level", type=click.Choice(["instant", "deep"]), default="instant", show_default=True)
@click.option("--model", type=click.Choice(MODELS), help="For the deep level; TARKKA_MODEL if not given.")
@click.option("--min-confidence", default="0", metavar="X|default", help="Leave out less sure flags.")
@click.option(
    "--format", "fmt", type=click.Choice(["text", "jsonl", "sarif"]), default="text", show_default=True
)
@click.option(
    "--fail-on",
    type=click.Choice(["minor", "major", "critical"]),
    default="minor",
    show_default=True,
    help="Exit 1 only for a flag at least this severe.",
)
@takes_way
def flag_command(
    checks: str,
    level: str,
    model: str | None,
    min_confidence: str,
    fmt: str,
    fail_on: str,
    jobs: int | None,
    dask: str | None,
    **given: Any,
) -> None:
    """Flag what looks wrong in FILE, of any format, or in line-aligned files. Needs no database.

    Work is shared by whole documents. Exit status: 0 nothing flagged, 1 something flagged, 2 an error.
    """
    from review.formats.flag_lists import WRITERS
    from review.model import Level, Severity
    from review.work.flag_file import FlagChoice, flag_files

    files, settings = input_files(**given), Settings.from_environment()
    choice = FlagChoice(
        given["source_lang"],
        tuple(c.strip() for c in checks.split(",") if c.strip()) or None,
        Level(level),
        model or settings.model,
        _confidence(min_confidence),
    )
    found = flag_files(files, choice, settings, way_of(jobs, dask), Bar().show)
    for trouble in found.troubles:
        click.echo(f"tarkka: {trouble}", err=True)
    WRITERS[fmt](found.flags, files.name, sys.stdout)
    sys.exit(1 if any(f.severity.rank >= Severity(fail_on).rank for f in found.flags) else 0)


def _confidence(text: str) -> float:
    if text == "default":
        return DEFAULT_CONFIDENCE
    try:
        return float(text)
    except ValueError:
        raise BadInput(f"--min-confidence takes a number from 0 to 1 or “default”, not {text!r}.") from None
