"""How far the review of a batch is, how long it takes, and how much is changed: by batch and by reviewer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from review.metrics.effort import hter
from review.store import progress
from review.store.engine import Engine
from review.store.progress import Made
from review.store.records import Batch
from review.work.access import find_batch

# Upper bounds of the bars of the picture of time, in seconds; the last bar is open.
BOUNDS = (5, 10, 20, 30, 60, 120, 300)
_MOST_STEPS = 60  # of the picture of what was done when
_STEPS = (1, 5, 15, 60, 360, 1440)  # minutes
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figures:
    """What somebody, or everybody, has done in a batch.

    `segments` are those whose newest text is theirs. Time and words per hour count what was saved on the
    review page; None where nothing was timed.
    """

    segments: int
    words: float
    hter: float | None
    seconds: float | None  # at work, in all
    per_segment: float | None  # median
    words_per_hour: float | None
    accepted: int
    dismissed: int


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """A batch's figures: everybody's, one's own first, the others by name."""

    batch: Batch
    everybody: Figures
    reviewers: Mapping[str, Figures]
    done_by: Sequence[tuple[datetime, int]]  # a time, and how many segments were reviewed by then
    times: Sequence[tuple[str, int]]  # a range of seconds, and how many segments took so long


def progress_page(engine: Engine, batch_id: int, name: str) -> ProgressPage:
    """The progress of a batch, as the reviewer of that name sees it."""
    batch = find_batch(engine, batch_id)
    made, decided = progress.list_made(engine, batch_id), progress.count_decided(engine, batch_id)
    people = {one.reviewer for one in made} | {person for person, _ in decided}
    ordered = sorted(people, key=lambda person: (person != name, person.casefold()))
    totals: Counter[str] = Counter()
    for (_, kind), count in decided.items():
        totals[kind] += count
    return ProgressPage(
        batch=batch,
        everybody=_figures(made, totals),
        reviewers={
            person: _figures(
                [one for one in made if one.reviewer == person],
                Counter({kind: n for (who, kind), n in decided.items() if who == person}),
            )
            for person in ordered
        },
        done_by=done_over_time([one.made_at for one in made if one.current]),
        times=distribution(_times(made).values()),
    )


def _figures(made: Sequence[Made], decided: Counter[str]) -> Figures:
    current = [one for one in made if one.current]
    words, times = sum(one.words for one in current), _times(made)
    seconds = sum(times.values())
    timed = sum({one.hypothesis_id: one.words for one in made if one.hypothesis_id in times}.values())
    return Figures(
        segments=len(current),
        words=words,
        hter=hter(sum(one.edits for one in current), words) if current else None,
        seconds=seconds if times else None,
        per_segment=median(times.values()) if times else None,
        words_per_hour=3600 * timed / seconds if timed and seconds else None,
        accepted=decided["accepted"],
        dismissed=decided["dismissed"],
    )


def _times(made: Iterable[Made]) -> dict[int, float]:
    """How long each segment took, all its saves together; those that nobody timed are left out."""
    times: dict[int, float] = defaultdict(float)
    for one in made:
        if one.seconds is not None:
            times[one.hypothesis_id] += one.seconds
    return dict(times)


def done_over_time(moments: Sequence[datetime]) -> list[tuple[datetime, int]]:
    """How many segments were reviewed by when: flat where nobody worked, climbing where somebody did.

    Times are ends of steps, which are as fine as the whole span allows.
    """
    if not moments:
        return []
    step = _step(max(moments) - min(moments))
    counts = Counter((moment - _EPOCH) // step for moment in moments)
    found: list[tuple[datetime, int]] = []
    total, last = 0, None
    for number in sorted(counts):
        if number != last:  # where the step before was idle, the line is flat up to this one
            found.append((_EPOCH + number * step, total))
        total += counts[number]
        found.append((_EPOCH + (number + 1) * step, total))
        last = number + 1
    return found


def _step(span: timedelta) -> timedelta:
    """The finest of the usual steps that cuts a span into few enough, whole days for a long one."""
    for minutes in _STEPS:
        if span <= timedelta(minutes=minutes) * _MOST_STEPS:
            return timedelta(minutes=minutes)
    return timedelta(days=span.days // _MOST_STEPS + 1)


def distribution(seconds: Iterable[float]) -> list[tuple[str, int]]:
    """How many values lie in each range, the ranges in words."""
    counts = [0] * (len(BOUNDS) + 1)
    for value in seconds:
        counts[next((n for n, bound in enumerate(BOUNDS) if value < bound), len(BOUNDS))] += 1
    lows = (0, *BOUNDS)
    names = [f"{low}–{high} s" for low, high in zip(lows, BOUNDS, strict=False)]
    return list(zip([*names, f"over {BOUNDS[-1]} s"], counts, strict=True))
