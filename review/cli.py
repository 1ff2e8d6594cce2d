"""python -m review …: parses, makes one call into `work`, prints. Heavy imports wait for their command."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from review.errors import BadInput, TarkkaError

if TYPE_CHECKING:
    from review.settings import Settings
    from review.work.intake import Given, Intake

DEFAULT_CONFIDENCE = 0.6  # what the page shows first

_input_options = [
    click.argument("file", type=click.Path(path_type=Path), required=False),
    click.option("--hypothesis", "hypotheses", multiple=True, metavar="[NAME=]FILE", help="Line-aligned machine translation; repeat for several systems."),
    click.option("--source", type=click.Path(path_type=Path), help="Line-aligned source."),
    click.option("--source-lang", default="", metavar="fi", help="Language of the source; guessed if not given."),
    click.option("--reference", "references", multiple=True, type=click.Path(path_type=Path), help="Line-aligned human translation; repeat for several."),
    click.option("--documents", type=click.Path(path_type=Path), help="One document id per line."),
    click.option("--encoding", metavar="E", help="Encoding of files that are neither UTF-8 nor marked by a BOM."),
]  # fmt: skip


def takes_input(command: Any) -> Any:
    """The options of every command that reads translations."""
    for option in reversed(_input_options):
        command = option(command)
    return command


@click.group()
@click.version_option(package_name=None, version="0.1.0", prog_name="tarkka")
def commands() -> None:
    """Tarkka: review machine translations, flag what is wrong in them, export the corrected text."""


@commands.command("flag")
@takes_input
@click.option("--checks", default="", metavar="a,b", help="Only these checks.")
@click.option("--level", type=click.Choice(["instant", "deep"]), default="instant", show_default=True)
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
def flag_command(checks: str, level: str, min_confidence: str, fmt: str, fail_on: str, **files: Any) -> None:
    """Flag what looks wrong in FILE (an article or JSONL) or in line-aligned files. Needs no database.

    Exit status: 0 nothing flagged, 1 something flagged, 2 an error.
    """
    from review.formats.flag_lists import WRITERS
    from review.model import Context, Level, Severity
    from review.work.flag_file import flag_intake

    with ExitStack() as stack:
        intake = _read(stack, **files)
        context = Context(_source_lang(intake, files["source_lang"]), "en")
        wanted = [c.strip() for c in checks.split(",") if c.strip()] or None
        flags = list(flag_intake(intake, context, wanted, Level(level), _confidence(min_confidence)))
    name = str(files["file"] or files["hypotheses"][0])
    WRITERS[fmt](flags, name, sys.stdout)
    sys.exit(1 if any(f.severity.rank >= Severity(fail_on).rank for f in flags) else 0)


def _read(
    stack: ExitStack,
    file: Path | None,
    hypotheses: tuple[str, ...],
    source: Path | None,
    source_lang: str,
    references: tuple[Path, ...],
    documents: Path | None,
    encoding: str | None,
) -> "Intake":
    from review.formats.guard import Limits
    from review.work.intake import read_aligned, read_file

    limits = Limits(_settings().max_segment)

    def opened(path: Path | None) -> "Given | None":
        return None if path is None else _open(stack, path)

    if file is not None:
        if hypotheses or source or references or documents:
            raise BadInput("Give either one FILE or --hypothesis with its companions, not both.")
        return read_file(_open(stack, file), limits, encoding)
    if not hypotheses:
        raise BadInput("Give a FILE, or line-aligned files with --hypothesis.")
    systems = [_named(stack, text) for text in hypotheses]
    others = [_open(stack, path) for path in references]
    return read_aligned(systems, opened(source), others, opened(documents), limits=limits, encoding=encoding)


def _named(stack: ExitStack, text: str) -> "tuple[str, Given]":
    """NAME=FILE, or FILE alone, which is then named after the file."""
    name, equals, path = text.partition("=")
    if equals and not Path(text).exists():
        return name, _open(stack, Path(path))
    given = _open(stack, Path(text))
    return given.label, given


def _open(stack: ExitStack, path: Path) -> "Given":
    from review.work.intake import Given

    try:
        return Given(str(path), stack.enter_context(path.open("rb")))
    except OSError as error:
        raise BadInput(f"{path}: it cannot be read ({error.strerror}).") from None


def _source_lang(intake: "Intake", given: str) -> str:
    from review.work.languages import guess_language

    sources = [s.source for s in intake.parsed.segments[:50] if s.source]
    return given or (guess_language("\n".join(sources)) if sources else "")


def _confidence(text: str) -> float:
    if text == "default":
        return DEFAULT_CONFIDENCE
    try:
        return float(text)
    except ValueError:
        raise BadInput(f"--min-confidence takes a number from 0 to 1 or “default”, not {text!r}.") from None


def _settings() -> "Settings":
    from review.settings import Settings

    return Settings.from_environment()


def main() -> None:
    """Run a command; a refusal is one line on stderr and exit status 2."""
    try:
        commands(prog_name="python -m review")
    except TarkkaError as error:
        click.echo(f"tarkka: {error}", err=True)
        sys.exit(error.exit_code)
