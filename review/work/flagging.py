"""Computes flags: of a whole batch in a job, of one segment while someone types."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from review.checks import deep_checks
from review.checks.run import Checker
from review.diff import move_span
from review.model import Context, Document, Flag, NameList, Segment
from review.store import batches, dismissals, flags, segments, unchecked
from review.store.engine import Engine
from review.store.flags import Checked
from review.store.names import list_names
from review.store.records import Batch, ReviewedSegment, StoredFlag
from review.store.terms import known_terms
from review.work.access import Place, find_batch, find_place
from review.work.surroundings import flags_at_hand, flags_within

_STORED_AT_ONCE = 500
_STRETCH = 20_000  # segments
_AROUND = 200  # more than any check looks away where documents are unbounded
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


def flag_batch(engine: Engine, batch_id: int) -> None:
    """Compute and store the instant flags of every text of a batch as it stands; may be run again at any time.

    What the deep checks found stays beside them.
    """
    batch = find_batch(engine, batch_id)
    failures: set[str] = set()
    done = 0
    context, background = context_of(engine, batch), deep_checks()
    for system in batch.systems:
        for read, members in _stretches(engine, batch, system.id):
            document = Document([as_segment(s) for s in read], batch.bounded)
            checker = Checker(context).read(document)
            for at in range(0, len(members), _STORED_AT_ONCE):
                some = members[at : at + _STORED_AT_ONCE]
                checked = [checked_by(checker, s) for s in some]
                done += len(some)
                flags.replace_instant_flags(engine, checked, background, batch_id, done)
            failures |= checker.failures
    batches.set_flagging(engine, batch_id, "done", done, sorted(failures))


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


def _stretches(
    engine: Engine, batch: Batch, system_id: int
) -> Iterator[tuple[list[ReviewedSegment], list[ReviewedSegment]]]:
    """What the checks read at once of a system, and the segments of it whose flags are then asked for.

    That is a document; where their bounds are unknown, a stretch with as much around it as may matter to it: a
    million segments would not fit into memory.
    """
    every = segments.iterate_segments(engine, batch.id, system_id)
    if batch.bounded:
        for _, run in groupby(every, key=lambda s: s.document):
            members = list(run)
            yield members, members
        return
    read, begin = list(islice(every, _STRETCH + _AROUND)), 0
    while begin < len(read):
        end = begin + _STRETCH
        yield read, read[begin:end]
        kept = max(0, end - _AROUND)
        read = [*read[kept:], *islice(every, _STRETCH)]
        begin = end - kept


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


def unfinished(engine: Engine) -> list[int]:
    """Batches whose flags were never computed to the end: their job was lost with its process."""
    return batches.unflagged_batches(engine)
