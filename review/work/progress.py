"""How far the review of a batch is, how long it takes, and how much is changed: by batch and by reviewer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from review.metrics.effort import hter
from review.store import progress
from review.store.engine import Engine
from review.store.progress import Made
from review.store.records import Batch
from review.work.access import find_batch

# Upper bounds of the bars of the picture of time, in seconds; the last bar is open.
BOUNDS = (5, 10, 20, 30, 60, 120, 300)
_MOST_STEPS = 60  # points of the picture of what was done when


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
    """How many segments were reviewed by the end of each hour, or each day of a longer time, with work in it."""
    if not moments:
        return []
    ordered = sorted(moments)
    long = ordered[-1] - ordered[0] > timedelta(days=2)
    step = timedelta(days=1) if long else timedelta(hours=1)
    counts: Counter[datetime] = Counter(_end_of(moment, long, step) for moment in ordered)
    found, total = [(min(counts) - step, 0)], 0
    for end in sorted(counts):
        total += counts[end]
        found.append((end, total))
    while len(found) > _MOST_STEPS:
        found = [found[0], *found[2::2]] if len(found) % 2 else [found[0], *found[1::2]]
    return found


def _end_of(moment: datetime, by_day: bool, step: timedelta) -> datetime:
    begin = moment.replace(minute=0, second=0, microsecond=0)
    return (begin.replace(hour=0) if by_day else begin) + step


def distribution(seconds: Iterable[float]) -> list[tuple[str, int]]:
    """How many values lie in each range, the ranges in words."""
    counts = [0] * (len(BOUNDS) + 1)
    for value in seconds:
        counts[next((n for n, bound in enumerate(BOUNDS) if value < bound), len(BOUNDS))] += 1
    lows = (0, *BOUNDS)
    names = [f"{low}–{high} s" for low, high in zip(lows, BOUNDS, strict=False)]
    return list(zip([*names, f"over {BOUNDS[-1]} s"], counts, strict=True))
