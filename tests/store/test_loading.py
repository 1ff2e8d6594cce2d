"""Large batches: stored whole or not at all, and every index is there afterwards, just as it was."""

import io
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from review.formats.guard import Limits
from review.model import SegmentTexts
from review.settings import Settings
from review.store import adding, loading
from review.store.adding import NewBatch, add_batch
from review.store.batches import get_batch, list_batches
from review.store.engine import Engine, open_store
from review.store.segments import list_segments
from review.work.aligning import read_aligned
from review.work.intake import Given
from review.work.sessions import ensure_reviewers

SEGMENTS = [
    SegmentTexts(("a", "b"), "s", ("r", "q"), "d", ("note", "another")),
    SegmentTexts(("c", ""), None, (), None, ()),
    SegmentTexts(("e", "f"), "t", ("r",), "d", ()),
]


@pytest.fixture(params=[1, 2, 5000])
def engine(request: pytest.FixtureRequest, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A store to which a few segments are many, some of them at a time."""
    monkeypatch.setattr(loading, "_MANY", 1)
    monkeypatch.setattr(loading, "_ROWS_A_STATEMENT", 2)
    monkeypatch.setattr(adding, "_SEGMENTS_AT_ONCE", request.param)
    engine = open_store(settings)
    ensure_reviewers(engine, ("Aino",))
    yield engine  # type: ignore[misc]
    engine.dispose()


def new(segments: list[SegmentTexts], token: str | None = None) -> NewBatch:
    return NewBatch("n", "fi", "en", "lines", False, ("one", "two"), ({}, {}), segments, 1, token)


def indexes(engine: Engine) -> list[object]:
    return sorted(
        (index["name"] or "", str(index["column_names"]), str([*map(str, index["dialect_options"].values())]))
        for index in inspect(engine).get_indexes("hypothesis")
    )


def test_what_was_stored_is_what_was_given(engine: Engine) -> None:
    before = indexes(engine)
    for _ in range(2):
        batch = get_batch(engine, add_batch(engine, new(SEGMENTS)))
        assert batch
        assert (batch.segments, batch.has_source, batch.references) == (3, True, 2)
        for position, system in enumerate(batch.systems):
            found = list_segments(engine, batch.id, system.id, last=9)
            assert [
                SegmentTexts((s.hypothesis,), s.source, s.references, s.document, s.notes) for s in found
            ] == [t._replace(hypotheses=(t.hypotheses[position],)) for t in SEGMENTS]
    assert indexes(engine) == before


def test_what_breaks_off_leaves_nothing_and_every_index(engine: Engine) -> None:
    before = indexes(engine)

    def break_off(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_batch(engine, new(SEGMENTS), break_off)
    assert list_batches(engine, 9) == []
    assert indexes(engine) == before
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM hypothesis")) == 0


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
