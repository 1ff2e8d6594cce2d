"""Flags against what post-editors changed, word by word, beside a grammar checker that users know (Harper).

usage: python bench/phrasing.py MEASURE TSV… [--limit N] [--model NAME]… [--clean FILE]

MEASURE is the script that counts one table (it prints JSON, takes --no-source, --limit and, after --, the
options of the tool); a TSV has the columns mt and mt_word_tags (OK or BAD for each word of mt). FILE is
clean English, a text a line. A model that is not enabled makes no row but a line that says so. Harper
needs requirements-bench.txt; its flags have no confidence, so that only precision, recall and MCC are told.
"""

import argparse
import csv
import json
import math
import subprocess
import sys
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import print_table  # noqa: E402
from review.lm.catalogue import CATALOGUE  # noqa: E402
from review.lm.enable import is_enabled  # noqa: E402
from review.model import DEFAULT_CONFIDENCE  # noqa: E402
from review.settings import MODELS, Settings  # noqa: E402

ENOUGH = 200  # words of a tenth of confidence whose calibration counts
HEADER = (
    "set",
    "checker",
    "source",
    "best MCC",
    "recall at precision 0.60",
    "precision, default view",
    "recall, default view",
    "worst calibration gap",
)


class Harper:
    """Harper's flags on a text, as spans."""

    def __init__(self, *, spelling: bool) -> None:
        from harper import Linter

        self.name = f"Harper, spelling {'on' if spelling else 'off'}"
        self._linter = Linter()
        if not spelling:
            self._linter.set_lint_config({**self._linter.get_lint_config(), "SpellCheck": False})

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [(lint.span.start, lint.span.end) for lint in self._linter.lint(text, language="plaintext")]

    def row(self, table: Path, limit: int | None) -> list[str]:
        """The words that its flags touch, counted as MEASURE counts them."""
        right = wrong = missed = rest = 0
        for text, tags in read_rows(table, limit):
            spans, at = self.spans(text), 0
            for word, tag in zip(text.split(" "), tags.split(" "), strict=True):
                end = at + len(word)
                flagged, bad = any(a < end and b > at for a, b in spans), tag == "BAD"
                right, wrong = right + (flagged and bad), wrong + (flagged and not bad)
                missed, rest = missed + (bad and not flagged), rest + (not bad and not flagged)
                at = end + 1
        area = (right + wrong) * (right + missed) * (rest + wrong) * (rest + missed)
        mcc = (right * rest - wrong * missed) / (math.sqrt(area) or 1)
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        return [table.name, self.name, "no", f"{mcc:.3f}", "–", f"{precision:.3f}", f"{recall:.3f}", "–"]


def title_of(model: str) -> str:
    return f"Tarkka, {'no model' if model == 'none' else model}"


def read_rows(table: Path, limit: int | None) -> list[tuple[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["mt"], row["mt_word_tags"]) for row in islice(rows, limit)]


def measured(script: str, table: Path, limit: int | None, model: str, *, sourced: bool) -> list[str]:
    """Tarkka's row with a model."""
    command = [sys.executable, script, str(table), *([] if sourced else ["--no-source"])]
    command += ["--limit", str(limit)] if limit else []
    command += ["--", "--model", model]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout
    found = json.loads(answer)
    sure, default = found["best_recall_at_precision_0.60"], found["at_confidence"][str(DEFAULT_CONFIDENCE)]
    gaps = [
        abs(tenth["confidence"] - tenth["bad"]) for tenth in found["calibration"] if tenth["words"] >= ENOUGH
    ]
    return [
        table.name,
        title_of(model),
        "yes" if sourced else "no",
        f"{found['best_mcc']['mcc']:.3f}",
        f"{sure['recall']:.3f}" if sure else "–",
        f"{default['precision']:.3f}",
        f"{default['recall']:.3f}",
        f"{max(gaps):.3f}" if gaps else "–",
    ]


def clean_rows(file: Path, limit: int | None, models: list[str], harpers: list[Harper]) -> list[list[str]]:
    """How many flags each checker gives on a hundred segments of clean English."""
    texts = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")[:limit]
    rows = []
    for model in models:
        command = [sys.executable, "-m", "review", "flag", "--hypothesis", "/dev/stdin", "--level", "deep"]
        command += ["--format", "jsonl", "--min-confidence", "default", "--model", model]
        given = "".join(f"{text}\n" for text in texts)
        run = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, encoding="utf-8")
        if run.returncode not in (0, 1):
            sys.exit(run.stderr)
        count = sum(bool(line) for line in run.stdout.split("\n"))
        rows.append([title_of(model), told(count, texts)])
    counts = ((harper.name, sum(len(harper.spans(text)) for text in texts)) for harper in harpers)
    return [*rows, *([name, told(count, texts)] for name, count in counts)]


def told(count: int, texts: list[str]) -> str:
    return f"{100 * count / len(texts):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("measure")
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--model", action="append", choices=MODELS, dest="models")
    parser.add_argument("--clean", type=Path)
    args = parser.parse_args()
    folder = Settings.from_environment().models_folder
    asked = args.models or list(MODELS)
    models = [name for name in asked if name == "none" or is_enabled(CATALOGUE[name], folder)]
    for name in asked:
        if name not in models:
            print(f"{name} is not enabled and not measured.")
    harpers = [Harper(spelling=True), Harper(spelling=False)]
    rows = []
    for table in args.tables:
        rows += [
            measured(args.measure, table, args.limit, model, sourced=sourced)
            for model in models
            for sourced in (True, False)
        ]
        rows += [harper.row(table, args.limit) for harper in harpers]
    of = f", the first {args.limit} segments" if args.limit else ""
    print_table(f"Odd phrasing and all other checks, by word{of}", HEADER, rows)
    if args.clean:
        title = f"Flags on {args.clean.name} of {args.clean.parent.name}, clean English{of}"
        header = ("checker", "flags on 100 segments in the default view")
        print_table(title, header, clean_rows(args.clean, args.limit, models, harpers))


if __name__ == "__main__":
    main()
