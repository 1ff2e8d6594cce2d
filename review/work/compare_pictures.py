"""What the pictures of a comparison show, and its groups of segments."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from review.metrics.metric import Array, Metric
from review.metrics.right_ngrams import Right, right_ngrams
from review.store import comparisons
from review.store.engine import Engine
from review.store.records import Batch
from review.work.compare_choice import Choice
from review.work.compare_found import (
    BinFound,
    BucketFound,
    MeanFound,
    NgramFound,
    Pictures,
    PointFound,
    SpreadFound,
    SystemFound,
)
from review.work.compare_table import Measurements, scores_of

_MOST_POINTS = 200
_MOST_GROUPS = 100
_NGRAMS = 15
_LENGTHS = ((1, 10), (11, 20), (21, 30), (31, 40), (41, 10**9))
_SAME = 1e-9
_BIN = 10  # points of a score
_WORDS = 5  # of lengths whose mean is drawn


def pictures(
    engine: Engine, batch: Batch, choice: Choice, measured: Measurements, rows: Sequence[SystemFound]
) -> Pictures:
    """The numbers behind every picture, by the metric that is drawn."""
    at = next(n for n, metric in enumerate(measured.metrics) if metric.id == choice.drawn)
    metric = measured.metrics[at]
    scores = [metric.segment_scores(row[at]) for row in measured.machine]
    base = choice.systems.index(choice.baseline)
    other = choice.systems.index(choice.other) if choice.other else None
    seen = base if other is None else other
    references = comparisons.list_references(engine, batch.id)
    lengths = {n: len(references[n][0].split()) for n in measured.numbers.tolist()}
    flags: Counter[int] = Counter()
    for counted in comparisons.count_machine_flags(engine, [measured.systems[seen].id]).values():
        flags.update(counted)
    apart = scores[seen] - scores[base]
    better = apart if metric.higher_is_better else -apart
    bins = _bins(metric)
    gained, lost = _ngrams(engine, measured, base, other, references)
    return {
        "metric": metric.name,
        "drawn": metric.id,
        "baseline": rows[base],
        "other": None if other is None else rows[other],
        "bins": bins,
        "spread": [_spread(measured, place, found, bins) for place, found in enumerate(scores)],
        "differences": _differences(measured.numbers, apart),
        "apart": [
            int((better > _SAME).sum()),
            int((abs(apart) <= _SAME).sum()),
            int((better < -_SAME).sum()),
        ],
        "by_length": _points(measured.numbers, lengths, scores[seen]),
        "length_means": _means(measured.numbers, lengths, scores[seen], _WORDS),
        "by_flags": _points(measured.numbers, flags, scores[seen]),
        "flag_means": _means(measured.numbers, flags, scores[seen], 1),
        "gained": gained,
        "lost": lost,
    }


def _bins(metric: Metric) -> list[BinFound]:
    """Ranges of scores; where more than 100 is possible, one of that."""
    lows = range(0, 100 if metric.higher_is_better else 100 + _BIN, _BIN)
    return [{"low": low, "high": None if low == lows[-1] else low + _BIN} for low in lows]


def _spread(measured: Measurements, place: int, scores: Array, bins: Sequence[BinFound]) -> SpreadFound:
    system = measured.systems[place]
    edges = [*(one["low"] for one in bins), np.inf]
    return {
        "name": system.name,
        "position": system.position + 1,
        "median": float(np.median(scores)),
        "counts": np.histogram(scores, edges)[0].tolist(),
        "lowest": int(measured.numbers[scores.argmin()]),
        "highest": int(measured.numbers[scores.argmax()]),
    }


def _differences(numbers: NDArray[np.int64], apart: Array) -> list[PointFound]:
    """Sorted; of very many only both ends, where systems differ most."""
    order = np.argsort(apart, kind="stable")
    places = range(len(order))
    if len(order) > _MOST_POINTS:
        half = _MOST_POINTS // 2
        places = [*range(half), *range(len(order) - half, len(order))]  # type: ignore[assignment]
    return [
        {"number": int(numbers[order[rank]]), "x": float(rank + 1), "y": float(apart[order[rank]])}
        for rank in places
    ]


def _points(numbers: NDArray[np.int64], across: Mapping[int, int], scores: Array) -> list[PointFound]:
    """Every segment, or every so many-th of very many."""
    step = -(-len(numbers) // _MOST_POINTS)
    return [
        {"number": int(number), "x": float(across.get(int(number), 0)), "y": float(score)}
        for number, score in zip(numbers[::step], scores[::step], strict=True)
    ]


def _means(
    numbers: NDArray[np.int64], across: Mapping[int, int], scores: Array, step: int
) -> list[MeanFound]:
    """The mean score of all segments with so many words or flags, `step` numbers taken together."""
    groups: dict[int, list[float]] = defaultdict(list)
    for number, score in zip(numbers.tolist(), scores.tolist(), strict=True):
        groups[across.get(number, 0) // step * step].append(score)
    return [
        {"low": low, "high": low + step - 1, "mean": fmean(some), "segments": len(some)}
        for low, some in sorted(groups.items())
    ]


def _ngrams(
    engine: Engine, measured: Measurements, base: int, other: int | None, references: Mapping[int, list[str]]
) -> tuple[list[NgramFound], list[NgramFound]]:
    if other is None:
        return [], []
    first = comparisons.list_hypotheses(engine, measured.systems[base].id)
    second = comparisons.list_hypotheses(engine, measured.systems[other].id)
    segments = ((n, first[n], second[n], references[n]) for n in measured.numbers.tolist())
    gained, lost = right_ngrams(segments, _NGRAMS)
    return [_ngram(one) for one in gained], [_ngram(one) for one in lost]


def _ngram(one: Right) -> NgramFound:
    return {"words": one.words, "ours": one.ours, "theirs": one.theirs, "number": one.number}


def buckets(engine: Engine, batch: Batch, choice: Choice, measured: Measurements) -> list[BucketFound]:
    """The scores by groups of segments; a segment with several kinds of flag is in several groups."""
    found: list[BucketFound] = []
    numbers = measured.numbers.tolist()
    for name, members in _groups(engine, batch, choice, measured):
        chosen = np.array([number in members for number in numbers], dtype=bool)
        count = int(chosen.sum())
        if count:
            found.append({"name": name, "segments": count, "scores": scores_of(measured, chosen)})
    return found


def _groups(
    engine: Engine, batch: Batch, choice: Choice, measured: Measurements
) -> Iterator[tuple[str, set[int]]]:
    if choice.bucket == "document":
        documents = comparisons.list_documents(engine, batch.id)
        names = list(dict.fromkeys(documents.values()))[:_MOST_GROUPS]
        members: dict[str | None, set[int]] = {name: set() for name in names}
        for number, name in documents.items():
            if name in members:
                members[name].add(number)
        yield from ((name or "without a document", some) for name, some in members.items())
    elif choice.bucket == "flag":
        counted = comparisons.count_machine_flags(engine, [system.id for system in measured.systems])
        yield from ((check, set(counted[check])) for check in sorted(counted))
        flagged = {number for one in counted.values() for number in one}
        yield "no flag", set(measured.numbers.tolist()) - flagged
    elif choice.bucket:
        references = comparisons.list_references(engine, batch.id)
        yield from (_by_length if choice.bucket == "length" else _by_names)(references)


def _by_length(references: Mapping[int, list[str]]) -> Iterator[tuple[str, set[int]]]:
    lengths = {number: max(1, len(texts[0].split())) for number, texts in references.items()}
    for low, high in _LENGTHS:
        name = f"{low}–{high} words" if high < _LENGTHS[-1][1] else f"{low} words and more"
        yield name, {number for number, length in lengths.items() if low <= length <= high}


def _by_names(references: Mapping[int, list[str]]) -> Iterator[tuple[str, set[int]]]:
    named = {number for number, texts in references.items() if names_in(texts[0])}
    yield "with a name", named
    yield "without a name", set(references) - named


def names_in(text: str) -> list[str]:
    """Words that look like names: capitalised, and not where a sentence begins."""
    befores = [".", *text.split()]
    return [
        word
        for word, before in zip(bare_words(text), befores, strict=False)
        if word[:1].isupper() and len(word) > 1 and before[-1:] not in ".!?:…\"“”'‘’"
    ]


def bare_words(text: str) -> list[str]:
    """The words of a text without the marks around them and the genitive's ending."""
    bare = (word.strip("\"'“”‘’«»()[].,;:!?…") for word in text.split())
    return [word.removesuffix("'s").removesuffix("’s") for word in bare]
