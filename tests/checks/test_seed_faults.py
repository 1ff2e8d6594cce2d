"""The faults that a careful editor marks in the seed article (tests/data/seed-faults.tsv), held against the checks.

A fault is found where a flag of the default view overlaps it; any other flag is false.
"""

import csv
from functools import cache

import pytest

from review.checks.run import Checker
from review.formats import ARTICLE
from review.formats.guard import Limits
from review.model import DEFAULT_CONFIDENCE, Context, Document, Flag, Level, Segment
from review.settings import Settings
from review.work.models import deep_parts
from tests.conftest import MODELS, ROOT, shared

pytestmark = pytest.mark.slow


def faults() -> list[tuple[int, int, int]]:
    with (ROOT / "tests" / "data" / "seed-faults.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(int(row["segment"]), int(row["start"]), int(row["end"])) for row in rows]


@cache
def shown_flags(level: Level) -> tuple[list[str], list[Flag]]:
    with shared("data/seed/article.en.txt").open("rb") as stream:
        texts, _ = ARTICLE.read(stream, "article", Limits())
    segments = [Segment(n, text) for n, text in enumerate(texts, start=1)]
    parts = deep_parts(Settings(model_dir=str(MODELS)), "smollm2")
    checker = Checker(parts.given_to(Context()), level=level).read(Document(segments))
    flags = [flag for segment in segments for flag in checker.flags(segment)]
    return texts, [flag for flag in flags if flag.confidence >= DEFAULT_CONFIDENCE]


def overlap(flag: Flag, fault: tuple[int, int, int]) -> bool:
    segment, start, end = fault
    return flag.segment == segment and flag.start < end and start < flag.end


def test_the_list_is_long_enough_and_lies_within_the_article() -> None:
    texts, _ = shown_flags(Level.INSTANT)
    assert len(faults()) >= 30
    for segment, start, end in faults():
        assert 0 <= start < end <= len(texts[segment - 1])


@pytest.mark.parametrize(("level", "most"), [(Level.INSTANT, 0), (Level.DEEP, 6)])
def test_few_flags_of_the_default_view_are_false(level: Level, most: int) -> None:
    _, flags = shown_flags(level)
    assert sum(not any(overlap(flag, fault) for fault in faults()) for flag in flags) <= most


@pytest.mark.parametrize(("level", "least"), [(Level.INSTANT, 16), (Level.DEEP, 18)])
def test_many_of_the_faults_are_found(level: Level, least: int) -> None:
    _, flags = shown_flags(level)
    assert sum(any(overlap(flag, fault) for flag in flags) for fault in faults()) >= least
