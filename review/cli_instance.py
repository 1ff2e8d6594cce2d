"""Commands about an instance as a whole: backup, restore, copy-database."""

import sys
from pathlib import Path

import click

from review.cli_files import whole_file
from review.settings import Settings


def _told(table: str, rows: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{table}: {rows:,} rows\033[K", err=True, nl=False)


def _finish(counts: dict[str, int], what: str) -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    held = {table: rows for table, rows in counts.items() if rows}
    for table, rows in held.items():
        click.echo(f"{rows:>12,}  {table}")
    click.echo(f"{what}: {sum(held.values()):,} rows in {len(held)} tables.")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup_command(file: Path) -> None:
    """Write all that people made in this instance into FILE, as of one moment; work may go on meanwhile."""
    from review.work.backups import write_backup

    with whole_file(file) as out:
        counts = write_backup(Settings.from_environment(), out, _told)
    _finish(counts, "Backed up")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_command(file: Path) -> None:
    """Bring a backup back into this instance, in which nobody must have worked yet."""
    from review.work.backups import restore_backup

    counts = restore_backup(Settings.from_environment(), file, _told)
    _finish(counts, "Restored")


@click.command("copy-database")
@click.argument("address")
def copy_database_command(address: str) -> None:
    """Copy this instance's database into the empty one at ADDRESS, such as postgresql://name@host/tarkka."""
    from review.work.backups import copy_database

    counts = copy_database(Settings.from_environment(), address, _told)
    _finish(counts, "Copied, and counted on both sides")
