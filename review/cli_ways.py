"""The options of commands whose work may be shared: --jobs and --dask."""

from typing import TYPE_CHECKING, Any

import click

from review.errors import BadInput

if TYPE_CHECKING:
    from review.work.parts import Way

_WAYS = [
    click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        help="Processes that share the work; 1 if not given. The result is the same.",
    ),
    click.option(
        "--dask",
        metavar="ADDRESS",
        help="Scheduler of a Dask cluster that does the work, tcp://host:8786, say; see corpora.md.",
    ),
]


def takes_way(command: Any) -> Any:
    """The options that say who does the work."""
    for option in reversed(_WAYS):
        command = option(command)
    return command


def way_of(jobs: int | None, dask: str | None) -> "Way":
    """Who does the work: this process unless told otherwise."""
    from review.work.cluster import Cluster
    from review.work.parts import Here, Processes

    if dask is not None:
        if jobs is not None:
            raise BadInput("Give either --jobs or --dask, not both.")
        return Cluster(dask)
    return Here() if jobs in (None, 1) else Processes(jobs)
