"""Computes flags of one segment, while someone types and when it is saved; of whole batches: `flag_jobs`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from review.checks import deep_checks
from review.checks.run import Checker
from review.diff import move_span
from review.model import Context, Flag, NameList, Segment
from review.store import dismissals, flags, unchecked
from review.store.engine import Engine
from review.store.flags import Checked
from review.store.names import list_names
from review.store.records import Batch, ReviewedSegment, StoredFlag
from review.store.terms import known_terms
from review.work.access import Place, find_place
from review.work.surroundings import flags_at_hand, flags_within

_SAVED_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class LiveFlag:
    """A flag on a text as it stands now, and the stored flag that it carries on, if any.

    `standing` where such flags are dismissed as soon as they are found.
    """

    flag: Flag
    stored: StoredFlag | None
    standing: bool = False

    @property
    def state(self) -> str:
        return self.stored.state if self.stored else "dismissed" if self.standing else "open"


def checked_by(checker: Checker, reviewed: ReviewedSegment) -> Checked:
    """What a checker that has read the document says of one of its segments as it stands."""
    return Checked(reviewed.hypothesis_id, reviewed.version, checker.flags(as_segment(reviewed)))


def context_of(engine: Engine, batch: Batch) -> Context:
    """What the checks may know about a batch: its languages, the reviewers' names and terms."""
    entries = list_names(engine, batch.project_id)
    names = NameList(
        right={e.variant: e.right for e in entries if e.right is not None},
        accepted=frozenset(e.variant for e in entries if e.right is None),
    )
    return Context(batch.source_lang, batch.target_lang, names, known_terms(engine, batch.project_id))


def as_segment(reviewed: ReviewedSegment, text: str | None = None) -> Segment:
    """A segment as the checks see it: with its text as it stands, or another."""
    shown = reviewed.text if text is None else text
    return Segment(reviewed.number, shown, reviewed.source, reviewed.references, reviewed.hypothesis)


def live_flags(engine: Engine, place: Place, text: str) -> list[LiveFlag]:
    """The flags that a segment would have with this text, in its document as it stands now.

    Only the instant checks run; what the deep ones found on the stored text is carried on where its words
    still stand.
    """
    found = flags_within(engine, place, as_segment(place.segment, text), context_of)
    standing = dismissals.get_standing(engine, place.batch.id)
    return carried_on(place.segment, text, found, deep_checks(), standing)


def flags_to_save(engine: Engine, place: Place, text: str) -> tuple[list[LiveFlag], bool]:
    """The flags to store with a text, and whether those are all that the instant checks would find.

    They are where the checks have just looked at this very text, as they do while somebody types. Otherwise
    those of the version before are carried on, and `check_saved` finds the rest: nobody waits for it.
    """
    found = flags_at_hand(engine, place, as_segment(place.segment, text))
    if found is None:
        every = {stored.flag.check for stored in place.segment.flags}
        return carried_on(place.segment, text, (), every), False
    standing = dismissals.get_standing(engine, place.batch.id)
    return carried_on(place.segment, text, found, deep_checks(), standing), True


def check_saved(engine: Engine, batch_id: int) -> None:
    """Show the instant checks whatever of a batch was saved before they had looked at it."""
    while waiting := unchecked.list_unchecked(engine, batch_id, _SAVED_AT_ONCE):
        places = [find_place(engine, batch_id, position + 1, number) for position, number in waiting]
        checked = [
            Checked(
                place.segment.hypothesis_id,
                place.segment.version,
                flags_within(engine, place, as_segment(place.segment), context_of),
            )
            for place in places
        ]
        flags.replace_carried_flags(engine, checked, deep_checks())


def unchecked_batches(engine: Engine) -> list[int]:
    """Batches with texts that wait for it."""
    return unchecked.unchecked_batches(engine)


def carried_on(
    segment: ReviewedSegment,
    text: str,
    found: Sequence[Flag],
    deep: Collection[str] = (),
    standing: Collection[tuple[str, str]] = (),
) -> list[LiveFlag]:
    """Each flag on `text` with the stored flag of the current version that stands at the same place.

    Stored flags of the `deep` checks are there too, moved; those whose words have changed are not.
    """
    moved: dict[tuple[str, int, int], StoredFlag] = {}
    for stored in segment.flags:
        span = move_span(segment.text, text, stored.flag.start, stored.flag.end)
        if span is not None:
            moved[stored.flag.check, *span] = stored
    kept = [
        replace(stored.flag, start=start, end=end)
        for (check, start, end), stored in moved.items()
        if check in deep
    ]
    return [
        LiveFlag(f, moved.get((f.check, f.start, f.end)), (f.check, f.text) in standing)
        for f in sorted([*found, *kept], key=lambda f: (f.start, f.end, f.check))
    ]


def with_suggestion(segment: ReviewedSegment, stored: StoredFlag, text: str, suggestion: str) -> str | None:
    """`text` with the flag's span replaced, or None where the text under the flag has changed."""
    span = move_span(segment.text, text, stored.flag.start, stored.flag.end)
    if span is None:
        return None
    start, end = span
    return text[:start] + suggestion + text[end:]
