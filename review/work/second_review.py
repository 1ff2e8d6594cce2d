"""Second review: somebody else accepts a correction, changes it, or sends it back with a comment."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.diff import Change, word_diff
from review.errors import BadInput, Conflict
from review.formats.guard import Limits
from review.model import Status
from review.store import corrections, verdicts
from review.store.engine import Engine
from review.store.records import Correction
from review.store.verdicts import NewVerdict, Verdict
from review.work import correcting
from review.work.access import Place, find_place
from review.work.commenting import as_comment
from review.work.correcting import Draft
from review.work.importing import Queue

ORIGIN = "second-review"
KINDS = ("accepted", "changed", "sent-back")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a segment is in second review; `verdict` is the newest on the text as it stands."""

    maker: str  # of the newest text, "" where it is the machine's
    verdict: Verdict | None
    earlier: Sequence[Verdict]  # on texts before this one, newest first
    open_to: bool  # whether whoever looks may give a verdict
    alone: bool  # whether they made the text themselves, and nobody else is there


@dataclass(frozen=True, slots=True)
class Step:
    """A text on the way from the machine's to the one that stands, and how it came out of the one before."""

    title: str
    maker: str
    diff: Sequence[Change]


@dataclass(frozen=True, slots=True)
class SecondReviewPage:
    """A segment for a second reviewer: machine, first reviewer, text as it stands."""

    place: Place
    standing: Standing
    steps: Sequence[Step]
    next: int | None  # the next segment that waits for a verdict


def standing(engine: Engine, place: Place, name: str, several: bool) -> Standing:
    """Where a segment is in second review, as the reviewer of that name sees it."""
    versions = corrections.list_corrections(engine, place.segment.hypothesis_id)
    return _standing(engine, place, versions[-1].reviewer, name, several)


def second_review_page(
    engine: Engine, batch_id: int, position: int, number: int, name: str, several: bool
) -> SecondReviewPage:
    """The three texts of a segment, and what may be done about them."""
    place = find_place(engine, batch_id, position, number)
    versions = corrections.list_corrections(engine, place.segment.hypothesis_id)
    return SecondReviewPage(
        place=place,
        standing=_standing(engine, place, versions[-1].reviewer, name, several),
        steps=steps(versions),
        next=_next(engine, place),
    )


def accept(engine: Engine, place: Place, version: int, name: str, reviewer_id: int, several: bool) -> int | None:
    """Accept the text as it stands; the next segment that waits for a verdict."""
    _give(engine, place, version, "accepted", "", name, reviewer_id, several)
    return _next(engine, place)


def send_back(
    engine: Engine,
    place: Place,
    version: int,
    comment: str,
    name: str,
    reviewer_id: int,
    several: bool,
) -> int | None:
    """Send the text back with a comment; the next segment that waits for a verdict."""
    comment = as_comment(comment)
    if not comment:
        raise BadInput("To send a text back, say in the comment what is to be done about it.")
    _give(engine, place, version, "sent-back", comment, name, reviewer_id, several)
    return _next(engine, place)


def change(
    engine: Engine,
    queue: Queue,
    place: Place,
    draft: Draft,
    name: str,
    reviewer_id: int,
    limits: Limits,
    several: bool,
) -> int | None:
    """Save another text as the second reviewer's; the next segment that waits for a verdict.

    The same text is not a change: it is accepted instead.
    """
    text = correcting.as_typed(draft.text, place.segment.text, limits)
    if text == place.segment.text:
        return accept(engine, place, draft.version, name, reviewer_id, several)
    _may(engine, place, name, several)
    correcting.save(engine, queue, place, draft, reviewer_id, limits, origin=ORIGIN)
    made = NewVerdict(place.segment.hypothesis_id, draft.version + 1, "changed", "", reviewer_id)
    verdicts.append_verdict(engine, made)
    return _next(engine, place)


def steps(versions: Sequence[Correction]) -> list[Step]:
    """Machine's text, what the first reviewer left, and the text as it stands, where it is another's."""
    machine, newest = versions[0], versions[-1]
    shown = [Step("Machine translation", "", [Change("equal", machine.text)] if machine.text else [])]
    if newest is machine:
        return shown
    first = first_reviewers_text(versions)
    shown.append(Step("First review", first.reviewer, word_diff(machine.text, first.text)))
    if first is not newest:
        shown.append(Step("As it stands", newest.reviewer, word_diff(first.text, newest.text)))
    return shown


def first_reviewers_text(versions: Sequence[Correction]) -> Correction:
    """The last version that the first reviewer made before anybody else did."""
    first = versions[1]
    for version in versions[2:]:
        if version.reviewer != first.reviewer:
            break
        first = version
    return first


def _standing(engine: Engine, place: Place, maker: str, name: str, several: bool) -> Standing:
    given = verdicts.list_verdicts(engine, place.segment.hypothesis_id)
    here = [v for v in given if v.version == place.segment.version]
    reviewed, own = place.segment.status is not Status.UNREVIEWED, maker == name
    return Standing(
        maker=maker,
        verdict=here[-1] if here else None,
        earlier=[v for v in reversed(given) if v.version != place.segment.version],
        open_to=reviewed and not (own and several),
        alone=reviewed and own and not several,
    )


def _may(engine: Engine, place: Place, name: str, several: bool) -> None:
    if place.segment.status is Status.UNREVIEWED:
        raise BadInput("This segment has not been reviewed yet, so there is nothing to review again.")
    if not standing(engine, place, name, several).open_to:
        raise BadInput("You made this text yourself: somebody else reviews it.")


def _give(
    engine: Engine,
    place: Place,
    version: int,
    kind: str,
    comment: str,
    name: str,
    reviewer_id: int,
    several: bool,
) -> None:
    _may(engine, place, name, several)
    new = NewVerdict(place.segment.hypothesis_id, version, kind, comment, reviewer_id)
    if not verdicts.append_verdict(engine, new):
        now = place.segment
        raise Conflict(
            "Somebody saved this segment after you opened it, so your verdict was not about this text.",
            yours=comment,
            theirs=now.text,
            version=now.version,
        )


def _next(engine: Engine, place: Place) -> int | None:
    """Onward from the segment, then again from the start."""
    number, system_id = place.segment.number, place.system.id
    found = verdicts.find_unjudged(engine, system_id, number)
    return verdicts.find_unjudged(engine, system_id, 0) if found is None else found
