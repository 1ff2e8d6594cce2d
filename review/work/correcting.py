"""Saves corrections and decisions; refuses what was made on a version that is no longer current."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from review import meters
from review.checks.names.learning import learned
from review.diff import merge
from review.errors import BadInput, Conflict, NotFound
from review.formats.guard import Limits, check_characters, check_size
from review.metrics.effort import edits
from review.model import Status
from review.store import blindness, corrections, drafts, names
from review.store.decisions import NewDecision
from review.store.engine import Engine
from review.store.names import NameEntry
from review.store.records import StoredFlag
from review.work import measuring
from review.work.access import Place, find_flag, find_place
from review.work.flagging import flags_to_save, with_suggestion
from review.work.importing import Queue
from review.work.surroundings import note_saved

_LONGEST_SITTING = 4 * 3600.0  # seconds; a page left open overnight was not worked on all night


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reviewer sends: the text, the version it was made on, and how it came about.

    `token` names this one save: sent twice, it is stored once.
    """

    text: str
    version: int
    token: str
    seconds: float | None = None
    reference_in_view: bool = False
    accepted: Sequence[tuple[int, str]] = ()  # flag id, suggestion taken


def save(
    engine: Engine,
    queue: Queue,
    place: Place,
    draft: Draft,
    reviewer_id: int,
    limits: Limits,
    origin: str = "typed",
) -> list[str]:
    """Append the draft as the segment's newest version; the names that the list learned from it.

    A text equal to the hypothesis confirms it. Conflict carries both texts where somebody else has saved
    another one meanwhile.
    """
    segment = place.segment
    text = as_typed(draft.text, segment.text, limits)
    unchanged = text == segment.text
    if unchanged and (segment.status is not Status.UNREVIEWED or draft.version != segment.version):
        drafts.remove_draft(engine, segment.hypothesis_id, reviewer_id)
        return []
    taken = [NewDecision(f.id, "accepted", s) for f, s in _accepted(place, draft) if f.state == "open"]
    confirmed = text == segment.hypothesis
    found, checked = flags_to_save(engine, place, text)
    new = corrections.NewCorrection(
        hypothesis_id=segment.hypothesis_id,
        based_on=draft.version,
        text=text,
        status=Status.CONFIRMED if confirmed else Status.EDITED,
        reviewer_id=reviewer_id,
        origin="confirmed" if confirmed and origin == "typed" else origin,
        seconds=_plausible(draft.seconds),
        reference_in_view=draft.reference_in_view,
        effort=edits(segment.hypothesis, text),
        token=draft.token,
        flags=[(live.flag, live.state) for live in found],
        checked=checked,
    )
    saved = corrections.append_correction(engine, new, taken, measuring.restated(engine, place, text))
    if saved is None:
        meters.CONFLICTS.inc()
        raise _conflict(engine, place, draft.version, text)
    meters.SAVES.inc()
    if checked:
        note_saved(engine, place, text, saved)
        queue.deepen_batch(place.batch.id)
    else:
        queue.check_saved(place.batch.id)
    return _learn(engine, queue, place, text, reviewer_id) if origin != "restored" else []


def refuse_stale(engine: Engine, place: Place, draft: Draft) -> None:
    """Conflict where a draft was not made on the version that stands."""
    if draft.version != place.segment.version:
        raise _conflict(engine, place, draft.version, draft.text)


def _conflict(engine: Engine, place: Place, based_on: int, yours: str) -> Conflict:
    """Both texts of a segment that two people have changed, and one with both changes where they agree."""
    now = find_place(engine, place.batch.id, place.system.position + 1, place.segment.number).segment
    versions = corrections.list_corrections(engine, now.hypothesis_id)
    base = next((v.text for v in versions if v.version == based_on), now.hypothesis)
    return Conflict(
        "Somebody saved this segment after you opened it. Both texts are below; nothing is lost.",
        yours=yours,
        theirs=now.text,
        merged=merge(base, yours, now.text),
        version=now.version,
        language=place.batch.target_lang,
    )


def _learn(engine: Engine, queue: Queue, place: Place, text: str, reviewer_id: int) -> list[str]:
    """Add names that were replaced by another form to the name list, and have them flagged elsewhere.

    What is done in a copy of a blind study teaches nothing: the others would see it in their flags.
    """
    pairs = list(learned(place.segment.text, text))
    if not pairs or blindness.find_copy(engine, place.batch.id):
        return []
    entries = [NameEntry(variant, right, "correction") for variant, right in pairs]
    if not names.append_names(engine, place.batch.project_id, entries, reviewer_id):
        return []
    queue.flag_batch(place.batch.id)
    return [variant for variant, _ in pairs]


def accept(
    engine: Engine,
    queue: Queue,
    place: Place,
    draft: Draft,
    flag_id: int,
    choice: int,
    reviewer_id: int,
    limits: Limits,
) -> list[str]:
    """Put a flag's suggestion into the draft and save it; BadInput where the text under it has changed."""
    stored = find_flag(place, flag_id)
    if not 0 <= choice < len(stored.flag.suggestions):
        raise BadInput("This flag has no such suggestion.")
    suggestion = stored.flag.suggestions[choice]
    typed = as_typed(draft.text, place.segment.text, limits)
    text = with_suggestion(place.segment, stored, typed, suggestion)
    if text is None:
        raise BadInput(f"The text under “{stored.flag.text}” has changed; the suggestion was not put in.")
    taken = Draft(
        text,
        draft.version,
        draft.token,
        draft.seconds,
        draft.reference_in_view,
        [*draft.accepted, (flag_id, suggestion)],
    )
    return save(engine, queue, place, taken, reviewer_id, limits, origin="accepted")


def save_typed(
    engine: Engine, queue: Queue, place: Place, draft: Draft, reviewer_id: int, limits: Limits
) -> None:
    """Save what was typed before another button was pressed; nothing where nothing was."""
    if as_typed(draft.text, place.segment.text, limits) != place.segment.text:
        save(engine, queue, place, draft, reviewer_id, limits)


def restore(
    engine: Engine,
    queue: Queue,
    place: Place,
    version: int,
    draft: Draft,
    reviewer_id: int,
    limits: Limits,
) -> None:
    """Bring an earlier version's text back, as a new version."""
    versions = corrections.list_corrections(engine, place.segment.hypothesis_id)
    text = next((v.text for v in versions if v.version == version), None)
    if text is None:
        raise NotFound(f"This segment has no version {version}.")
    again = Draft(text, draft.version, draft.token, draft.seconds, draft.reference_in_view)
    save(engine, queue, place, again, reviewer_id, limits, origin="restored")


def as_typed(text: str, shown: str, limits: Limits) -> str:
    """The text a reviewer meant, from what a text area sends.

    A text area turns every line break into \\r\\n and cannot hold a lone \\r: where the lines are as many
    as those of the text shown, their breaks are put back as they were. BadInput for what cannot be stored.
    """
    check_characters(text, "The correction")
    check_size(text, "The correction", limits)
    text = re.sub(r"\r\n?", "\n", text)
    breaks = re.findall(r"\r\n|\r|\n", shown)
    if "\r" not in shown or text.count("\n") != len(breaks):
        return text
    lines = text.split("\n")
    return "".join(line + end for line, end in zip(lines, [*breaks, ""], strict=True))


def _accepted(place: Place, draft: Draft) -> list[tuple[StoredFlag, str]]:
    stored = {f.id: f for f in place.segment.flags}
    return [(stored[flag_id], s) for flag_id, s in dict(draft.accepted).items() if flag_id in stored]


def _plausible(seconds: float | None) -> float | None:
    return seconds if seconds is not None and 0 <= seconds <= _LONGEST_SITTING else None
