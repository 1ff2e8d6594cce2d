"""The migrations make just the tables that the schema declares."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from review.settings import Settings
from review.store.engine import migrate, open_store, reading
from review.store.schema import metadata


def test_the_newest_state_is_the_declared_schema(settings: Settings) -> None:
    engine = open_store(settings)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_again_changes_nothing(settings: Settings) -> None:
    engine = open_store(settings)
    migrate(engine)
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar() == 1
