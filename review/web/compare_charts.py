"""The geometry of the pictures of a comparison; each has a table beside it, and its points lead to segments."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.work.compare_found import PointFound, SpreadFound, SystemFound

WIDTH, HEIGHT, ROW = 640, 240, 26
_LEFT, _RIGHT, _TOP, _BOTTOM = 180, 16, 12, 30
_NARROW = 52


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values are drawn between two ends."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        span = (self.high - self.low) or 1
        return round(self.begin + (value - self.low) / span * (self.end - self.begin), 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A system in a picture of rows: places across, of what is drawn for it."""

    name: str
    position: int
    y: float
    places: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    rows: Sequence[Row]
    height: float
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


def intervals(systems: Sequence[SystemFound], metric: int) -> Rows:
    """Each system's interval by a metric, and its score: a line from end to end, and a dot."""
    cells = [(row, row["cells"][metric]) for row in systems]
    spans = [
        (c["score"] - (c["half"] or 0), c["score"], c["score"] + (c["half"] or 0))
        if c["mean"] is None
        else (c["mean"] - (c["half"] or 0), c["score"], c["mean"] + (c["half"] or 0))
        for _, c in cells
    ]
    return _rows([(row["name"], row["position"], span) for (row, _), span in zip(cells, spans, strict=True)])


def spreads(found: Sequence[SpreadFound]) -> Rows:
    """Each system's box: lowest, quarter, middle, three quarters, highest."""
    return _rows([(one["name"], one["position"], tuple(one["five"])) for one in found])


def _rows(rows: Sequence[tuple[str, int, tuple[float, ...]]]) -> Rows:
    values = [value for _, _, places in rows for value in places]
    scale = Scale(min(values), max(values), _LEFT, WIDTH - _RIGHT)
    drawn = [
        Row(
            name if len(name) < 26 else f"{name[:24]}…",
            position,
            _TOP + ROW * (n + 0.5),
            tuple(map(scale.at, places)),
        )
        for n, (name, position, places) in enumerate(rows)
    ]
    return Rows(drawn, _TOP + ROW * len(rows) + _BOTTOM, scale)


def differences(points: Sequence[PointFound]) -> Field:
    """A bar for each segment, up or down from no difference."""
    values = [0.0, *(point["y"] for point in points)]
    up = Scale(min(values), max(values), HEIGHT - _BOTTOM, _TOP)
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


def scattered(points: Sequence[PointFound]) -> Field:
    """A dot for each segment."""
    xs, ys = [0.0, *(p["x"] for p in points)], [0.0, *(p["y"] for p in points)]
    across = Scale(0, max(xs), _NARROW, WIDTH - _RIGHT)
    up = Scale(min(ys), max(ys), HEIGHT - _BOTTOM, _TOP)
    marks = [Mark(p["number"], across.at(p["x"]), up.at(p["y"]), 0, 0, p) for p in points]
    return Field(marks, across, up)
