"""What a comparison finds: plain data, which can be kept, shown and exported."""

from typing import Any, TypedDict


class MetricFound(TypedDict):
    id: str
    name: str
    signature: str
    higher: bool


class CellFound(TypedDict):
    """A score; its interval and its p-values against the baseline (or the text before), where computed."""

    score: float
    mean: float | None
    half: float | None
    difference: float | None
    p: float | None
    holm: float | None


class SystemFound(TypedDict):
    name: str
    position: int
    cells: list[CellFound]  # by metric


class PairFound(TypedDict):
    metric: str
    first: str
    second: str
    difference: float
    p: float
    holm: float


class RankFound(TypedDict):
    name: str
    score: float
    first: int
    last: int
    cluster: int


class BucketFound(TypedDict):
    name: str
    segments: int
    scores: list[list[float]]  # by system, by metric


class PointFound(TypedDict):
    """A segment in a picture."""

    number: int
    x: float
    y: float


class MeanFound(TypedDict):
    """The mean score of the segments with `low` to `high` words or flags."""

    low: int
    high: int
    mean: float
    segments: int


class BinFound(TypedDict):
    """A range of scores, up to below `high`; without that, upwards."""

    low: int
    high: int | None


class SpreadFound(TypedDict):
    """How a system's segments score: the median, how many are in each bin, and the segments at the ends."""

    name: str
    position: int
    median: float
    counts: list[int]
    lowest: int
    highest: int


class NgramFound(TypedDict):
    """Words that are right this many times in one system and in the other, and a segment with them."""

    words: str
    ours: int
    theirs: int
    number: int


class Pictures(TypedDict):
    metric: str  # by name
    drawn: str  # the same by id
    baseline: SystemFound
    other: SystemFound | None
    bins: list[BinFound]
    spread: list[SpreadFound]  # by system
    differences: list[PointFound]  # x: the rank
    apart: list[int]  # segments better in the other system, as good, worse
    by_length: list[PointFound]
    length_means: list[MeanFound]
    by_flags: list[PointFound]
    flag_means: list[MeanFound]
    gained: list[NgramFound]
    lost: list[NgramFound]


class Found(TypedDict):
    metrics: list[MetricFound]
    test: str
    samples: int
    fewest: int  # samples that can show a difference after Holm's correction
    seed: int
    baseline: str
    segments: int
    unscored: int  # without all references
    left_out: int  # not translated by every system
    systems: list[SystemFound]
    corrected: list[SystemFound]
    pairs: list[PairFound]
    ranks: list[list[RankFound]]  # by metric; none without all pairs
    buckets: list[BucketFound]
    pictures: Pictures
    review: list[dict[str, Any]]
