"""Work on files divided into parts, and ways to do them: here, in processes of this machine (cluster.py: in others).

Work is told by paths, a part by a range of it, never by texts; whoever does one reads the files, once in a process.
What comes back is put together in order, so that the result is the same whichever way it was done.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import accumulate, pairwise
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Protocol, TypeVar

from review.errors import Busy

T = TypeVar("T")
Made = TypeVar("Made", covariant=True)
Part = tuple[int, int]
Progress = Callable[[int, int], None]  # how many steps are done, of how many

# Parts for each process: so all end at about the same time, one that dies loses little, and a cluster may grow.
_SHARES = 64


def quiet(_done: int, _of: int) -> None:
    """Progress that is told to nobody."""


class Work(Protocol[Made]):
    """What is to be done of each part of some files; small, since it is sent to whoever does it."""

    def paths(self) -> Sequence[Path]:
        """All files that the result depends on."""
        ...

    def do(self, part: Part, progress: Progress = quiet) -> Made:
        """Do one part."""
        ...


class Way(Protocol):
    """A way to do work that consists of so many units, each of some size."""

    def results(self, work: Work[T], sizes: Sequence[int], progress: Progress) -> list[T]:
        """What the parts gave, in order."""
        ...


class Here:
    """All at once, in this process."""

    def results(self, work: Work[T], sizes: Sequence[int], progress: Progress) -> list[T]:
        """What the whole gave, as the only part."""
        return [work.do((0, len(sizes)), progress)]


@dataclass(frozen=True, slots=True)
class Processes:
    """In so many processes of this machine."""

    jobs: int

    def results(self, work: Work[T], sizes: Sequence[int], progress: Progress) -> list[T]:
        """What the parts gave, in order; Busy where a process was killed."""
        parts = shared_out(sizes, self.jobs)
        if len(parts) == 1:
            return Here().results(work, sizes, progress)
        found: list[T] = []
        # Spawned: a forked process would share the threads' locks of what is loaded here.
        with ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn")) as pool:
            try:
                for result in pool.map(work.do, parts):
                    found.append(result)
                    progress(len(found), len(parts))
            except BrokenProcessPool:
                for process in active_children():  # the pool would wait for one that it has just begun
                    process.kill()
                raise Busy(
                    "One of the processes was killed, perhaps for want of memory: try fewer --jobs."
                ) from None
        return found


def shared_out(sizes: Sequence[int], processes: int) -> list[Part]:
    """Many more parts than processes, alike in size."""
    return divided(sizes, _SHARES * processes)


def divided(sizes: Sequence[int], parts: int) -> list[Part]:
    """Ranges of neighbours, at most so many and none empty, whose sizes are about the same in sum."""
    totals = [0, *accumulate(sizes)]
    aims = (totals[-1] * part / parts for part in range(1, parts))
    borders = [0, *(_nearest(totals, aim) for aim in aims), len(sizes)]
    return [(first, end) for first, end in pairwise(borders) if first < end]


def _nearest(totals: Sequence[int], aim: float) -> int:
    after = bisect_left(totals, aim)
    return after if not after or totals[after] - aim < aim - totals[after - 1] else after - 1
