"""What can be chosen about a comparison of a batch's systems, and whether the batch has it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from review.errors import BadInput
from review.metrics.catalogue import METRICS
from review.metrics.resampling import SEED
from review.metrics.significance import SAMPLES
from review.store.records import Batch, System

MOST_SYSTEMS = 30
TESTS = {"bs": "paired bootstrap", "ar": "approximate randomisation"}
BUCKETS = {
    "": "not at all",
    "document": "document",
    "length": "length of the reference",
    "flag": "kind of flag",
    "names": "names or none",
}
_SHAPE = 3  # of what is found: raised when that changes, so that nothing is shown that was kept in another
_MOST_SAMPLES = {"bs": 10_000, "ar": 100_000}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which systems (by position from 1 on; none: all), by what, and how. `other` is drawn beside the baseline."""

    systems: tuple[int, ...] = ()
    metrics: tuple[str, ...] = ("bleu", "chrf", "ter")
    baseline: int = 0
    other: int = 0
    drawn: str = ""  # the metric of the pictures
    every_pair: bool = False
    test: str = "bs"
    samples: int = SAMPLES
    seed: int = SEED
    common: bool = False  # leave out segments that a system did not translate
    bucket: str = ""

    def digest(self, batch: Batch) -> str:
        """Names what is asked, of the texts as they stand and of all their flags or those so far."""
        texts = [(system.id, system.edition) for system in batch.systems]
        asked = [_SHAPE, asdict(self), texts, batch.flagging == "done"]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    def cost(self, batch: Batch) -> int:
        """About how many numbers have to be added up."""
        return self.samples * batch.segments * len(self.systems)


def fitted(choice: Choice, batch: Batch) -> Choice:
    """A choice with what was left open filled in; BadInput where the batch does not have something."""
    systems = choice.systems or tuple(range(1, min(len(batch.systems), MOST_SYSTEMS) + 1))
    if len(systems) > MOST_SYSTEMS:
        raise BadInput(f"At most {MOST_SYSTEMS} systems can be compared at once; {len(systems)} are ticked.")
    _check(choice, systems, len(batch.systems))
    baseline = choice.baseline if choice.baseline in systems else systems[0]
    others = [position for position in systems if position != baseline]
    other = choice.other if choice.other in others else (others or [0])[0]
    metrics = tuple(metric for metric in METRICS if metric in choice.metrics)
    drawn = choice.drawn if choice.drawn in metrics else metrics[0]
    return replace(choice, systems=systems, metrics=metrics, baseline=baseline, other=other, drawn=drawn)


def _check(choice: Choice, systems: Sequence[int], count: int) -> None:
    for position in (*systems, choice.baseline, choice.other):
        if position > count:
            raise BadInput(f"The batch has no system {position}; it has {count}.")
    unknown = [metric for metric in choice.metrics if metric not in METRICS]
    if unknown or not choice.metrics:
        raise BadInput(f"Tick at least one metric of {', '.join(METRICS)}.")
    if choice.test not in TESTS or choice.bucket not in BUCKETS:
        raise BadInput("This test or grouping is not one of those that the page offers.")
    if not 1 <= choice.samples <= _MOST_SAMPLES[choice.test]:
        raise BadInput(
            f"The number of samples is between 1 and {_MOST_SAMPLES[choice.test]:,} for {TESTS[choice.test]}."
        )


def chosen_systems(choice: Choice, batch: Batch) -> list[System]:
    """The systems of a fitted choice."""
    return [batch.systems[position - 1] for position in choice.systems]
