"""The geometry of small pictures, drawn as SVG by the templates; each has a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 560, 180
_LEFT, _BOTTOM, _TOP = 48, 24, 18


@dataclass(frozen=True, slots=True)
class Line:
    """A line that climbs: its points as SVG wants them, and where its scale's two ends are written."""

    points: str
    area: str
    top: int
    left: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with what it stands for."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def climbing(values: Sequence[tuple[datetime, int]], most: int) -> Line:
    """A line of how many there were by each time, on a scale up to `most`."""
    begin, end = values[0][0], values[-1][0]
    span = (end - begin).total_seconds() or 1
    across, up = WIDTH - _LEFT - 8, HEIGHT - _BOTTOM - _TOP
    places = [
        (_LEFT + across * (when - begin).total_seconds() / span, HEIGHT - _BOTTOM - up * count / max(most, 1))
        for when, count in values
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    base = HEIGHT - _BOTTOM
    area = f"{places[0][0]:.1f},{base} {points} {places[-1][0]:.1f},{base}"
    return Line(points, area, _TOP, _LEFT, WIDTH - 8, base)


def bars(values: Sequence[tuple[str, int]]) -> list[Bar]:
    """A bar for each value, side by side."""
    each = WIDTH / len(values)
    up, most = HEIGHT - _BOTTOM - _TOP, max(count for _, count in values) or 1
    return [
        Bar(n * each + 4, HEIGHT - _BOTTOM - up * count / most, each - 8, up * count / most, label, count)
        for n, (label, count) in enumerate(values)
    ]
