"""What commands about batches work with, opened once they need it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.jobs.queue import JobQueue
    from review.settings import Settings
    from review.store.engine import Engine


def open_desk() -> "tuple[Engine, JobQueue, Settings]":
    """The database, the queue and the settings that they are opened by."""
    from review.jobs.queue import JobQueue
    from review.settings import Settings
    from review.store.engine import open_store

    settings = Settings.from_environment()
    engine = open_store(settings)
    return engine, JobQueue(settings, engine), settings
