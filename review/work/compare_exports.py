"""A comparison as CSV, JSON, LaTeX and Markdown."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from review.errors import NotFound
from review.work.compare_found import CellFound, Found, SystemFound

_LATEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPREADSHEET_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NEVER_RANKED = (
    "+corrected: p against the machine's text that it was made from; never ranked, since a correction favours "
    "the system it started from."
)


@dataclass(frozen=True, slots=True)
class CompareFormat:
    id: str
    title: str
    suffix: str
    mimetype: str
    write: Callable[[Found], str]


def find_compare_format(format_id: str) -> CompareFormat:
    """The format of that id, or NotFound."""
    for one in COMPARE_FORMATS:
        if one.id == format_id:
            return one
    raise NotFound(f"A comparison is exported as {', '.join(f.id for f in COMPARE_FORMATS)}.")


def as_csv(found: Found) -> str:
    """A row for each system and metric, in full precision."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        "system metric score mean ci difference p_value p_value_holm rank_first rank_last cluster "
        "segments signature".split()
    )
    for row in (*found["systems"], *found["corrected"]):
        for n, (metric, cell) in enumerate(zip(found["metrics"], row["cells"], strict=True)):
            ranks = found["ranks"][n] if found["ranks"] else []
            rank = next(
                ((r["first"], r["last"], r["cluster"]) for r in ranks if r["name"] == row["name"]), ("",) * 3
            )
            numbers = (cell["score"], cell["mean"], cell["half"], cell["difference"], cell["p"], cell["holm"])
            writer.writerow(
                (_plain(row["name"]), metric["name"], *numbers, *rank, found["segments"], metric["signature"])
            )
    return out.getvalue()


def as_json(found: Found) -> str:
    """All that was found."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def as_markdown(found: Found) -> str:
    """A table with what it needs to be read."""
    lines = [
        "| System | " + " | ".join(_headings(found)) + " |",
        "|---" + "|---:" * len(found["metrics"]) + "|",
    ]
    for row in (*found["systems"], *found["corrected"]):
        name = row["name"].replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
        lines.append(f"| {name} | " + " | ".join(_words(c, " ± ") for c in row["cells"]) + " |")
    return "\n".join([*lines, "", *_notes(found), ""])


def as_latex(found: Found) -> str:
    """A tabular for the package booktabs."""
    lines = [r"\begin{tabular}{l" + "r" * len(found["metrics"]) + "}", r"\toprule"]
    lines += [" & ".join(["System", *map(_latex, _headings(found))]) + r" \\", r"\midrule"]
    lines += [_latex_row(row) for row in found["systems"]]
    if found["corrected"]:
        lines += [r"\midrule", *map(_latex_row, found["corrected"])]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", *(f"% {note}" for note in _notes(found)), ""])


def _latex_row(row: SystemFound) -> str:
    cells = [_words(cell, r" $\pm$ ").replace("*", r"$^*$") for cell in row["cells"]]
    return " & ".join([_latex(row["name"]), *cells]) + r" \\"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text.replace("\n", " "))


def _headings(found: Found) -> list[str]:
    return [f"{m['name']} ({'higher' if m['higher'] else 'lower'} is better)" for m in found["metrics"]]


def _words(cell: CellFound, between: str) -> str:
    words = f"{cell['score']:.1f}"
    if cell["half"] is not None:
        words += f"{between}{cell['half']:.1f}"
    return words + ("*" if cell["holm"] is not None and cell["holm"] < 0.05 else "")


def _notes(found: Found) -> Sequence[str]:
    test = {"bs": "paired bootstrap", "ar": "approximate randomisation"}[found["test"]]
    baseline = found["baseline"].replace("\n", " ")
    return [
        f"{found['segments']} segments; {test}, {found['samples']} samples, seed {found['seed']}; "
        f"* differs from {baseline} (p < 0.05 after Holm's correction).",
        *([_too_few(found)] if found["fewest"] > found["samples"] else []),
        *([_NEVER_RANKED] if found["corrected"] else []),
        *(f"{metric['name']}: {metric['signature']}" for metric in found["metrics"]),
    ]


def _too_few(found: Found) -> str:
    return (
        f"After Holm's correction, {found['samples']} samples cannot show a difference between so many pairs: "
        f"take {found['fewest']} or more."
    )


def _plain(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.startswith(_SPREADSHEET_FORMULA) else name


COMPARE_FORMATS = (
    CompareFormat("csv", "CSV", ".csv", "text/csv", as_csv),
    CompareFormat("json", "JSON", ".json", "application/json", as_json),
    CompareFormat("latex", "LaTeX", ".tex", "application/x-tex", as_latex),
    CompareFormat("markdown", "Markdown", ".md", "text/markdown", as_markdown),
)
