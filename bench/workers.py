"""Flags of a corpus by one worker and by two: of a Dask cluster, whose workers are new or have worked before, and --jobs.

usage: python bench/workers.py SET_DIR [--segments N] [--rounds N]
(a folder with source.fi and sys.NAME.en; their segments follow each other, in documents of fifteen, until there are N)

Wall clock of the whole command, its start included; every output is compared with that of one process.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import print_table  # noqa: E402
from bench.score import read  # noqa: E402
from tests.dask_cluster import dask_cluster  # noqa: E402

_DOCUMENT = 15  # segments; the sets do not name their documents


def write_corpus(sets: Path, count: int, folder: Path) -> list[str]:
    """The files as options of the command."""
    source = read(sets / "source.fi")
    systems = sorted(sets.glob("sys.*.en"))
    pairs = list(islice((pair for s in systems for pair in zip(source, read(s), strict=True)), count))
    documents = (str(n // _DOCUMENT) for n in range(len(pairs)))
    columns = {"source": (s for s, _ in pairs), "hypothesis": (h for _, h in pairs), "documents": documents}
    options = ["--source-lang", "fi"]
    for name, lines in columns.items():
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        options += [f"--{name}", str(folder / name)]
    return options


def flagged(options: Sequence[str]) -> tuple[float, bytes]:
    """Seconds, and what was printed."""
    command = [sys.executable, "-m", "review", "flag", *options, "--format", "jsonl"]
    started = time.perf_counter()
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if run.returncode != 1 or run.stderr:
        sys.exit(f"{' '.join(command)}: {run.stderr.decode()}")
    return time.perf_counter() - started, run.stdout


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--segments", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    spent: dict[tuple[str, int], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        options = write_corpus(given.folder, given.segments, Path(name))
        printed = set()
        for turn in range(given.rounds):
            for count in (1, 2):
                ways = [("--jobs", [f"--jobs={count}"])]
                with dask_cluster(Path(name) / f"{turn}-{count}") as cluster:
                    for _ in range(count):
                        cluster.add_worker()
                    there = ["--dask", cluster.address]
                    for way, more in [("Dask, new workers", there), ("Dask, the same again", there), *ways]:
                        seconds, out = flagged([*options, *more])
                        spent[way, count].append(seconds)
                        printed.add(out)
    if len(printed) > 1:
        sys.exit("The flags differ.")
    rows = []
    for way in dict.fromkeys(way for way, _ in spent):
        one, two = (statistics.median(spent[way, count]) for count in (1, 2))
        ratios = [a / b for a, b in zip(spent[way, 1], spent[way, 2], strict=True)]
        rows.append(
            [way, f"{one:.1f}", f"{two:.1f}", f"{one / two:.2f} × ({min(ratios):.2f} to {max(ratios):.2f})"]
        )
    print_table(
        f"Flags of {given.segments:,} segments, medians of {given.rounds}",
        ["by", "one, s", "two, s", "ratio (least to most)"],
        rows,
    )


if __name__ == "__main__":
    main()
