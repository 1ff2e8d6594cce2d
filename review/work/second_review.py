"""Second review: somebody else accepts a correction, changes it, or sends it back with a comment."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.diff import Change, word_diff
from review.errors import BadInput
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


@dataclass(frozen=True, slots=True)
class Judge:
    """Whoever gives a verdict; `several` where there are other reviewers who could."""

    id: int
    name: str
    several: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a segment is in second review; `verdict` is the newest on the text as it stands."""

    maker: str  # of the newest text, "" where it is the machine's
    reviewed: bool
    verdict: Verdict | None = None
    earlier: Sequence[Verdict] = ()  # on texts before this one, newest first

    def is_open_to(self, name: str, several: bool) -> bool:
        """Whether this reviewer may give a verdict: on another's text, or on anybody's where they are alone."""
        return self.reviewed and not (several and self.maker == name)


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


def standing(engine: Engine, place: Place, newest: Correction | None) -> Standing:
    """Where a segment with this newest version is in second review."""
    if newest is None or not newest.version:
        return Standing("", reviewed=False)
    given = verdicts.list_verdicts(engine, place.segment.hypothesis_id)
    here = [v for v in given if v.version == newest.version]
    return Standing(
        maker=newest.reviewer,
        reviewed=place.segment.status is not Status.UNREVIEWED,
        verdict=here[-1] if here else None,
        earlier=[v for v in reversed(given) if v.version != newest.version],
    )


def second_review_page(
    engine: Engine, batch_id: int, position: int, number: int, reviewer_id: int | None
) -> SecondReviewPage:
    """The three texts of a segment, and where it is in second review."""
    place = find_place(engine, batch_id, position, number)
    versions = corrections.list_corrections(engine, place.segment.hypothesis_id)
    return SecondReviewPage(
        place=place,
        standing=standing(engine, place, versions[-1]),
        steps=steps(versions),
        next=next_waiting(engine, place, reviewer_id),
    )


def accept(engine: Engine, place: Place, version: int, judge: Judge) -> None:
    """Accept the text as it stands."""
    _give(engine, place, version, "accepted", "", judge)


def send_back(engine: Engine, place: Place, version: int, comment: str, judge: Judge) -> None:
    """Send the text back with a comment."""
    comment = as_comment(comment)
    if not comment:
        raise BadInput("To send a text back, say in the comment what is to be done about it.")
    _give(engine, place, version, "sent-back", comment, judge)


def change(
    engine: Engine, queue: Queue, place: Place, draft: Draft, comment: str, judge: Judge, limits: Limits
) -> None:
    """Save another text as the second reviewer's; the same text is not a change, and is accepted instead."""
    comment = as_comment(comment)
    if correcting.as_typed(draft.text, place.segment.text, limits) == place.segment.text:
        _give(engine, place, draft.version, "accepted", comment, judge)
        return
    _refuse_maker(engine, place, judge)
    correcting.save(engine, queue, place, draft, judge.id, limits, origin=ORIGIN)
    made = NewVerdict(place.segment.hypothesis_id, draft.version + 1, "changed", comment, judge.id)
    verdicts.append_verdict(engine, made)


def steps(versions: Sequence[Correction]) -> list[Step]:
    """Machine's text, what the first reviewer left, and the text as it stands, where it is another's."""
    machine, newest = versions[0], versions[-1]
    shown = [Step("Machine translation", "", [Change("equal", machine.text)] if machine.text else [])]
    if newest is machine:
        return shown
    first = first_reviewers_text(versions)
    shown.append(Step("First correction", first.reviewer, word_diff(machine.text, first.text)))
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


def next_waiting(engine: Engine, place: Place, reviewer_id: int | None) -> int | None:
    """The next segment that waits for somebody else's verdict than its maker's, or the first one from the start."""
    number, system_id = place.segment.number, place.system.id
    found = verdicts.find_unjudged(engine, system_id, number, reviewer_id)
    return verdicts.find_unjudged(engine, system_id, 0, reviewer_id) if found is None else found


def _refuse_maker(engine: Engine, place: Place, judge: Judge) -> None:
    newest = corrections.get_newest(engine, place.segment.hypothesis_id)
    now = standing(engine, place, newest)
    if not now.reviewed:
        raise BadInput("This segment has not been reviewed yet, so there is nothing to review again.")
    if not now.is_open_to(judge.name, judge.several):
        raise BadInput("You made this text yourself: somebody else reviews it.")


def _give(engine: Engine, place: Place, version: int, kind: str, comment: str, judge: Judge) -> None:
    _refuse_maker(engine, place, judge)
    new = NewVerdict(place.segment.hypothesis_id, version, kind, comment, judge.id)
    if not verdicts.append_verdict(engine, new):
        raise BadInput(
            "Somebody saved this segment after you opened it, so no verdict was given; go back and look at the "
            "new text." + (f" Your comment was: “{comment}”" if comment else "")
        )
