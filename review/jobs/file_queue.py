"""The queue's own file: made again where it was deleted under us, and told of where it cannot be read."""

import os
import sqlite3
from pathlib import Path
from threading import Event
from typing import Any

from huey import Huey
from huey.storage import SqliteStorage

from review.errors import BadInput


class LastingFile(SqliteStorage):  # type: ignore[misc]
    """huey's storage in a file that may be deleted while it is open, by whoever clears the folder."""

    def __init__(self, *args: Any, **more: Any) -> None:
        self._conn: Any = None
        self._inode = 0
        self.was_lost = Event()  # with the jobs that were in it
        super().__init__(*args, **more)

    @property
    def conn(self) -> Any:
        """The connection to the file that is there now."""
        if self._conn is not None and self._inode != _inode_of(self.filename):
            self.was_lost.set()
            self._conn.close()
            self._conn = None
        return super().conn

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        for statement in self.ddl:
            connection.execute(statement)
        self._inode = _inode_of(self.filename)
        return connection


def open_file(lane: str, file: Path) -> Huey:
    """A lane of the queue in a file; BadInput for a file that cannot be read."""
    try:
        # A job's outcome is in the database; huey's own copy of it would only pile up.
        return Huey(lane, storage_class=LastingFile, filename=str(file), results=False)
    except sqlite3.Error as error:
        raise BadInput(
            f"{file} cannot be read ({error}): remove it. No work is lost with it: what is still to be done "
            "is in the database."
        ) from None


def _inode_of(file: str) -> int:
    try:
        return os.stat(file).st_ino
    except FileNotFoundError:
        return 0
