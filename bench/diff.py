"""Word diffs: this project's (rapidfuzz) against difflib's SequenceMatcher, on the demo corpus, same tokens."""

import difflib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import median_seconds, print_table  # noqa: E402
from review.diff import word_diff  # noqa: E402
from review.text import tokens  # noqa: E402

DEMO = ROOT / "corpora" / "demo"


def pairs() -> list[tuple[str, str]]:
    references = (DEMO / "reference.en").read_text(encoding="utf-8").splitlines()
    return [
        (hypothesis, reference)
        for system in ("north", "south")
        for hypothesis, reference in zip(
            (DEMO / f"sys.{system}.en").read_text(encoding="utf-8").splitlines(), references, strict=True
        )
    ]


def by_difflib(old: str, new: str) -> object:
    return difflib.SequenceMatcher(None, tokens(old), tokens(new), autojunk=False).get_opcodes()


def main() -> None:
    texts = pairs()
    ours = median_seconds(lambda: [word_diff(old, new) for old, new in texts])
    theirs = median_seconds(lambda: [by_difflib(old, new) for old, new in texts])
    print_table(
        "Word diffs of the demo corpus",
        ["", "ms a segment", "ratio"],
        [
            ["difflib", f"{1000 * theirs / len(texts):.3f}", "1"],
            ["word_diff (rapidfuzz)", f"{1000 * ours / len(texts):.3f}", f"{theirs / ours:.1f} × as fast"],
        ],
    )


if __name__ == "__main__":
    main()
