"""Keeps the statistics that scores are made of: of a whole batch in a job, of one segment as it is saved."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version

from review.metrics.catalogue import METRICS, find_metric
from review.metrics.metric import Array, Metric
from review.store import statistics
from review.store.chunks import Held
from review.store.engine import Engine
from review.store.jobs import Stretch
from review.store.records import Batch
from review.store.statistics import Measured, Restated, Sums, Unmeasured
from review.work.access import Place, find_batch
from review.work.chunked import stretches

# Up to so many hypotheses a batch is measured without being asked.
SMALL = 120
_AT_ONCE = 1000
_CHUNK = 5000  # segments


@cache
def kept_metrics() -> tuple[Metric, ...]:
    """The metrics whose statistics are kept, in the order in which those are packed."""
    return tuple(find_metric(metric_id) for metric_id in METRICS)


@cache
def kind() -> str:
    """Names the statistics as they are kept now."""
    return f"{','.join(METRICS)} {version('sacrebleu')}"


def plan(engine: Engine, batch: Batch) -> list[Stretch]:
    """Chunks of all that is to be measured; statistics of another kind are gone with it."""
    if not batch.references:
        return []
    for system in batch.systems:
        statistics.begin_measuring(engine, system.id, kind())
    return stretches(batch, _CHUNK)


def measure_chunk(engine: Engine, held: Held) -> None:
    """Measure whatever of a chunk was not measured as it stands."""
    batch, stretch, past = find_batch(engine, held.batch_id), held.stretch, held.reached
    assert stretch.system_id is not None
    while some := statistics.list_unmeasured(
        engine, batch.id, stretch.system_id, past, _AT_ONCE, stretch.last
    ):
        _measure(engine, batch, stretch.system_id, some, held)
        past = some[-1].text.number


def measure_batch(engine: Engine, batch_id: int) -> None:
    """Measure whatever of a batch was not measured as it stands, in one go."""
    batch = find_batch(engine, batch_id)
    if not batch.references:
        return
    for system in batch.systems:
        statistics.begin_measuring(engine, system.id, kind())
        past = 0
        while some := statistics.list_unmeasured(engine, batch.id, system.id, past, _AT_ONCE):
            _measure(engine, batch, system.id, some)
            past = some[-1].text.number


def keep_up(engine: Engine, batch_id: int) -> None:
    """The same for a batch that is small, or that somebody had measured before."""
    batch = find_batch(engine, batch_id)
    known = statistics.list_sums(engine, [system.id for system in batch.systems])
    if known or batch.total <= SMALL:
        measure_batch(engine, batch_id)


def restated(engine: Engine, place: Place, text: str) -> Restated | None:
    """What a text about to be saved counts for, where its system was measured before."""
    batch, references = place.batch, place.segment.references
    if not batch.references or statistics.get_kind(engine, place.system.id) != kind():
        return None
    if len(references) != batch.references:
        return Restated(kind(), b"")
    return Restated(kind(), packed([text], [[one] for one in references])[0])


def unfinished(engine: Engine) -> list[int]:
    """Batches that a killed job left half measured."""
    return statistics.list_behind(engine, SMALL)


def is_complete(batch: Batch, sums: Sums | None) -> bool:
    """Whether sums are of all segments of a system of this batch."""
    return sums is not None and sums.kind == kind() and sums.segments == batch.segments


def _measure(
    engine: Engine, batch: Batch, system_id: int, some: Sequence[Unmeasured], held: Held | None = None
) -> None:
    whole = [one for one in some if len(one.references) == batch.references]
    references = [[one.references[n] for one in whole] for n in range(batch.references)]
    machine = packed([one.text.hypothesis for one in whole], references)
    standing = machine
    if any(one.text.text != one.text.hypothesis for one in whole):
        standing = packed([one.text.text for one in whole], references)
    found = {one.text.number: parts for one, *parts in zip(whole, machine, standing, strict=True)}
    statistics.put_measured(
        engine,
        system_id,
        kind(),
        [
            Measured(one.text.number, one.text.version, *found.get(one.text.number, (b"", b"")))
            for one in some
        ],
        held,
    )


def packed(texts: Sequence[str], references: Sequence[Sequence[str]]) -> list[bytes]:
    """Each text's statistics by all metrics, packed."""
    import numpy as np  # the command line's help must not wait for it

    if not texts:
        return []
    parts = [metric.statistics(texts, metric.prepare(references)) for metric in kept_metrics()]
    return [row.tobytes() for row in np.hstack(parts).astype("<f8")]


def unpacked(numbers: bytes) -> Iterator[tuple[Metric, Array]]:
    """Each metric with its columns of statistics that are packed one after the other."""
    import numpy as np

    width = sum(metric.width for metric in kept_metrics())
    rows = np.frombuffer(numbers, "<f8").reshape(-1, width)
    start = 0
    for metric in kept_metrics():
        yield metric, rows[:, start : start + metric.width]
        start += metric.width
