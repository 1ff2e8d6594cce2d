"""The command `score` beside sacreBLEU's: processor time of a full report, and the memory of a long corpus.

usage: python bench/score_command.py SET_DIR [--metric M …] [--long N]
(a folder with reference.en and sys.NAME.en, of which three are taken; --long: segments, made by repeating with noise)
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import print_table  # noqa: E402
from bench.score import noisy, read  # noqa: E402
from review.metrics.catalogue import METRICS  # noqa: E402


def run(arguments: Sequence[str | Path]) -> tuple[float, float]:
    """Seconds of processor time and megabytes at most, of a process of its own."""
    environ = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", *map(str, arguments)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--metric", dest="metrics", action="append", choices=METRICS)
    parser.add_argument("--long", type=int, default=100_000)
    given = parser.parse_args()
    metrics = given.metrics or ["bleu", "chrf", "ter"]
    reference, systems = given.folder / "reference.en", sorted(given.folder.glob("sys.*.en"))[:3]
    chosen = [part for metric in metrics for part in ("--metric", metric)]
    files = [part for system in systems for part in ("--system", system)]
    ours, _ = run(["review", "score", "--reference", reference, *files, *chosen, "--bootstrap", "1000"])
    options = ["--paired-bs", "--paired-bs-n", "1000", "-f", "text"]
    theirs, _ = run(["sacrebleu", reference, "-i", *systems, "-m", *metrics, *options])
    row = [", ".join(metrics), f"{theirs:.1f}", f"{ours:.2f}", f"{theirs / ours:.1f} ×"]
    print_table("Three systems, bootstrap 1,000", ["metrics", "sacreBLEU, s", "Tarkka, s", "ratio"], [row])
    with tempfile.TemporaryDirectory() as folder:
        for seed, file in enumerate([reference, systems[0]]):
            text = "".join(line + "\n" for line in noisy(read(file), given.long, seed))
            (Path(folder) / file.name).write_text(text, encoding="utf-8")
        long = ["--reference", Path(folder) / reference.name, "--system", Path(folder) / systems[0].name]
        every = [part for metric in given.metrics or METRICS for part in ("--metric", metric)]
        seconds, megabytes = run(["review", "score", *long, *every])
    row = [f"{given.long:,}", ", ".join(every[1::2]), f"{seconds:.1f}", f"{megabytes:.0f}"]
    print_table("One long system", ["segments", "metrics", "s", "MB"], [row])


if __name__ == "__main__":
    main()
