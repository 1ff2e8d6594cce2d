"""python -m review …: parses, makes one call into `work`, prints. Heavy imports wait for their command."""

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

import review
from review.cli_accounts import accounts_group
from review.cli_bar import Bar
from review.cli_desk import open_desk
from review.cli_files import input_files, limits, takes_input, whole_file
from review.cli_flag import flag_command
from review.cli_instance import backup_command, copy_database_command, restore_command
from review.cli_jobs import jobs_group
from review.cli_models import models_group, train_command
from review.cli_score import compare_command, score_command
from review.cli_serving import health_command, serve_command, worker_command
from review.errors import TarkkaError, WrongEncoding


@click.group()
@click.version_option(package_name=None, version=review.__version__, prog_name="tarkka")
def commands() -> None:
    """Tarkka: review machine translations, flag what is wrong in them, export the corrected text."""


@commands.command("import")
@takes_input
@click.option("--name", default="", help="Title of the batch; the first sentence if not given.")
@click.option("--target-lang", default="", metavar="en", help="Language of the translation; guessed.")
@click.option("--json", "as_json", is_flag=True, help="Print the batch's id and size as JSON.")
def import_command(name: str, target_lang: str, as_json: bool, **given: Any) -> None:
    """Import FILE, of any format, or line-aligned files as a batch, whole or not at all."""
    from review.settings import Settings
    from review.work.importing import all_or_nothing, import_batch
    from review.work.sessions import ensure_reviewers

    with ExitStack() as stack:
        intake = input_files(**given).read(stack, limits(Settings.from_environment()))
        engine, queue, settings = open_desk()
        first = settings.reviewers[0]
        size, bar = len(intake.parsed.segments), Bar()
        arrival = stack.enter_context(all_or_nothing(engine))
        batch_id = import_batch(
            engine,
            queue,
            intake,
            arrival=arrival,
            reviewer_id=ensure_reviewers(engine, (first,))[first],
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

    engine, _, settings = open_desk()
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

    engine, _, _ = open_desk()
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
commands.add_command(flag_command)
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
