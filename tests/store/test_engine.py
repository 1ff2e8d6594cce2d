"""One connection serves a whole request, and what it reads is never older than the last thing written."""

from review.settings import Settings
from review.store.engine import Engine, Sitting, open_store, reading, snapshot, writing


def _put(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql(f"INSERT INTO reviewer (name, created_at) VALUES ('{name}', '2026-01-01')")


def _count(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM reviewer").scalar_one())


def test_a_sitting_reads_through_one_connection_and_sees_what_it_wrote(settings: Settings) -> None:
    engine = open_store(settings)
    with Sitting(engine):
        with reading(engine) as one, reading(engine) as other:
            assert one is other
        before = _count(engine)
        _put(engine, "a")
        assert _count(engine) == before + 1
        with snapshot(engine):
            _put(engine, "b")
            assert _count(engine) == before + 1, "a snapshot is of one moment"
        assert _count(engine) == before + 2
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    engine.dispose()


def test_a_sitting_that_fails_leaves_no_connection_open(settings: Settings) -> None:
    engine = open_store(settings)
    try:
        with Sitting(engine), reading(engine):
            raise ValueError
    except ValueError:
        pass
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    engine.dispose()
