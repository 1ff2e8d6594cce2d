"""The migrations make just the tables that the schema declares."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from review.model import Filter, Spot, View
from review.settings import Settings
from review.store import engine as store_engine
from review.store.batches import get_batch
from review.store.choosing import find_neighbour, list_tally
from review.store.corrections import list_corrections
from review.store.decisions import count_decisions, list_decisions
from review.store.deep import unseen_batches
from review.store.engine import migrate, newest_revision, open_store, reading, revision_of, writing
from review.store.segments import get_segment
from review.store.tables import metadata


def test_the_newest_state_is_the_declared_schema(settings: Settings) -> None:
    engine = open_store(settings)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_state_is_that_of_the_last_migration(settings: Settings) -> None:
    engine = open_store(settings)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection)
        assert newest_revision() == context.get_current_revision() == revision_of(connection)
    script = ScriptDirectory(str(Path(store_engine.__file__).parent / "migrations"))
    assert newest_revision() == script.get_current_head()


def test_data_of_the_first_state_survives(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    migrate(engine, "0001")
    now = "2026-01-01 00:00:00"
    rows = {
        "project": f"(1, 'Default', '{now}')",
        "reviewer": f"(1, 'Aino', '{now}')",
        "batch": f"(1, 1, 1, '{now}', 'Old', 'fi', 'en', 'lines', 0, 1, 0, 0, NULL, 'done', 1, '[]')",
        "system": "(1, 1, 0, 's', '{}', 0, 1, 0, 0, 0)",
        "segment": "(1, 1, NULL, NULL)",
        "hypothesis": "(1, 1, 1, 'old text', 'edited', 1, 0, 0, 0)",
        "correction": f"(1, 1, 1, 0, 'new text', 1, '{now}', 'typed', 2.5, 0, 1, 2, 'token')",
    }
    with writing(engine) as connection:
        for table, values in rows.items():
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES {values}")
    migrate(engine)
    engine.dispose()
    again = open_store(Settings(instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'old.db'}"))
    batch = get_batch(again, 1)
    assert batch
    found = get_segment(again, 1, batch.systems[0].id, 1)
    assert found
    assert (found.hypothesis, found.text, found.version) == ("old text", "new text", 1)
    assert [v.text for v in list_corrections(again, found.hypothesis_id)] == ["old text", "new text"]


def test_what_was_reviewed_before_the_deep_checks_survives_and_counts_the_default_view(
    tmp_path: Path,
) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    migrate(engine, "0002")
    now = "2026-01-01 00:00:00"
    rows = {
        "project": f"(1, 'Default', '{now}')",
        "reviewer": f"(1, 'Aino', '{now}')",
        "batch": f"(1, 1, 1, '{now}', 'Old', 'fi', 'en', 'lines', 0, 1, 0, 0, NULL, 'done', 1, '[]')",
        "system": "(1, 1, 0, 's', '{}', 0, 0, 2, 0, 0)",
        "segment": "(1, 1, NULL, NULL)",
        "hypothesis": "(1, 1, 1, 'one two', 'unreviewed', 0, 2, 0, 0)",
        "decision": f"(1, 1, 0, 0, 3, 'one', 'check', 'dismissed', NULL, 1, '{now}')",
        "flag": "(1, 1, 0, 0, 3, 'one', 'check', 'c', 'minor', 'm', '[]', 0.9, 'open'), "
        "(2, 1, 0, 4, 7, 'two', 'check', 'c', 'minor', 'm', '[]', 0.3, 'open')",
    }
    with writing(engine) as connection:
        for table, values in rows.items():
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES {values}")
    engine.dispose()
    again = open_store(Settings(instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'old.db'}"))
    batch = get_batch(again, 1)
    assert batch
    assert batch.open_flags("minor") == 1
    assert unseen_batches(again) == [], "no old batch is begun by itself"
    found = get_segment(again, 1, batch.systems[0].id, 1)
    assert found
    assert [f.flag.text for f in found.flags] == ["one", "two"]
    assert [d.kind for d in list_decisions(again, found.hypothesis_id)] == ["dismissed"]


def test_migrating_again_changes_nothing(settings: Settings) -> None:
    engine = open_store(settings)
    migrate(engine)
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar() == 1


def test_sums_are_filled_from_what_was_there_before_them(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    migrate(engine, "0004")
    now = "2026-01-01 00:00:00"
    flagged = "'c', 'minor', 'm', '[]'"
    rows = {
        "project (id, name, created_at)": f"(1, 'Default', '{now}')",
        "reviewer (id, name, created_at)": f"(1, 'Aino', '{now}'), (2, 'Eino', '{now}')",
        "batch (id, project_id, created_by, created_at, name, source_lang, target_lang, format, bounded,"
        ' segments, has_source, "references", flagging, failures)': f"(1, 1, 1, '{now}', 'Old', 'fi', 'en',"
        " 'lines', 0, 3, 0, 0, 'done', '[]')",
        "system (id, batch_id, position, name, skeleton, edited)": "(1, 1, 0, 's', '{}', 1)",
        "segment (batch_id, number)": "(1, 1), (1, 2), (1, 3)",
        "hypothesis (id, system_id, number, text, status, version, deep_version)": "(7, 1, 1, 'one two',"
        " 'unreviewed', 0, 0), (8, 1, 2, 'old', 'edited', 2, 1), (9, 1, 3, 'x', 'unreviewed', 1, 1)",
        "correction (hypothesis_id, version, based_on, text, reviewer_id, made_at, origin, reference_in_view,"
        " edits, length, token)": f"(8, 1, 0, 'newer', 1, '{now}', 'typed', 0, 1, 1, 'a'), (8, 2, 1, 'a new"
        f" one', 2, '{now}', 'typed', 0, 3, 3, 'b'), (9, 1, 0, 'y', 1, '{now}', 'name', 0, 1, 1, 'c')",
        'decision (hypothesis_id, version, start, "end", text, "check", kind, reviewer_id, made_at)': f"(7, 0, 0, 3, 'one', 'check', 'dismissed', 1, '{now}')",
        'muting (project_id, "check", muted, reviewer_id, made_at)': f"(1, 'hushed', 1, 1, '{now}')",
        'flag (id, hypothesis_id, version, start, "end", text, "check", category, severity, message,'
        " suggestions, confidence, state)": f"(1, 7, 0, 0, 3, 'one', 'check', {flagged}, 0.9, 'dismissed'),"
        f"(2, 7, 0, 4, 7, 'two', 'check', {flagged}, 0.7, 'open'),"
        f"(3, 7, 0, 4, 7, 'two', 'hushed', {flagged}, 0.35, 'open'),"
        f"(4, 8, 1, 0, 5, 'newer', 'check', {flagged}, 0.9, 'open'),"
        f"(5, 8, 2, 0, 5, 'a new', 'check', 'c', 'critical', 'm', '[]', 0.5, 'open')",
    }
    with writing(engine) as connection:
        for table, values in rows.items():
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES {values}")
    engine.dispose()
    again = open_store(Settings(instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'old.db'}"))
    batch = get_batch(again, 1)
    assert batch
    system = batch.systems[0]
    assert (system.seen, system.edition, system.edits, system.words) == (2, 3, 3, 3)
    assert list_tally(again, 1) == [
        ("check", "critical", 10, 1),
        ("check", "minor", 14, 1),
        ("hushed", "minor", 7, 1),
    ]
    assert count_decisions(again, batch.project_id) == {("check", "dismissed"): 1}
    found = {number: get_segment(again, 1, 1, number) for number in (1, 2, 3)}
    assert {n: s and (s.gain, [f.id for f in s.flags]) for n, s in found.items()} == {
        1: (70, [1, 2, 3]),
        2: (1250, [5]),
        3: (0, []),
    }
    newest = Filter(reviewer="Eino")
    assert find_neighbour(again, 1, 1, None, newest, View()) == 2
    assert find_neighbour(again, 1, 1, Spot(2), newest, View()) is None
    assert find_neighbour(again, 1, 1, None, Filter("flagged", "check"), View(0.4)) == 1
