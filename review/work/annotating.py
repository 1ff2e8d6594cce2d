"""Marks errors in a segment's texts, changes and withdraws such marks, and scores the segment as a whole."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from review.diff import move_span
from review.errors import BadInput, NotFound
from review.formats.guard import check_characters
from review.metrics.categories import SEVERITIES, Categories, read_categories
from review.store import annotations, assessments, corrections
from review.store.annotations import NewAnnotation
from review.store.engine import Engine
from review.work.access import Place

SIDES = ("target", "source")
LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class Marking:
    """What a reviewer sends: the words and where they stand, and what is wrong with them.

    `start` and `end` count in the text of `version` (or in the source), or in `typed` where that text is
    being corrected; without them the words are looked for.
    """

    version: int
    side: str
    words: str
    category: str
    severity: str
    start: int | None = None
    end: int | None = None
    comment: str = ""
    check: str | None = None
    typed: str | None = None


@lru_cache(maxsize=8)
def categories_of(path: str) -> Categories:
    """The kinds of error of a table, or those that come with Tarkka; BadInput says what is wrong in it."""
    return read_categories(Path(path) if path else None)


def add(engine: Engine, place: Place, marking: Marking, kinds: Categories, reviewer_id: int) -> int:
    """Mark an error; the mark's id."""
    made = annotations.append_annotation(
        engine, place.segment.hypothesis_id, _checked(engine, place, marking, kinds), reviewer_id
    )
    assert made is not None  # nothing was to be replaced
    return made


def change(
    engine: Engine, place: Place, mark_id: int, marking: Marking, kinds: Categories, reviewer_id: int
) -> int:
    """Give a mark another category, severity or comment, on the words that it has; its new id."""
    old = _find(engine, place, mark_id).mark
    new = replace(
        old,
        category=kinds.find(marking.category).id if marking.category != old.category else old.category,
        severity=_severity(marking.severity),
        comment=_comment(marking.comment),
    )
    if new == old:
        return mark_id
    made = annotations.append_annotation(
        engine, place.segment.hypothesis_id, new, reviewer_id, replaces=mark_id
    )
    if made is None:
        raise _changed_meanwhile()
    return made


def remove(engine: Engine, place: Place, mark_id: int) -> None:
    """Withdraw a mark; it can be put back. One that is withdrawn already stays so."""
    known = annotations.list_annotations(engine, place.segment.hypothesis_id, withdrawn=True)
    if all(one.id != mark_id for one in known):
        raise NotFound("This segment has no such mark.")
    annotations.withdraw_annotation(engine, place.segment.hypothesis_id, mark_id)


def put_back(engine: Engine, place: Place, mark_id: int, reviewer_id: int) -> int:
    """Make a mark stand again as it was before it was withdrawn or changed; its id."""
    made = annotations.restore_annotation(engine, place.segment.hypothesis_id, mark_id, reviewer_id)
    if made is None:
        raise NotFound("This segment has no such mark.")
    return made


def assess(engine: Engine, place: Place, score: float, reviewer_id: int) -> None:
    """Score the machine translation of a segment from 0 to 100, as ESA does."""
    checked = checked_score(score, "The score")
    assessments.append_assessment(engine, place.segment.hypothesis_id, 0, checked, reviewer_id)


def checked_score(score: float, place: str) -> float:
    """A score that can be stored; BadInput for any other number."""
    if not 0 <= score <= 100:  # neither is NaN
        raise BadInput(f"{place} must be a number from 0 to 100.")
    return round(score, 2)


def version_texts(engine: Engine, place: Place, versions: set[int]) -> dict[int, str]:
    """The texts of these versions; the hypothesis and the current one cost nothing."""
    segment = place.segment
    texts = {0: segment.hypothesis, segment.version: segment.text}
    if versions - texts.keys():
        texts |= {v.version: v.text for v in corrections.list_corrections(engine, segment.hypothesis_id)}
    return texts


def _checked(engine: Engine, place: Place, marking: Marking, kinds: Categories) -> NewAnnotation:
    start, end, text = _span(engine, place, marking)
    return NewAnnotation(
        version=marking.version if marking.side == "target" else 0,
        side=marking.side,
        start=start,
        end=end,
        text=text[start:end],
        category=kinds.find(marking.category).id,
        severity=_severity(marking.severity),
        comment=_comment(marking.comment),
        check=marking.check or None,
    )


def _span(engine: Engine, place: Place, marking: Marking) -> tuple[int, int, str]:
    """Where the words stand in the stored text that they belong to, and that text."""
    stored = _text(engine, place, marking)
    words = marking.words
    if marking.start is None or marking.end is None:
        start = _place_of(words, stored)
        return start, start + len(words), stored
    shown = stored if marking.typed is None else marking.typed
    start, end = marking.start, marking.end
    if not 0 <= start < end <= len(shown) or (words and shown[start:end] != words):
        raise BadInput("The words to mark do not stand there: the text has changed. Select them again.")
    moved = move_span(shown, stored, *_trimmed(shown, start, end))
    if moved is None:
        raise BadInput(
            "These words are not in the saved text yet: save the correction first, then mark them."
        )
    return *moved, stored


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the spaces at its ends, which a selection takes along; one of spaces alone stays."""
    words = text[start:end]
    if not words.strip():
        return start, end
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _text(engine: Engine, place: Place, marking: Marking) -> str:
    if marking.side not in SIDES:
        raise BadInput("An error is marked in the translation (target) or in the source.")
    if marking.side == "source":
        if place.segment.source is None:
            raise BadInput("This segment has no source to mark anything in.")
        return place.segment.source
    texts = version_texts(engine, place, {marking.version})
    if marking.version not in texts:
        raise NotFound(f"This segment has no version {marking.version}.")
    return texts[marking.version]


def _place_of(words: str, text: str) -> int:
    """Where the words stand; BadInput where they do not, or more than once."""
    if not words.strip():
        raise BadInput("Select the words that are wrong, or write them down as they stand in the text.")
    found = text.count(words)
    if found == 1:
        return text.index(words)
    short = f"“{words[:60]}”"
    if not found:
        raise BadInput(f"{short} does not stand in the text.")
    raise BadInput(f"{short} stands in the text {found} times: quote some words around it too.")


def _find(engine: Engine, place: Place, mark_id: int) -> annotations.Annotation:
    """A mark that stands; NotFound where there never was one, BadInput where it stands no longer."""
    for one in annotations.list_annotations(engine, place.segment.hypothesis_id, withdrawn=True):
        if one.id == mark_id:
            if not one.stands:
                raise _changed_meanwhile()
            return one
    raise NotFound("This segment has no such mark.")


def _changed_meanwhile() -> BadInput:
    return BadInput("Somebody changed or removed this mark meanwhile; reload the page to see it as it is.")


def _severity(severity: str) -> str:
    if severity not in SEVERITIES:
        raise BadInput(f"How bad an error is, is one of {', '.join(SEVERITIES)}.")
    return severity


def _comment(comment: str) -> str:
    check_characters(comment, "The comment")
    comment = comment.replace("\r\n", "\n").strip()
    if len(comment) > LONGEST_COMMENT:
        raise BadInput(f"A comment on a mark has at most {LONGEST_COMMENT:,} characters.")
    return comment
