"""Fits the confidence of odd phrasing to what people really changed: a team's corrections, or a file of them."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from review.checks.phrasing import WEIGHTS
from review.checks.phrasing.reading import read_document, signals
from review.confidence.fitting import Example, fit
from review.confidence.logistic import read_weights, write_weights
from review.diff import word_diff
from review.errors import BadInput
from review.model import Context, Document, Segment

_AT_ONCE = 200
_LEAST = 100  # examples that have a feature
_COLUMNS = ("source", "mt", "post_edit")


@dataclass(frozen=True, slots=True)
class PostEdit:
    """A hypothesis, its source ("" where there is none) and what a person made of it."""

    source: str
    hypothesis: str
    correction: str


def read_post_edits(path: Path) -> list[PostEdit]:
    """The rows of a TSV with the columns source, mt and post_edit."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
            raise BadInput(f"{path.name}, line 1: there is no column “{missing[0]}”.")
        return [PostEdit(row["source"], row["mt"], row["post_edit"]) for row in rows]


def changed_spans(hypothesis: str, correction: str) -> list[tuple[int, int]]:
    """The spans of the hypothesis that the correction deleted or replaced."""
    spans, at = [], 0
    for change in word_diff(hypothesis, correction):
        if change.kind == "insert":
            continue
        if change.kind == "delete":
            spans.append((at, at + len(change.text)))
        at += len(change.text)
    return spans


def examples(edits: Iterable[PostEdit], context: Context, *, sourced: bool) -> Iterator[Example]:
    """Every token of the hypotheses with its features, and whether a person changed it."""
    numbered = enumerate(edits, start=1)
    while some := list(islice(numbered, _AT_ONCE)):
        segments = [Segment(n, e.hypothesis, e.source if sourced else None) for n, e in some]
        readings = read_document(Document(segments, bounded=False), context)
        for (_, edit), reading in zip(some, readings, strict=True):
            spans = changed_spans(edit.hypothesis, edit.correction)
            for i, token in enumerate(reading.tokens):
                changed = any(start < token.end and token.start < end for start, end in spans)
                yield {name: value for name, value in reading.features(i) if value}, changed


def train(edits: list[PostEdit], context: Context, remark: str, path: Path = WEIGHTS) -> list[str]:
    """Fit the columns of the evidence that `context` has, with and without source; the columns' names."""
    columns = read_weights(path) if path.exists() else {}
    fitted = []
    for sourced in (False, True):
        given = [edit for edit in edits if edit.source or not sourced]
        if not given:
            continue
        column = signals(context, Segment(1, "", "" if sourced else None))
        columns[column] = fit(examples(given, context, sourced=sourced), _LEAST)
        fitted.append(column)
    write_weights(path, dict(sorted(columns.items())), remark)
    return fitted


def without_model(context: Context) -> Context:
    """The same context with no language model."""
    return replace(context, scorer=None)
