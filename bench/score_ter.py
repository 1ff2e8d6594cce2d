"""TER's processor time beside sacreBLEU's, both on the same texts in the same run on one core.

usage: python bench/score_ter.py SET_DIR [SEGMENTS]   (a folder with reference.en and sys.NAME.en; with a number,
also so many segments, made by repeating the set's with words lost and swapped)
"""

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sacrebleu.metrics import TER  # noqa: E402

from bench.measure import print_table  # noqa: E402
from review.metrics.ter import Ter  # noqa: E402

_OPTIONS: list[dict[str, bool]] = [{}, {"normalized": True}, {"no_punct": True, "case_sensitive": True}]
_COMPILED = 4e-6  # seconds a segment, estimated for compiled code
_ROUNDS = 3  # of ours, which is soon done; sacreBLEU has one


def spent(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def compare(
    options: dict[str, bool], reference: list[str], systems: list[list[str]]
) -> tuple[list[float], list[float]]:
    """sacreBLEU's time over ours for each system, and our seconds a segment; the statistics have to agree."""
    metric = Ter(**options)
    prepared = metric.prepare([reference])
    judge = TER(**options, references=[reference])
    ratios, seconds = [], []
    for system in systems:
        rounds = [spent(lambda system=system: metric.statistics(system, prepared)) for _ in range(_ROUNDS)]
        ours = statistics.median(seconds for seconds, _ in rounds)
        theirs, expected = spent(lambda system=system: judge._extract_corpus_statistics(system, None))
        assert rounds[0][1].tolist() == expected, "not what sacreBLEU finds"
        ratios.append(theirs / ours)
        seconds.append(ours / len(system))
    return ratios, seconds


def noisy(lines: list[str], segments: int, chance: random.Random) -> list[str]:
    """So many segments: the lines over and over, each time with other words lost or swapped."""
    made = []
    for n in range(segments):
        words = lines[n % len(lines)].split(" ")
        for _ in range(chance.randrange(3)):
            place = chance.randrange(len(words))
            words[place : place + 2] = reversed(words[place : place + 2])
            if len(words) > 1 and chance.random() < 0.5:
                del words[chance.randrange(len(words))]
        made.append(" ".join(words))
    return made


def row(name: str, ratios: list[float], seconds: list[float]) -> list[str]:
    typical = statistics.median(seconds)
    return [
        name,
        f"{statistics.median(ratios):.1f} ×",
        f"{min(ratios):.1f} … {max(ratios):.1f}",
        f"{typical * 1e6:.0f} µs",
        f"{typical / _COMPILED:.0f} ×",
    ]


def main() -> None:
    folder = Path(sys.argv[1])
    reference, *systems = (
        file.read_text(encoding="utf-8").split("\n")[:-1]
        for file in (folder / "reference.en", *sorted(folder.glob("sys.*.en")))
    )
    rows = [
        row(" ".join(options) or "as it is", *compare(options, reference, systems)) for options in _OPTIONS
    ]
    if len(sys.argv) > 2:
        segments = int(sys.argv[2])
        chance = random.Random(1)
        corpus = noisy(reference, segments, chance), [noisy(systems[0], segments, chance)]
        rows.append(row(f"{segments:,} segments", *compare({}, *corpus)))
    title = f"TER of {len(systems)} systems on {folder.name}, {len(reference)} segments, one core"
    header = ["", "faster than sacreBLEU, median", "least … most", "a segment", "of a compiled limit"]
    print_table(title, header, rows)
    print(
        f"\n{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, sacreBLEU's included"
    )


if __name__ == "__main__":
    main()
