"""The databases that tests run on: SQLite, or the PostgreSQL server that TARKKA_TEST_DATABASE_URL names.

Migrating takes longer than most tests, and importing too, so each database is a copy of one that was made once.
"""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from review.settings import Settings
from review.store.engine import open_store

SERVER = os.environ.get("TARKKA_TEST_DATABASE_URL", "")


def settings_at(instance: Path, like: Path | None = None, **more: Any) -> Settings:
    """Settings for an instance in a folder, with its database: the one made there before, or else a new one.

    A new one is empty, or holds what one does that was made like this before and is in use no more.
    """
    return Settings(instance=instance, **_databases().at(instance, like), **more)


def empty_at(instance: Path) -> Settings:
    """Settings for an instance in a folder, whose database is new and without any table."""
    return Settings(instance=instance, **_databases().empty())


def environ_at(instance: Path) -> dict[str, str]:
    """The same as environment variables for a process."""
    names = {"database_url": "TARKKA_DATABASE_URL"}
    return {"TARKKA_INSTANCE": str(instance)} | {names[k]: v for k, v in _databases().at(instance).items()}


@cache
def _databases() -> "Files | Served":
    folder = Path(tempfile.mkdtemp(prefix="tarkka-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Served(folder) if SERVER else Files(folder)


class Files:
    """A copy of a file for each instance."""

    def __init__(self, folder: Path) -> None:
        self.migrated = folder / "migrated"
        open_store(Settings(instance=self.migrated)).dispose()

    def at(self, instance: Path, like: Path | None = None) -> dict[str, str]:
        """What has to be set besides the instance's folder."""
        if not (instance / "tarkka.db").exists():
            shutil.copytree(like or self.migrated, instance, dirs_exist_ok=True)
        return {}

    def empty(self) -> dict[str, str]:
        """What has to be set for a database without tables: a file comes by itself."""
        return {}


class Served:
    """A database on a server for each instance, dropped at the end."""

    def __init__(self, folder: Path) -> None:
        self.made: dict[str, str] = {}
        self.template = f"tarkka_{os.getpid()}"
        run(f"CREATE DATABASE {self.template}")
        atexit.register(self._drop)
        open_store(Settings(instance=folder, database_url=address(self.template))).dispose()

    def at(self, instance: Path, like: Path | None = None) -> dict[str, str]:
        """What has to be set besides the instance's folder."""
        place = str(instance.resolve())
        if place not in self.made:
            template = self.made[str(like.resolve())] if like else self.template
            self.made[place] = f"{self.template}_{len(self.made)}"
            run(f"CREATE DATABASE {self.made[place]} TEMPLATE {template}")
        return {"database_url": address(self.made[place])}

    def empty(self) -> dict[str, str]:
        """What has to be set for a database without tables."""
        name = self.made[f"empty {len(self.made)}"] = f"{self.template}_{len(self.made)}"
        run(f"CREATE DATABASE {name}")
        return {"database_url": address(name)}

    def _drop(self) -> None:
        for name in (*self.made.values(), self.template):
            run(f"DROP DATABASE {name} WITH (FORCE)")


def address(database: str) -> str:
    """The address of a database beside the one that the server's own address names."""
    before, mark, after = SERVER.partition("?")
    return f"{before.rpartition('/')[0]}/{database}{mark}{after}"


def run(statement: str) -> None:
    """Have the server do what no transaction can."""
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
