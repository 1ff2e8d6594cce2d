"""What review did to each system: edits and their kinds, names put right, time."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from review.diff import word_diff
from review.metrics.effort import hter
from review.model import Status
from review.store import comparisons, progress, texts
from review.store.engine import Engine
from review.store.records import Batch, System
from review.store.texts import StandingText
from review.text import words
from review.work.compare_choice import Choice, chosen_systems
from review.work.compare_pictures import bare_words, names_in


def review_measures(engine: Engine, batch: Batch, choice: Choice) -> list[dict[str, Any]]:
    """A row for each chosen system of which something was reviewed."""
    systems = [system for system in chosen_systems(choice, batch) if system.reviewed]
    if not systems:
        return []
    references = comparisons.list_references(engine, batch.id)
    times: Counter[int] = Counter()
    for made in progress.list_made(engine, batch.id):
        if made.seconds is not None:
            times[made.hypothesis_id] += made.seconds  # type: ignore[assignment]
    return [_measures(engine, batch, system, references, times) for system in systems]


def _measures(
    engine: Engine, batch: Batch, system: System, references: dict[int, list[str]], times: Counter[int]
) -> dict[str, Any]:
    reviewed = [
        one for one in texts.iterate_texts(engine, batch.id, system.id) if one.status is not Status.UNREVIEWED
    ]
    timed = [times[one.hypothesis_id] for one in reviewed if one.hypothesis_id in times]
    return {
        "name": system.name,
        "position": system.position + 1,
        "segments": system.reviewed,
        "edited": system.edited,
        "hter": hter(system.edits, system.words),
        **_kinds(reviewed),
        **_names(reviewed, references),
        "seconds": float(sum(timed)) if timed else None,
        "timed": len(timed),
    }


def _kinds(reviewed: Sequence[StandingText]) -> dict[str, int]:
    """Words replaced, inserted and deleted, from the machine's text to the corrected one."""
    counts = {"replaced": 0, "inserted": 0, "deleted": 0}
    for one in reviewed:
        gone = 0
        for change in [*word_diff(one.hypothesis, one.text), None]:
            size = len(words(change.text)) if change else 0
            if change and change.kind == "delete":
                gone += size
                continue
            new = size if change and change.kind == "insert" else 0
            counts["replaced"] += min(gone, new)
            counts["inserted"] += max(0, new - gone)
            counts["deleted"] += max(0, gone - new)
            gone = 0
    return counts


def _names(reviewed: Sequence[StandingText], references: dict[int, list[str]]) -> dict[str, int]:
    """How many of the first reference's names stand in the text, before and after."""
    counts = {"names": 0, "names_before": 0, "names_after": 0}
    for one in reviewed:
        if not references.get(one.number):
            continue
        wanted = Counter(names_in(references[one.number][0]))
        counts["names"] += wanted.total()
        counts["names_before"] += (wanted & Counter(bare_words(one.hypothesis))).total()
        counts["names_after"] += (wanted & Counter(bare_words(one.text))).total()
    return counts
