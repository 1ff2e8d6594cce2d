"""What a process counts about itself, for Prometheus. Labels come from our own code, never from what people send."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)
from prometheus_client import generate_latest as written

import review

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)

CONTENT_TYPE = CONTENT_TYPE_LATEST
disable_created_metrics()  # type: ignore[no-untyped-call]
REQUESTS = Histogram(
    "tarkka_request_seconds",
    "Seconds from a request's arrival until its answer was sent.",
    ["route", "method", "status"],
    buckets=_SECONDS,
)
JOBS = Histogram(
    "tarkka_job_seconds",
    "Seconds that jobs took in this process.",
    ["job", "outcome"],
    buckets=_SECONDS,
)
SAVES = Counter("tarkka_saves", "Corrections and confirmations stored one at a time.")
CONFLICTS = Counter("tarkka_conflicts", "Saves refused because somebody else had saved another text.")
Gauge("tarkka_build_info", "1, with the version.", ["version"]).labels(review.__version__).set(1)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of this moment: its values by the value of its one label, or by "" where it has none."""

    name: str
    meaning: str
    values: Mapping[str, float]
    label: str = ""


def page(readings: Iterable[Reading] = ()) -> bytes:
    """Everything that this process counts, and readings beside it, as Prometheus reads it."""
    return written(REGISTRY) + written(_of_now(readings))


def _of_now(readings: Iterable[Reading]) -> CollectorRegistry:
    registry = CollectorRegistry()
    for one in readings:
        gauge = Gauge(one.name, one.meaning, [one.label] if one.label else [], registry=registry)
        for name, value in one.values.items():
            (gauge.labels(name) if one.label else gauge).set(value)
    return registry
