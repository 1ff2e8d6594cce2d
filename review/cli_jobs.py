"""Commands about work off the request: python -m review jobs …"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from review.cli_desk import open_desk
from review.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from review.jobs.queue import JobQueue
    from review.store.engine import Engine

_TOKEN = 8  # characters of an upload's token that name its import


@click.group("jobs")
def jobs_group() -> None:
    """What workers do for batches: how far it is, stopping it, having the rest done."""


@jobs_group.command("list")
@click.option("--all", "ended", is_flag=True, help="Those too that have come to their end.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a job.")
def list_command(ended: bool, as_json: bool) -> None:
    """List imports and jobs: id, what it is, of which batch, state, texts done."""
    engine, _, folder = _desk()
    for row in (*_imports(folder, ended), *_jobs(engine, ended)):
        click.echo(json.dumps(row) if as_json else _line(row))


@jobs_group.command("stop")
@click.argument("job")
def stop_command(job: str) -> None:
    """Stop JOB: what it has stored stays, the rest waits for `jobs go-on`. A stopped import leaves nothing."""
    from review.work import batch_jobs, import_jobs

    engine, queue, folder = _desk()
    if job.isdecimal():
        batch_jobs.stop(engine, int(job))
    else:
        import_jobs.cancel(folder, queue, _token(folder, job))
    click.echo(f"Stopped {job}.")


@jobs_group.command("go-on")
@click.argument("job")
def go_on_command(job: str) -> None:
    """Have done what is left of JOB, which was stopped or has failed, or of an import that broke off."""
    from review.work import batch_jobs, import_jobs

    engine, queue, folder = _desk()
    if job.isdecimal():
        batch_jobs.go_on(engine, queue, int(job))
    else:
        import_jobs.try_again(folder, queue, _token(folder, job))
    click.echo(f"A worker goes on with {job}.")


def _jobs(engine: "Engine", ended: bool) -> Iterator[dict[str, Any]]:
    from review.work import batch_jobs

    for job in batch_jobs.list_all(engine, running_only=not ended):
        about = {"job": str(job.id), "kind": job.kind, "batch": job.batch_id, "state": job.state}
        yield about | {"done": job.done, "total": job.total, "failed": job.failed, "trouble": job.trouble}


def _imports(folder: "Path", ended: bool) -> Iterator[dict[str, Any]]:
    from review.work import import_jobs

    for token, state in import_jobs.states(folder):
        if state.runs or ended:
            about = {
                "job": f"u{token[:_TOKEN]}",
                "kind": "import",
                "batch": state.batch,
                "state": state.state,
            }
            yield about | {"done": state.done, "total": state.total, "failed": 0, "trouble": state.trouble}


def _line(row: dict[str, Any]) -> str:
    of = f"batch {row['batch']}" if row["batch"] else "an upload"
    failed = f", {row['failed']} chunks failed" if row["failed"] else ""
    trouble = f" ({row['trouble']})" if row["trouble"] else ""
    counted = f"{row['done']:,} of {row['total']:,}"
    return f"{row['job']:>9}  {row['kind']:<7} of {of}: {row['state']}, {counted}{failed}{trouble}"


def _token(folder: "Path", job: str) -> str:
    from review.work import import_jobs

    for token, _ in import_jobs.states(folder):
        if f"u{token[:_TOKEN]}" == job:
            return token
    raise NotFound(f"There is no job {job}: `jobs list --all` lists them.")


def _desk() -> "tuple[Engine, JobQueue, Path]":
    from review.work import staging

    engine, queue, settings = open_desk()
    return engine, queue, staging.folder_of(settings)
