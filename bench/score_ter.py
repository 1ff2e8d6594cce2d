"""TER with its options: processor time beside sacreBLEU's, both on the same texts in one run on one core.

usage: python bench/score_ter.py SET_DIR   (a folder with reference.en and sys.NAME.en)
"""

import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.score import LOWER_LIMIT, TER, print_table, read, spent  # noqa: E402
from review.metrics.ter import Ter  # noqa: E402

_OPTIONS: list[dict[str, bool]] = [{}, {"normalized": True}, {"no_punct": True, "case_sensitive": True}]
_ROUNDS = 3  # of ours, which is soon done; sacreBLEU has one


def compare(options: dict[str, bool], reference: list[str], systems: list[list[str]]) -> list[str]:
    """A row: the medians over the systems; both keep the references, and the statistics have to agree."""
    metric, judge = Ter(**options), TER(**options, references=[reference])
    prepared = metric.prepare([reference])
    ratios, seconds = [], []
    for system in systems:
        rounds = [spent(lambda system=system: metric.statistics(system, prepared)) for _ in range(_ROUNDS)]
        ours = median(time for time, _ in rounds)
        theirs, expected = spent(lambda system=system: judge._extract_corpus_statistics(system, None))
        assert rounds[0][1].tolist() == expected, "not what sacreBLEU finds"
        ratios.append(theirs / ours)
        seconds.append(ours / len(system))
    return [
        ", ".join(options) or "as it is",
        f"{1e6 * median(seconds):.1f}",
        f"{median(ratios):.1f} × ({min(ratios):.1f} to {max(ratios):.1f})",
        str(LOWER_LIMIT["ter"]),
    ]


def main() -> None:
    folder = Path(sys.argv[1])
    reference = read(folder / "reference.en")
    systems = [read(file) for file in sorted(folder.glob("sys.*.en"))]
    rows = [compare(options, reference, systems) for options in _OPTIONS]
    title = f"TER of {len(systems)} systems on {folder.name}, {len(reference)} segments, one core"
    header = ["options", "µs a segment", "faster than sacreBLEU", "µs compiled, estimated"]
    print_table(title, header, rows)


if __name__ == "__main__":
    main()
