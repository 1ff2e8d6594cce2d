"""Timing and tables that the benchmarks share."""

import statistics
import time
from collections.abc import Callable, Sequence

_ROUNDS = 7


def median_seconds(work: Callable[[], object]) -> float:
    """The median processor time of a few rounds, after one to warm up."""
    work()
    spent = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A Markdown table under a title."""
    print(f"\n**{title}**\n")
    print(f"| {' | '.join(header)} |")
    print(f"|{' --- |' * len(header)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
