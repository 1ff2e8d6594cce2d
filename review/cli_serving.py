"""Commands that run Tarkka: serve, worker, and health, which asks a running one how it is."""

import click

from review.errors import NoAnswer
from review.settings import Settings

_PATIENCE = 10  # seconds
_port = click.IntRange(0, 65535)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=_port)
@click.option("--no-worker", is_flag=True, help="Start no worker: others do the jobs.")
def serve_command(host: str, port: int, no_worker: bool) -> None:
    """Serve the pages on this machine, with a worker for the checks beside the server."""
    from review.serving import serve

    serve(Settings.from_environment(), host, port, not no_worker)


@click.command("worker")
@click.option("--until-eof", is_flag=True, help="Stop when standard input is closed.")
@click.option("--metrics-port", type=_port, help="Answer /healthz and /metrics there; nothing if not given.")
@click.option("--metrics-host", default="127.0.0.1", show_default=True)
def worker_command(until_eof: bool, metrics_port: int | None, metrics_host: str) -> None:
    """Do the jobs in the queue until interrupted."""
    from review.serving import work

    work(Settings.from_environment(), until_eof, metrics_host, metrics_port)


@click.command("health")
@click.option("--url", default="http://127.0.0.1:5000/readyz", show_default=True, help="What to ask.")
def health_command(url: str) -> None:
    """Ask a running server or worker how it is. Exit status: 0 it is well, 2 it is not."""
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    host = Settings.from_environment().trusted_hosts[0]  # a server answers to no other
    try:
        with urlopen(Request(url, headers={"Host": host}), timeout=_PATIENCE) as answer:
            click.echo(answer.read().decode(), nl=False)
    except HTTPError as error:
        with error:
            raise NoAnswer(" ".join(error.read().decode().split())) from None
    except (OSError, ValueError) as error:
        raise NoAnswer(f"{url} does not answer ({getattr(error, 'reason', error)}).") from None
