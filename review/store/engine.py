"""Opens the database and brings its tables up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy import Engine as Engine  # handed on: the other rooms never import SQLAlchemy
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError

from review.errors import BadInput, MissingPart
from review.settings import Settings
from review.store.failing import ToldWhenFailing

_BUSY_SECONDS = 20
_MIGRATING = 7_258_305  # any number that nobody else locks by
_STATES = "alembic_version"
_VERSIONS = Path(__file__).parent / "migrations" / "versions"


def open_store(settings: Settings) -> Engine:
    """The engine for the database that the settings name, its tables migrated to the newest state."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    engine = _engine(settings.database_url or f"sqlite:///{settings.instance.resolve() / 'tarkka.db'}")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    migrate(engine)
    return engine


def _engine(address: str) -> Engine:
    """The engine for an address; BadInput for one that is none, MissingPart without the driver it needs."""
    try:
        url = make_url(address)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        # A connection that PostgreSQL has closed meanwhile, as by a restart, is opened again.
        # What is in its statements stands in no message: those are logged.
        return create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite", hide_parameters=True)
    except (ArgumentError, NoSuchModuleError):
        raise BadInput(
            "TARKKA_DATABASE_URL is no address of a database: it looks like postgresql://name@host/tarkka."
        ) from None
    except ModuleNotFoundError as missing:
        raise MissingPart(
            f"The package {missing.name} is not installed, which this database needs: "
            "`pip install -r requirements-team.txt`."
        ) from None


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are opened by `_begin_sqlite`, never by the driver behind our back.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",  # an acknowledged correction survives a power cut
        f"busy_timeout={_BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    # As long as SQLite waits for a lock; without this a forgotten transaction would hold everybody for ever.
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{_BUSY_SECONDS}s'")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes its lock at once, so that it never has to be retried half-way.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: committed at the end, rolled back by any exception."""
    sitting = _sitting.get()
    if sitting:
        sitting.renew()  # before, so that its connection serves here too; and after, so that this is seen
    try:
        with (
            _told_when_failing,
            engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection
    finally:
        if sitting:
            sitting.renew()


@contextmanager
def refused_if_taken(sentence: str) -> Iterator[None]:
    """BadInput where what is written has a name that something else has: at once, or a moment before."""
    try:
        yield
    except IntegrityError:
        raise BadInput(sentence) from None


class Sitting:
    """One connection for all that is read in it, as of one moment until something is written.

    A request reads a dozen times: a connection and a transaction for each would take longer than the reading.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._connection: Connection | None = None
        self._readers = 0
        self._stale = False

    def __enter__(self) -> "Sitting":
        self._outer = _sitting.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _sitting.reset(self._outer)
        self._end()

    def renew(self) -> None:
        """What is read from now on is of a later moment; whoever is still reading is let finish."""
        self._stale = True
        if not self._readers:
            self._end()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Its connection, in the transaction that it has, or a new one."""
        if self._connection is None:
            self._connection = _begun(self.engine)
        self._readers += 1
        try:
            yield self._connection
        finally:
            self._readers -= 1
            if self._stale and not self._readers:
                self._end()

    def _end(self) -> None:
        connection, self._connection, self._stale = self._connection, None, False
        if connection is not None:
            connection.close()


_told_when_failing = ToldWhenFailing()
_sitting: ContextVar[Sitting | None] = ContextVar("sitting", default=None)
_snapshot: ContextVar[Connection | None] = ContextVar("snapshot", default=None)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent snapshot of the database; inside another one, that one."""
    within, sitting = _snapshot.get(), _sitting.get()
    if within is not None and within.engine is engine:
        yield within
    elif sitting is not None and sitting.engine is engine:
        with _told_when_failing, sitting.reading() as connection:
            yield connection
    else:
        with _told_when_failing, _begun(engine) as connection:
            yield connection


def _begun(engine: Engine) -> Connection:
    """A connection in a transaction that reads; closing it ends both."""
    connection = engine.connect()
    if engine.dialect.name != "sqlite":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    connection.begin()
    return connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[None]:
    """Whatever is read inside is of one moment, and takes one connection instead of many."""
    with reading(engine) as connection:
        token = _snapshot.set(connection)
        try:
            yield
        finally:
            _snapshot.reset(token)


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the tables to the newest state (or to a named revision); quick where they are."""
    with _told_when_failing, engine.connect() as connection:
        if revision_of(connection) == newest_revision():
            return
    from alembic import command

    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":  # of several that start together one migrates
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
        config = _migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def revision_of(connection: Connection) -> str | None:
    """The state that the tables of a database are in; None where there are none."""
    if not connection.dialect.has_table(connection, _STATES):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {_STATES}"))
    return found


@cache
def newest_revision() -> str:
    """The state that this version brings tables to, as the migrations' names say it.

    Alembic is not asked: loading it takes a fifth of a second, and tables are nearly always up to date.
    """
    return max(file.name[1:5] for file in _VERSIONS.glob("m*.py"))


def _migrations() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_VERSIONS.parent))
    return config
