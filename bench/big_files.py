"""A million line-aligned pairs into SQLite and out again, beside sqlite3's own .import and .output of the same rows.

usage: python bench/big_files.py [--segments N] [--rounds N]

Start-up is excluded: it is what the same commands take for one pair. Processor time is that of user and system.
"""

import argparse
import filecmp
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import print_table  # noqa: E402

_LETTERS = "abcdefghijklmnopqrstuvwxyzäö"


def run(command: Sequence[str | Path], instance: Path) -> tuple[float, float]:
    """Seconds of processor time and megabytes at most, of a process of its own."""
    environ = {**os.environ, "TARKKA_INSTANCE": str(instance), "TARKKA_MODEL": "none"}
    process = subprocess.Popen(list(map(str, command)), cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def write_pairs(folder: Path, count: int) -> None:
    """Sources and hypotheses of the length of news, and both as TSV."""
    chance = random.Random(7)
    words = ["".join(chance.choices(_LETTERS, k=chance.randint(2, 11))) for _ in range(20_000)]
    names = ("source", "hypothesis", "pairs.tsv")
    source, hypothesis, pairs = ((folder / name).open("w", encoding="utf-8") for name in names)
    with source, hypothesis, pairs:
        for _ in range(count):
            texts = [" ".join(chance.choices(words, k=chance.randint(4, most))) for most in (18, 24)]
            source.write(f"{texts[0]}.\n")
            hypothesis.write(f"{texts[1]}.\n")
            pairs.write(f"{texts[0]}.\t{texts[1]}.\n")


def theirs(folder: Path) -> tuple[float, float]:
    """sqlite3's seconds in and out."""
    table = "CREATE TABLE pair (source TEXT, hypothesis TEXT)"
    database = folder / "pairs.db"
    database.unlink(missing_ok=True)
    into = ["sqlite3", database, table, ".mode tabs", f".import {folder / 'pairs.tsv'} pair"]
    out = ["sqlite3", database, ".mode tabs", f".output {folder / 'out'}", "SELECT hypothesis FROM pair"]
    return run(into, folder)[0], run(out, folder)[0]


def ours(folder: Path) -> tuple[float, float, float]:
    """Our seconds in and out, and the megabytes of the way in."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        review, instance = [sys.executable, "-m", "review"], Path(name)
        run([*review, "list"], instance)  # makes the tables
        files = ["--hypothesis", f"mt={folder / 'hypothesis'}", "--source", folder / "source"]
        seconds, megabytes = run([*review, "import", *files, "--name", "Big"], instance)
        out, _ = run([*review, "export", "1", "--format", "text", "-o", folder / "out"], instance)
    if not filecmp.cmp(folder / "out", folder / "hypothesis", shallow=False):
        sys.exit("what came out is not what went in")
    return seconds, out, megabytes


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--segments", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as large, tempfile.TemporaryDirectory() as small:
        big, one = Path(large), Path(small)
        write_pairs(big, given.segments)
        write_pairs(one, 1)
        rounds = [(theirs(big), ours(big), theirs(one), ours(one)) for _ in range(given.rounds)]
    rows = []
    for at, what in enumerate(("import", "export of the corrected text")):
        their = statistics.median(big[at] - one[at] for big, _, one, _ in rounds)
        our = statistics.median(big[at] - one[at] for _, big, _, one in rounds)
        rows.append([what, f"{their:.2f}", f"{our:.2f}", f"{our / their:.1f} ×"])
    print_table(f"{given.segments:,} pairs", ["", "sqlite3, s", "Tarkka, s", "ratio"], rows)
    print(f"\nThe import took {max(big[2] for _, big, _, _ in rounds):.0f} MB at most.")


if __name__ == "__main__":
    main()
