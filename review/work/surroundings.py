"""The text around a segment as the checks have read it: kept between requests, and never older than the text.

Reading a few hundred segments takes the checks longer than all else that a save does. So what they gathered is
kept in the process; when the database says that a text has changed, by whomever, that one is read again.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from review.checks.run import Checker
from review.model import Context, Document, Flag, Segment
from review.store import editions, segments
from review.store.corrections import Saved
from review.store.engine import Engine, snapshot
from review.store.records import Batch, ReviewedSegment
from review.work.access import Place

# What is read around a segment is the hundred it stands in, the one before and the one after: all of an article,
# and enough of a long file; evidence from further away would not count anyway.
_BLOCK = 100
_KEPT = 32
_MOST_CHANGED = 50  # segments; where more have changed, all is read again


@dataclass
class Surroundings:
    """A stretch of a document, what the checks gathered of it, and how new that is."""

    segments: dict[int, Segment]
    versions: dict[int, int]
    edition: int  # of the system
    known: Hashable  # what the checks know besides the text
    checker: Checker
    lock: Lock = field(default_factory=Lock)
    tried: Segment | None = None  # what the checker has read instead of the stored text of the same number
    found: list[Flag] | None = (
        None  # on what was tried: who saves a text has mostly just been shown its flags
    )

    def flags(self, segment: Segment) -> list[Flag]:
        """The flags of one of its segments with another text."""
        with self.lock:
            if self.found is not None and self.tried == segment:
                return self.found
            before = self.segments[segment.number]
            if self.tried is not None:
                if self.tried.number == segment.number:
                    before = self.tried
                else:
                    self.checker.replace(self.tried, self.segments[self.tried.number])
            self.checker.replace(before, segment)
            self.tried = segment  # left there: the next text to try is likely to be this one's next
            self.found = self.checker.flags(segment)
            return self.found

    def renew(self, changed: Sequence[ReviewedSegment], edition: int) -> None:
        """Read texts that have changed; one that was read meanwhile as it is now, or newer, is left."""
        with self.lock:
            for one in changed:
                if one.version > self.versions.get(one.number, 0):
                    self._read_again(Segment(one.number, one.text, one.source))
                    self.versions[one.number] = one.version
            self.edition = max(self.edition, edition)

    def _read_again(self, segment: Segment) -> None:
        self.found = None
        before = self.segments[segment.number]
        if self.tried is not None and self.tried.number == segment.number:
            before, self.tried = self.tried, None
        if before.text != segment.text:
            self.checker.replace(before, segment)
        self.segments[segment.number] = segment


_kept: OrderedDict[Hashable, Surroundings] = OrderedDict()
_lock = Lock()


def flags_within(
    engine: Engine, place: Place, segment: Segment, context: Callable[[Engine, Batch], Context]
) -> list[Flag]:
    """The flags of a segment with a text of its own in its document as it stands.

    `context` gives what the checks may know, where it has to be asked for.
    """
    with snapshot(engine):
        key, known = _key(engine, place), _known(engine, place)
        found = _kept.get(key)
        if found is not None and (found.known != known or not _renewed(engine, place, found)):
            found = None
        if found is None:
            found = _read(engine, place, context(engine, place.batch), known)
    flags = found.flags(segment)
    if not found.checker.failures:  # what a failing check has left behind is not to be trusted
        _keep(key, found)
    else:
        _kept.pop(key, None)
    return flags


def flags_at_hand(engine: Engine, place: Place, segment: Segment) -> list[Flag] | None:
    """The flags of a segment's text where they were asked for last, and nothing has changed since."""
    found = _kept.get(_key(engine, place))
    if found is None or found.tried != segment or found.edition < place.system.edition:
        return None
    if found.known != _known(engine, place):
        return None
    with found.lock:
        return found.found if found.tried == segment else None


def note_saved(engine: Engine, place: Place, text: str, saved: Saved) -> None:
    """Have what is kept know a text that was just saved, where nothing else has changed meanwhile."""
    alone = saved.edition == place.system.edition + 1 and saved.version == place.segment.version + 1
    found = _kept.get(_key(engine, place)) if alone else None
    if found is not None and found.edition == place.system.edition:
        found.renew([replace(place.segment, text=text, version=saved.version)], saved.edition)


def _key(engine: Engine, place: Place) -> Hashable:
    """Names a stretch of text."""
    batch, segment = place.batch, place.segment
    document = segment.document if batch.bounded else None
    # An id may come again once its batch is deleted; a moment does not.
    return engine, batch.id, batch.created_at, place.system.id, _block(segment.number), document


def _known(engine: Engine, place: Place) -> Hashable:
    """Another value where the checks know anything else."""
    return place.batch.source_lang, place.batch.target_lang, editions.lists_edition(engine)


def _block(number: int) -> int:
    return (number - 1) // _BLOCK


def _range(place: Place) -> tuple[int, int]:
    block = _block(place.segment.number)
    return max(1, (block - 1) * _BLOCK + 1), (block + 2) * _BLOCK


def _read(engine: Engine, place: Place, context: Context, known: Hashable) -> Surroundings:
    around = segments.list_texts(engine, place.batch.id, place.system.id, *_range(place))
    if place.batch.bounded:
        around = _same_document(around, place.segment)
    found = {s.number: Segment(s.number, s.text, s.source) for s in around}
    checker = Checker(context).read(Document(list(found.values()), place.batch.bounded))
    versions = {s.number: s.version for s in around if s.version}
    return Surroundings(found, versions, place.system.edition, known, checker)


def _same_document(around: Sequence[ReviewedSegment], segment: ReviewedSegment) -> list[ReviewedSegment]:
    """The run of one document that the segment stands in."""
    run: list[ReviewedSegment] = []
    for one in around:
        if one.document == segment.document:
            run.append(one)
        elif one.number < segment.number:
            run = []
        else:
            break
    return run


def _renewed(engine: Engine, place: Place, found: Surroundings) -> bool:
    """Bring what is kept up to date; False where reading all again is quicker."""
    if found.edition >= place.system.edition:
        return True
    now = editions.list_versions(engine, place.system.id, *_range(place))
    numbers = [n for n, v in now.items() if n in found.segments and v > found.versions.get(n, 0)]
    if len(numbers) > _MOST_CHANGED:
        return False
    changed = segments.pick_texts(engine, place.batch.id, place.system.id, numbers) if numbers else []
    found.renew(changed, place.system.edition)
    return True


def _keep(key: Hashable, found: Surroundings) -> None:
    with _lock:
        _kept[key] = found
        _kept.move_to_end(key)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
