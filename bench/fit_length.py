"""How long an English text is for its source: the `length` of the tables in review/checks/lexicon/.

usage: python bench/fit_length.py SET…   (folders with source.XX and reference.en, or XX-en.*.tsv of post-edits)

The logarithm of the lengths' ratio is near to normally distributed; its spread shrinks with the root of the
length down to a floor (Gale and Church 1993, "A program for aligning sentences in bilingual corpora").
Printed: for each language the mean, the spread per root and the floor, from robust quantiles of each band.
"""

import csv
import math
import statistics
import sys
from collections import defaultdict
from pathlib import Path

SHORTEST = 20  # characters


def pairs(path: Path) -> tuple[str, list[tuple[str, str]]]:
    """The language, and source beside human English, of a folder or a table."""
    if path.is_dir():
        source = next(path.glob("source.*"))
        texts = [file.read_text(encoding="utf-8").split("\n") for file in (source, path / "reference.en")]
        return source.suffix[1:], list(zip(*texts, strict=True))
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return path.name[:2], [(row["source"], row["post_edit"]) for row in rows]


def main() -> None:
    ratios: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for name in sys.argv[1:]:
        language, both = pairs(Path(name))
        for source, target in both:
            if len(source) >= SHORTEST and target:
                ratios[language].append((len(source), math.log(len(target) / len(source))))
    print("language\tmean\tspread\tfloor")
    for language, found in sorted(ratios.items()):
        mean = statistics.median(ratio for _, ratio in found)
        bands: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for length, ratio in found:
            bands[min(6, int(math.log2(length / SHORTEST) * 2))].append((length, ratio))
        points = []
        for band in bands.values():
            ordered = sorted(ratio for _, ratio in band)
            spread = (ordered[len(ordered) * 84 // 100] - ordered[len(ordered) * 16 // 100]) / 2
            points.append((1 / statistics.fmean(length for length, _ in band), spread**2))
        slope, floor = statistics.linear_regression(*zip(*points, strict=True))
        print(f"{language}\t{mean:.3f}\t{math.sqrt(max(slope, 0)):.3f}\t{math.sqrt(max(floor, 0)):.3f}")


if __name__ == "__main__":
    main()
