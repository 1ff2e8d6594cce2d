"""Large batches: stored piece by piece, seen by nobody before they are whole, and nothing stored twice."""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from review.errors import Busy
from review.formats.guard import Limits
from review.model import SegmentTexts
from review.settings import Settings
from review.store import adding, arriving, loading
from review.store.adding import NewBatch, add_batch
from review.store.arriving import Arriving, discard_arriving, list_forgotten
from review.store.batches import get_batch, list_batches, withdraw_batch
from review.store.copying import count_rows
from review.store.engine import Engine, open_store
from review.store.preferences import get_preferences, put_preferences
from review.store.segments import list_segments
from review.work.aligning import read_aligned
from review.work.intake import Given
from review.work.sessions import ensure_reviewers

SEGMENTS = [
    SegmentTexts(("a", "b"), "s", ("r", "q"), "d", ("note", "another")),
    SegmentTexts(("c", ""), None, (), None, ()),
    SegmentTexts(("e", "f"), "t", ("r",), "d", ()),
]
ONE, TWO, ALL = 2, 4, 6  # rows of hypotheses in a piece: of as many segments


@pytest.fixture
def engine(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A store to which a few segments are many."""
    monkeypatch.setattr(loading, "_ROWS_A_STATEMENT", 2)
    monkeypatch.setattr(arriving, "_ROWS_AT_ONCE", ONE)
    engine = open_store(settings)
    ensure_reviewers(engine, ("Aino",))
    yield engine  # type: ignore[misc]
    engine.dispose()


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "_ROWS_AT_ONCE", ONE)


def new(segments: list[SegmentTexts], token: str | None = None) -> NewBatch:
    return NewBatch("n", "fi", "en", "lines", False, ("one", "two"), ({}, {}), segments, 1, token)


def check_whole(engine: Engine, batch_id: int) -> None:
    batch = get_batch(engine, batch_id)
    assert batch
    assert (batch.segments, batch.has_source, batch.references) == (3, True, 2)
    for position, system in enumerate(batch.systems):
        found = list_segments(engine, batch.id, system.id, last=9)
        assert [
            SegmentTexts((s.hypothesis,), s.source, s.references, s.document, s.notes) for s in found
        ] == [t._replace(hypotheses=(t.hypotheses[position],)) for t in SEGMENTS]


def rows(engine: Engine) -> list[int]:
    counts = count_rows(engine)
    return [counts[name] for name in ("batch", "system", "segment", "reference", "hypothesis")]


class BrokenOff(Exception):
    pass


def break_off(engine: Engine, started: NewBatch, stored: int) -> None:
    """Begin to store a batch; what comes after so many segments breaks off."""

    def progress(done: int) -> None:
        if done > stored:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        add_batch(engine, started, progress)


@pytest.mark.parametrize("piece", [ONE, TWO, ALL, 5000])
def test_what_was_stored_is_what_was_given(
    engine: Engine, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_ROWS_AT_ONCE", piece)
    for _ in range(2):
        check_whole(engine, add_batch(engine, new(SEGMENTS)))


@pytest.mark.parametrize("again", [ONE, TWO, ALL])
@pytest.mark.parametrize("stored", [0, 1, 2])
def test_what_broke_off_is_seen_by_nobody_and_gone_on_with(
    engine: Engine, stored: int, again: int, in_pieces: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = new(SEGMENTS, "a form")
    break_off(engine, started, stored)
    assert list_batches(engine, 9) == []
    assert get_batch(engine, 1) is None
    assert rows(engine)[-1] == 2 * stored
    monkeypatch.setattr(adding, "_ROWS_AT_ONCE", again)
    batch_id = add_batch(engine, started)
    check_whole(engine, batch_id)
    assert rows(engine) == [1, 2, 3, 3, 6]
    assert add_batch(engine, new(SEGMENTS, "a form")) == batch_id


class Interrupted(list[SegmentTexts]):
    """Segments during whose reading other things happen: before each, with its number."""

    def __init__(self, segments: list[SegmentTexts], meanwhile: Callable[[int], object]) -> None:
        super().__init__(segments)
        self.meanwhile = meanwhile

    def __iter__(self) -> Iterator[SegmentTexts]:
        for number, one in enumerate(super().__iter__(), start=1):
            self.meanwhile(number)
            yield one


def test_others_write_between_the_pieces(engine: Engine, in_pieces: None) -> None:
    def write(number: int) -> None:
        put_preferences(engine, 1, {"size": number})

    check_whole(engine, add_batch(engine, new(Interrupted(SEGMENTS, write))))
    assert get_preferences(engine, 1) == {"size": 3}


@pytest.mark.parametrize("stored", [0, 1, 2])
def test_what_is_discarded_leaves_nothing(engine: Engine, stored: int, in_pieces: None) -> None:
    whole, started = add_batch(engine, new(SEGMENTS)), new(SEGMENTS)
    before = rows(engine)
    break_off(engine, started, stored)
    discard_arriving(engine, started.arrival)
    assert rows(engine) == before
    check_whole(engine, whole)


def test_what_nobody_goes_on_with_is_forgotten(engine: Engine, in_pieces: None) -> None:
    whole = add_batch(engine, new(SEGMENTS))
    started = new(SEGMENTS)
    break_off(engine, started, 1)
    assert list_forgotten(engine, timedelta(hours=1)) == []
    assert list_forgotten(engine, timedelta(0)) == [started.arrival]
    discard_arriving(engine, started.arrival)
    assert list_forgotten(engine, timedelta(0)) == []
    check_whole(engine, whole)


def test_of_two_sendings_one_is_stored(engine: Engine, in_pieces: None) -> None:
    other: list[int] = []

    def send_too(number: int) -> None:
        if number == 3:
            other.append(add_batch(engine, new(SEGMENTS, "a form")))

    assert [add_batch(engine, new(Interrupted(SEGMENTS, send_too), "a form"))] == other
    check_whole(engine, other[0])
    assert rows(engine) == [1, 2, 3, 3, 6]


def test_what_was_taken_back_elsewhere_is_not_half_stored(engine: Engine, in_pieces: None) -> None:
    def take_back(number: int) -> None:
        if number == 3:
            discard_arriving(engine, started.arrival)

    started = new(Interrupted(SEGMENTS, take_back))
    with pytest.raises(Busy, match="took this import back"):
        add_batch(engine, started)
    assert rows(engine) == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("killed_after", [0, 1, 9])
def test_a_batch_that_is_removed_is_seen_by_nobody_at_once_and_gone(
    engine: Engine, killed_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays, goes = (add_batch(engine, new(SEGMENTS)) for _ in range(2))
    leaving = withdraw_batch(engine, goes, "Aino")
    find, pieces = arriving.find_arriving, []

    def finding(connection: Connection, arrival: str) -> Arriving | None:
        pieces.append(arrival)
        if len(pieces) > killed_after:
            raise BrokenOff
        return find(connection, arrival)

    with monkeypatch.context() as patched, suppress(BrokenOff):
        patched.setattr(arriving, "find_arriving", finding)
        discard_arriving(engine, leaving)
    assert [batch.id for batch in list_batches(engine, 9)] == [stays]
    for arrival in list_forgotten(engine, timedelta(0)):
        discard_arriving(engine, arrival)
    assert rows(engine) == [1, 2, 3, 3, 6]
    check_whole(engine, stays)


@pytest.mark.parametrize("beside", ["", "source", "references", "documents", "all"])
def test_aligned_texts_are_the_same_part_by_part(beside: str, tmp_path: Path) -> None:
    def given(name: str) -> Given:
        return Given(name, io.BytesIO("".join(f"{name} {n}\n" for n in range(5)).encode()))

    intake = read_aligned(
        [(name, given(name)) for name in ("a", "b")],
        given("s") if beside in ("source", "all") else None,
        [given("r"), given("q")] if beside in ("references", "all") else [],
        given("d") if beside in ("documents", "all") else None,
        limits=Limits(),
    )
    every = list(intake.parsed.segments)
    for size in (1, 2, 5, 9):
        columns = list(intake.parsed.segments.columns(size))  # type: ignore[attr-defined]
        again = [
            SegmentTexts(tuple(hypotheses), *rest)
            for some in columns
            for hypotheses, *rest in zip(zip(*some.hypotheses, strict=True), *some[1:], strict=True)
        ]
        assert again == every
