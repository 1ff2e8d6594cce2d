"""python -m review …: parses, makes one call into `work`, prints. Heavy imports wait for their command."""

import json
import sys
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import review
from review.cli_accounts import accounts_group
from review.cli_bar import Bar
from review.cli_files import whole_file
from review.cli_instance import backup_command, copy_database_command, restore_command
from review.cli_jobs import jobs_group
from review.cli_models import models_group, train_command, with_deep_parts
from review.cli_score import compare_command, score_command
from review.cli_serving import health_command, serve_command, worker_command
from review.errors import BadInput, TarkkaError, WrongEncoding
from review.model import DEFAULT_CONFIDENCE
from review.settings import MODELS

if TYPE_CHECKING:
    from review.formats.guard import Limits
    from review.jobs.queue import JobQueue
    from review.model import Flag
    from review.settings import Settings
    from review.store.engine import Engine
    from review.work.input_files import InputFiles
    from review.work.intake import Intake
    from review.work.partitions import FlagChoice

_input_options = [
    click.argument("file", type=click.Path(path_type=Path), required=False),
    click.option("--hypothesis", "hypotheses", multiple=True, metavar="[NAME=]FILE", help="Line-aligned machine translation; repeat for several systems."),
    click.option("--source", type=click.Path(path_type=Path), help="Line-aligned source."),
    click.option("--source-lang", default="", metavar="fi", help="Language of the source; guessed if not given."),
    click.option("--reference", "references", multiple=True, type=click.Path(path_type=Path), help="Line-aligned human translation; repeat for several."),
    click.option("--documents", type=click.Path(path_type=Path), help="One document id per line."),
    click.option("--encoding", metavar="E", help="Encoding of files that are neither UTF-8 nor marked by a BOM."),
    click.option("--columns", default="", metavar="source=1,hypothesis=2", help="What the columns of a table are, by number or header, where its header does not say."),
]  # fmt: skip


def takes_input(command: Any) -> Any:
    """The options of every command that reads translations."""
    for option in reversed(_input_options):
        command = option(command)
    return command


@click.group()
@click.version_option(package_name=None, version=review.__version__, prog_name="tarkka")
def commands() -> None:
    """Tarkka: review machine translations, flag what is wrong in them, export the corrected text."""


@commands.command("flag")
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
@click.option(
    "--jobs",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that share the work by whole documents; the result is the same.",
)
def flag_command(
    checks: str,
    level: str,
    model: str | None,
    min_confidence: str,
    fmt: str,
    fail_on: str,
    jobs: int,
    **given: Any,
) -> None:
    """Flag what looks wrong in FILE, of any format, or in line-aligned files. Needs no database.

    Exit status: 0 nothing flagged, 1 something flagged, 2 an error.
    """
    from review.formats.flag_lists import WRITERS
    from review.model import Level, Severity
    from review.work.partitions import FlagChoice

    files, settings = _files(**given), _settings()
    with ExitStack() as stack:
        intake = files.read(stack, _limits(settings))
        choice = FlagChoice(
            _source_lang(intake, given["source_lang"]),
            intake.parsed.target_lang or "en",
            tuple(c.strip() for c in checks.split(",") if c.strip()) or None,
            Level(level),
            model or settings.model,
            _confidence(min_confidence),
        )
        flags = _flags(files, intake, choice, settings, jobs)
    WRITERS[fmt](flags, files.name, sys.stdout)
    sys.exit(1 if any(f.severity.rank >= Severity(fail_on).rank for f in flags) else 0)


def _flags(
    files: "InputFiles", intake: "Intake", choice: "FlagChoice", settings: "Settings", jobs: int
) -> "list[Flag]":
    from review.model import Context
    from review.work.flag_file import flag_documents, needs_model
    from review.work.intake import documents_of
    from review.work.partitions import document_ranges, flag_range, run_parts

    context, documents = Context(choice.source_lang, choice.target_lang), documents_of(intake)
    ranges = document_ranges(documents, jobs)
    if len(ranges) > 1:
        parts = run_parts(jobs, flag_range, ranges, files, choice, settings)
        return [flag for part in parts for flag in part]
    if needs_model(choice.checks, choice.level):
        context = with_deep_parts(context, choice.model)
    return list(flag_documents(documents, context, choice.checks, choice.level, choice.min_confidence))


def _limits(settings: "Settings") -> "Limits":
    from review.formats.guard import Limits

    return Limits(settings.max_segment)


def _files(file: Path | None, source_lang: str, **more: Any) -> "InputFiles":
    from review.work.input_files import InputFiles

    return InputFiles(file, **more)


def _source_lang(intake: "Intake", given: str) -> str:
    from review.work.languages import guess_language

    sources = [s.source for s in islice(intake.parsed.segments, 50) if s.source]
    known = given or intake.parsed.source_lang
    return known or (guess_language("\n".join(sources)) if sources else "")


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


@commands.command("import")
@takes_input
@click.option("--name", default="", help="Title of the batch; the first sentence if not given.")
@click.option("--target-lang", default="", metavar="en", help="Language of the translation; guessed.")
@click.option("--json", "as_json", is_flag=True, help="Print the batch's id and size as JSON.")
def import_command(name: str, target_lang: str, as_json: bool, **given: Any) -> None:
    """Import FILE, of any format, or line-aligned files as a batch, whole or not at all."""
    from review.work.importing import import_batch
    from review.work.sessions import reviewer_named

    with ExitStack() as stack:
        intake = _files(**given).read(stack, _limits(_settings()))
        engine, queue, settings = _open_desk()
        size, bar = len(intake.parsed.segments), Bar()
        batch_id = import_batch(
            engine,
            queue,
            intake,
            reviewer_id=reviewer_named(engine, settings.reviewers[0]).id,
            name=name,
            source_lang=given["source_lang"],
            target_lang=target_lang,
            progress=lambda done: bar.show(done, size),
            categories=settings.categories,
        )
    told = f"Imported batch {batch_id} with {size:,} segments."
    click.echo(json.dumps({"batch": batch_id, "segments": size}) if as_json else told)


@commands.command("export")
@click.argument("batch", type=int)
@click.option(
    "--format",
    "format_id",
    required=True,
    help="text for the one it came in, tsv, jsonl …: see docs/formats.md.",
)
@click.option("--system", help="Which system; the first if not given.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write; standard output if not given."
)
def export_command(batch: int, format_id: str, system: str | None, output: Path | None) -> None:
    """Write the corrected texts of BATCH out."""
    from review.work import exporting
    from review.work.access import find_batch, find_system_named

    engine, _, settings = _open_desk()
    found = find_batch(engine, batch)
    chosen = exporting.find_format(format_id, found)
    named = find_system_named(found, system)
    with whole_file(output) as out:
        exporting.export(engine, found, named, chosen, out, settings.categories)


@commands.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a batch.")
def list_command(as_json: bool) -> None:
    """List the newest batches with their size, progress and open flags."""
    from review.work.batch_pages import list_page

    engine, _, _ = _open_desk()
    for batch in list_page(engine):
        systems = [system.name for system in batch.systems]
        flags = sum(system.open_flags for system in batch.systems)
        if as_json:
            row = {"batch": batch.id, "name": batch.name, "segments": batch.segments, "systems": systems}
            click.echo(json.dumps({**row, "reviewed": batch.reviewed, "flags": flags}, ensure_ascii=False))
        else:
            click.echo(
                f"{batch.id:>5}  {batch.name}  ({', '.join(systems)}; {batch.segments:,} segments, "
                f"{batch.reviewed:,} of {batch.total:,} reviewed, {flags:,} open flags)"
            )


def _open_desk() -> "tuple[Engine, JobQueue, Settings]":
    from review.jobs.queue import JobQueue
    from review.store.engine import open_store
    from review.work.sessions import ensure_reviewers

    settings = _settings()
    engine = open_store(settings)
    ensure_reviewers(engine, settings.reviewers)
    return engine, JobQueue(settings, engine), settings


for command in (
    backup_command,
    restore_command,
    copy_database_command,
    serve_command,
    worker_command,
    health_command,
    jobs_group,
):
    commands.add_command(command)
commands.add_command(accounts_group)
commands.add_command(models_group)
commands.add_command(train_command)
commands.add_command(score_command)
commands.add_command(compare_command)


def main() -> None:
    """Run a command; a refusal is one line on stderr and exit status 2."""
    try:
        commands(prog_name="python -m review")
    except TarkkaError as error:
        advice = (
            " Name the encoding: --encoding windows-1252, say." if isinstance(error, WrongEncoding) else ""
        )
        click.echo(f"tarkka: {error}{advice}", err=True)
        sys.exit(error.exit_code)
