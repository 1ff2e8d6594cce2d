"""The faults that a careful editor marks in the seed article (tests/data/seed-faults.tsv), held against the checks.

A fault is found where a flag of the default view overlaps it; any other flag is false.
"""

import csv

from review.checks.run import Checker
from review.cli import DEFAULT_CONFIDENCE
from review.formats import ARTICLE
from review.formats.guard import Limits
from review.model import Context, Document, Flag, Segment
from tests.conftest import ROOT, shared


def faults() -> list[tuple[int, int, int]]:
    with (ROOT / "tests" / "data" / "seed-faults.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(int(row["segment"]), int(row["start"]), int(row["end"])) for row in rows]


def shown_flags() -> tuple[list[str], list[Flag]]:
    with shared("data/seed/article.en.txt").open("rb") as stream:
        texts, _ = ARTICLE.read(stream, "article", Limits())
    segments = [Segment(n, text) for n, text in enumerate(texts, start=1)]
    checker = Checker(Context()).read(Document(segments))
    flags = [flag for segment in segments for flag in checker.flags(segment)]
    return texts, [flag for flag in flags if flag.confidence >= DEFAULT_CONFIDENCE]


def test_the_list_is_long_enough_and_lies_within_the_article() -> None:
    texts, _ = shown_flags()
    assert len(faults()) >= 30
    for segment, start, end in faults():
        assert 0 <= start < end <= len(texts[segment - 1])


def test_no_flag_of_the_default_view_is_false() -> None:
    _, flags = shown_flags()
    false = [
        flag
        for flag in flags
        if not any(flag.segment == s and flag.start < end and start < flag.end for s, start, end in faults())
    ]
    assert false == []
