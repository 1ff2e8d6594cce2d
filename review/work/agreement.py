"""How far the reviewers of a closed study agree, and where they do not."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from review.diff import word_diff
from review.metrics.agreement import Agreement, Scale, Unit, agreement
from review.store.engine import Engine
from review.store.judgements import Judgement, list_judgements
from review.store.studies import Study
from review.text import words

SEVERITIES = ("none", "neutral", "minor", "major", "critical")

# What each reviewer made of one segment, by name.
Row = Mapping[str, Judgement]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that people can agree on; `values` are what a judgement says, unit by unit, none where nothing."""

    title: str
    meaning: str
    scale: Scale
    values: Callable[[Judgement], Sequence[Hashable]]


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure among everybody and, of more than two, within each pair; None where nobody made such judgements."""

    measure: Measure
    overall: Agreement
    pairs: Mapping[tuple[str, str], Agreement]


def agreement_table(rows: Sequence[Row]) -> list[Measured]:
    """Every measure that there are judgements for."""
    names = sorted({name for row in rows for name in row}, key=str.casefold)
    pairs = list(combinations(names, 2)) if len(names) > 2 else []
    marked = any(judgement.marks for row in rows for judgement in row.values())
    found = []
    for measure in MEASURES:
        values = [{name: measure.values(judgement) for name, judgement in row.items()} for row in rows]
        overall = _agreement(measure, values, names)
        if overall.units and (measure is not _WORST or marked):
            each = {pair: _agreement(measure, values, pair) for pair in pairs}
            found.append(Measured(measure, overall, each))
    return found


def _agreement(
    measure: Measure, rows: Sequence[Mapping[str, Sequence[Hashable]]], names: Sequence[str]
) -> Agreement:
    """The agreement among some people; the units of one segment are a group."""
    return agreement([_units([row[name] for name in names if row.get(name)]) for row in rows], measure.scale)


def _units(judged: Sequence[Sequence[Hashable]]) -> list[Unit]:
    return list(zip(*judged, strict=True))


@lru_cache(maxsize=8)
def table_of(engine: Engine, study: Study) -> Sequence[Measured]:
    """The agreement in a closed study, kept for whoever looks next: its copies stay as they were."""
    return agreement_table(study_rows(engine, study))


def study_rows(engine: Engine, study: Study) -> list[Row]:
    """What everybody made of each segment of a study, in order."""
    copies = {copy.reviewer: list_judgements(engine, copy.system_id) for copy in study.copies}
    many = study.last - study.first + 1
    return [{name: made[at] for name, made in copies.items()} for at in range(many)]


def changed_words(hypothesis: str, text: str) -> list[bool]:
    """For each word of the hypothesis whether the text changed or left it out."""
    gone: list[tuple[int, int]] = []
    at = 0
    for change in word_diff(hypothesis, text):
        if change.kind == "delete":
            gone.append((at, at + len(change.text)))
        if change.kind != "insert":
            at += len(change.text)
    return [any(w.start < end and start < w.end for start, end in gone) for w in words(hypothesis)]


def _status(judgement: Judgement) -> list[str]:
    return [judgement.status.value] if judgement.reviewed else []


def _worst(judgement: Judgement) -> list[int]:
    """The worst mark; a segment that was reviewed and not marked has none."""
    if not (judgement.reviewed or judgement.marks):
        return []
    return [max(map(_rank, ("none", *judgement.marks)))]


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else 0


def _score(judgement: Judgement) -> list[float]:
    return [] if judgement.score is None else [judgement.score]


def _words(judgement: Judgement) -> list[bool]:
    return changed_words(judgement.hypothesis, judgement.text) if judgement.reviewed else []


_WORST = Measure(
    "Worst error marked",
    "the severity of the worst error that each marked in a segment, none where nothing was marked",
    Scale.ORDINAL,
    _worst,
)
MEASURES = (
    Measure(
        "Edited or confirmed",
        "whether each found something to correct in a segment or confirmed it as right",
        Scale.NOMINAL,
        _status,
    ),
    Measure(
        "Words changed",
        "for each word of the machine translation, whether it was changed or left out",
        Scale.NOMINAL,
        _words,
    ),
    _WORST,
    Measure("Segment score", "the score from 0 to 100 (ESA)", Scale.INTERVAL, _score),
)
