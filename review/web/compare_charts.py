"""The geometry of the pictures of a comparison; each has a table beside it, and its points lead to segments."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from review.work.compare_found import CellFound, MeanFound, Pictures, PointFound, SystemFound

WIDTH, HEIGHT = 640, 240
_ROW, _HIGH_ROW = 26, 46
_LEFT, _RIGHT, _TOP, _BOTTOM = 180, 16, 12, 34
_NARROW, _UNDER_TITLE = 52, 24  # of the pictures with a point for each segment


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values are drawn between two ends."""

    low: float
    high: float
    begin: float
    end: float
    whole: bool = False  # numbers of something

    def at(self, value: float) -> float:
        span = (self.high - self.low) or 1
        return round(self.begin + (value - self.low) / span * (self.end - self.begin), 1)

    @property
    def ticks(self) -> list[float]:
        """Round values between the ends, about five."""
        span = self.high - self.low
        if not span:
            return [self.low]
        rough = span / 5
        power = 10 ** math.floor(math.log10(rough))
        step = next(n * power for n in (1, 2, 5, 10) if n * power >= rough)
        step = max(step, 1) if self.whole else step
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return [round(n * step, 6) for n in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Row:
    """A system's line in the picture of intervals: its two ends, and the score."""

    name: str
    position: int
    cell: CellFound
    y: float
    places: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Rows:
    """Systems below one another; `base` is where the baseline's score stands."""

    rows: Sequence[Row]
    height: float
    scale: Scale
    base: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The segments of a system in a range of scores."""

    x: float
    y: float
    width: float
    height: float
    count: int
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Bars:
    """A system's row of bars, standing on `y`, and where its median is."""

    name: str
    position: int
    y: float
    bars: Sequence[Bar]
    median: float
    median_at: float


@dataclass(frozen=True, slots=True)
class Histograms:
    """How the segments of systems score, one below the other; `row` is how high each may be."""

    rows: Sequence[Bars]
    height: float
    row: float
    scale: Scale


@dataclass(frozen=True, slots=True)
class Mark:
    """A segment in a picture."""

    number: int
    x: float
    y: float
    width: float
    height: float
    found: PointFound


@dataclass(frozen=True, slots=True)
class Field:
    """A picture of segments with the ends of its two scales."""

    marks: Sequence[Mark]
    across: Scale
    up: Scale
    means: str = ""  # a line, as SVG wants its points


def intervals(
    systems: Sequence[SystemFound],
    corrected: Sequence[SystemFound],
    metric: int,
    baseline: SystemFound,
    higher: bool,
) -> Rows:
    """Each system's interval by a metric and its score, the best first; below it what was corrected of it."""
    best = sorted(systems, key=lambda row: row["cells"][metric]["score"], reverse=higher)
    beside = {row["position"]: row for row in corrected}
    ordered = [row for system in best for row in (system, beside.get(system["position"])) if row is not None]
    spans = [_interval(row["cells"][metric]) for row in ordered]
    values = [value for span in spans for value in span]
    scale = Scale(min(values), max(values), _LEFT, WIDTH - _RIGHT)
    rows = [
        Row(
            _short(row["name"]),
            row["position"],
            row["cells"][metric],
            _TOP + _ROW * (n + 0.5),
            (scale.at(span[0]), scale.at(span[1]), scale.at(span[2])),
        )
        for n, (row, span) in enumerate(zip(ordered, spans, strict=True))
    ]
    return Rows(rows, _TOP + _ROW * len(rows) + _BOTTOM, scale, scale.at(baseline["cells"][metric]["score"]))


def _interval(cell: CellFound) -> tuple[float, float, float]:
    middle, half = cell["score"] if cell["mean"] is None else cell["mean"], cell["half"] or 0
    return middle - half, cell["score"], middle + half


def _short(name: str) -> str:
    return name if len(name) < 26 else f"{name[:24]}…"


def histograms(pictures: Pictures) -> Histograms:
    """A bar for each range of scores, of all systems on one scale."""
    bins, most = pictures["bins"], max(count for one in pictures["spread"] for count in one["counts"]) or 1
    last = bins[-1]["low"] + bins[1]["low"]
    scale = Scale(0, last, _LEFT, WIDTH - _RIGHT)
    width = scale.at(bins[1]["low"]) - scale.at(0)
    rows = []
    for n, one in enumerate(pictures["spread"]):
        y = _TOP + _HIGH_ROW * (n + 1)
        bars = [
            Bar(
                scale.at(some["low"]),
                round(y - (_HIGH_ROW - 8) * count / most, 1),
                width,
                round((_HIGH_ROW - 8) * count / most, 1),
                count,
                some["low"],
                some["high"],
            )
            for some, count in zip(bins, one["counts"], strict=True)
        ]
        median = scale.at(min(one["median"], last))
        rows.append(Bars(_short(one["name"]), one["position"], y, bars, one["median"], median))
    return Histograms(rows, _TOP + _HIGH_ROW * len(rows) + _BOTTOM, _HIGH_ROW, scale)


def differences(points: Sequence[PointFound]) -> Field:
    """A bar for each segment, up or down from no difference."""
    values = [0.0, *(point["y"] for point in points)]
    up = Scale(min(values), max(values), HEIGHT - _BOTTOM, _UNDER_TITLE)
    across = Scale(0, len(points), _NARROW, WIDTH - _RIGHT)
    width = (WIDTH - _RIGHT - _NARROW) / max(1, len(points))
    zero = up.at(0)
    marks = []
    for n, point in enumerate(points):
        y = up.at(point["y"])
        marks.append(
            Mark(
                point["number"],
                across.at(n),
                min(y, zero),
                round(max(width * 0.85, 1), 1),
                abs(y - zero),
                point,
            )
        )
    return Field(marks, across, up)


def scattered(points: Sequence[PointFound], means: Sequence[MeanFound]) -> Field:
    """A dot for each segment, and a line of the means."""
    middles = [((one["low"] + one["high"]) / 2, one["mean"]) for one in means]
    xs, ys = [0.0, *(p["x"] for p in points)], [0.0, *(p["y"] for p in points)]
    xs, ys = [*xs, *(x for x, _ in middles)], [*ys, *(y for _, y in middles)]
    across = Scale(0, max(xs), _NARROW, WIDTH - _RIGHT, whole=True)
    up = Scale(min(ys), max(ys), HEIGHT - _BOTTOM, _UNDER_TITLE)
    marks = [Mark(p["number"], across.at(p["x"]), up.at(p["y"]), 0, 0, p) for p in points]
    return Field(marks, across, up, " ".join(f"{across.at(x)},{up.at(y)}" for x, y in middles))
