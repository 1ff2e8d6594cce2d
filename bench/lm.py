"""Language models: pieces scored a second, here and by llama.cpp from the same GGUF file in the same run.

usage: python bench/lm.py FILE [SEGMENTS]

FILE is a TSV with a column `mt`, or a text of one segment a line. Only enabled models are measured.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.llama_cpp import LlamaCpp  # noqa: E402
from bench.measure import print_table  # noqa: E402
from review.lm import load_scorer  # noqa: E402
from review.lm.catalogue import CATALOGUE, Model  # noqa: E402
from review.lm.enable import fetch_gguf, is_enabled  # noqa: E402
from review.lm.engine import Engine  # noqa: E402
from review.model import Passage  # noqa: E402
from review.settings import Settings  # noqa: E402

_ROUNDS = 3


def read_segments(file: Path, most: int) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    if "mt" not in head:
        return lines[:most]
    return [line.split("\t")[head.index("mt")] for line in lines[1 : most + 1]]


def seconds(clock: Callable[[], float], work: Callable[[], object]) -> float:
    started = clock()
    work()
    return clock() - started


def measure(model: Model, segments: list[str]) -> list[str]:
    """One row. On one core the engines take turns, in processor time: what else runs meets neither of them."""
    settings = Settings.from_environment()
    scorer = load_scorer(settings, model.id)
    single = Engine(model, settings.models_folder / model.id, threads=1)
    passages = [Passage(segment) for segment in segments]
    with tempfile.TemporaryDirectory() as work:
        other = LlamaCpp(fetch_gguf(model, Path(work)), threads=1)
        read = [[0, *other.pieces(segment)] for segment in segments]
        few = read[: max(1, len(read) // 4)]
        all_cores, ours, theirs = [], [], []
        for _ in range(_ROUNDS):
            all_cores.append(seconds(time.perf_counter, lambda: scorer.score(passages)))
            ours.append(seconds(time.process_time, lambda: single.score(passages)))
            theirs.append(seconds(time.process_time, lambda: [other.read(pieces) for pieces in few]))
    count = sum(map(len, read))
    here, there = count / statistics.median(ours), sum(map(len, few)) / statistics.median(theirs)
    title = model.title.partition(":")[0]
    everywhere = count / statistics.median(all_cores)
    return [title, f"{everywhere:,.0f}", f"{here:,.0f}", f"{there:,.0f}", f"{here / there:.1f} ×"]


def main() -> None:
    segments = read_segments(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200)
    folder = Settings.from_environment().models_folder
    rows = [measure(model, segments) for model in CATALOGUE.values() if is_enabled(model, folder)]
    print_table(
        f"Pieces a second, {len(segments)} segments of {Path(sys.argv[1]).name}, {os.cpu_count()} cores",
        ["model", "all cores", "one core", "llama.cpp, one core", "ratio"],
        rows,
    )


if __name__ == "__main__":
    main()
