"""The instant checks: segments a second on one core, beside bare tokenisation of the same text.

usage: python bench/checks.py [SET_DIR]   (a folder with source.fi and sys.NAME.en; the demo corpus if not given)
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import median_seconds, print_table  # noqa: E402
from review.checks import families_of  # noqa: E402
from review.checks.names import Names  # noqa: E402
from review.checks.run import Checker, flag_document  # noqa: E402
from review.model import Context, Document, Level, Segment  # noqa: E402
from review.text import words  # noqa: E402


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpora" / "demo"
    system = sorted(folder.glob("sys.*.en"))[0]
    texts = system.read_text(encoding="utf-8").split("\n")[:-1]
    sources = (folder / "source.fi").read_text(encoding="utf-8").split("\n")[:-1]
    segments = [Segment(n, t, s) for n, (t, s) in enumerate(zip(texts, sources, strict=True), start=1)]
    document = Document(segments, bounded=False)
    started = time.process_time()
    list(flag_document(document, Checker(Context("fi"), families=(Names(),))))
    first = time.process_time() - started
    bare = median_seconds(lambda: [words(text) for text in texts])
    rows = [["bare tokenisation of the hypotheses", f"{len(texts) / bare:,.0f}", "1"]]
    rows.append(
        [
            "Names, the first call of a process",
            f"{len(texts) / first:,.0f}",
            f"{first / bare:.1f} ({first:.2f} s)",
        ]
    )
    instant = families_of(Level.INSTANT)
    for family in (None, *instant):
        families = instant if family is None else (family,)
        spent = median_seconds(
            lambda families=families: list(flag_document(document, Checker(Context("fi"), families=families)))
        )
        name = "all instant checks, with source" if family is None else f"… {family.title}"
        rows.append([name, f"{len(texts) / spent:,.0f}", f"{spent / bare:.1f}"])
    title = f"Instant checks on {folder.name}/{system.name}, {len(texts)} segments, one core"
    print_table(title, ["", "segments a second", "times the bare time"], rows)


if __name__ == "__main__":
    main()
