"""The lanes of the queue, each a huey of its own, in a file, on a Redis server, or in memory."""

from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from threading import Event

from huey import Huey, MemoryHuey, RedisHuey
from huey.consumer import Consumer
from huey.exceptions import ConfigurationError

from review.errors import BadInput, MissingPart
from review.jobs.file_queue import LastingFile, open_file
from review.settings import Settings
from review.work.chunked import BULK, DEEP, PROMPT

FILES = "files"
_IMMEDIATE = "immediate:"
_REDIS = ("redis://", "rediss://", "unix://")
# Flags should stand on screen within two seconds of a paste, so an idle worker looks often.
_LOOKS_EVERY = 0.1  # seconds
# Two at once where people wait: what takes long must not hold back a text pasted meanwhile.
_AT_ONCE = {PROMPT: 2, BULK: 1, DEEP: 1, FILES: 1}


class Taking(Consumer):  # type: ignore[misc]
    """Takes jobs from a lane; of several in a process one hears signals."""

    def hear(self) -> None:
        """Note from now on when the process is told to end; it does once this has been started."""
        super()._set_signal_handlers()

    def _set_signal_handlers(self) -> None:
        """Nothing: whichever starts would take the signals from the one that hears them."""


class Lanes:
    """A lane for each sort of work. That on uploads is taken only where they are kept."""

    def __init__(self, settings: Settings) -> None:
        self.on_redis = settings.queue_url.startswith(_REDIS)
        self.at_once = settings.queue_url == _IMMEDIATE
        self.by_name = {name: _open(settings, name, self.on_redis) for name in _AT_ONCE}
        self.lost = Event()  # set when the file was removed, with the jobs of all lanes in it
        for lane in self.by_name.values():
            if isinstance(lane.storage, LastingFile):
                lane.storage.was_lost = self.lost

    def consumers(self) -> list[Taking]:
        """What takes jobs from the lanes, not yet started; that of the prompt lane is the last."""
        return [self.consumer(name) for name in reversed(_AT_ONCE)]

    def consumer(self, name: str) -> Taking:
        """What takes jobs from one lane."""
        return Taking(
            self.by_name[name],
            workers=_AT_ONCE[name],
            periodic=True,
            initial_delay=_LOOKS_EVERY,
            max_delay=_LOOKS_EVERY,
            backoff=1.0,
        )


def _open(settings: Settings, name: str, on_redis: bool) -> Huey:
    lane = f"tarkka-{name}"
    if settings.queue_url == _IMMEDIATE:
        return MemoryHuey(lane, immediate=True)
    if on_redis:
        return _on_redis(
            f"{lane}-{_instance_id(settings.instance)}" if name == FILES else lane, settings.queue_url
        )
    if settings.queue_url:
        raise BadInput(
            "TARKKA_QUEUE_URL is no address of a queue: leave it empty for the built-in one, or set it to "
            f"redis://host:6379 or {_IMMEDIATE}"
        )
    settings.instance.mkdir(parents=True, exist_ok=True)
    return open_file(lane, settings.instance / "queue.db")


def _on_redis(lane: str, address: str) -> RedisHuey:
    """A lane on a Redis server, which workers on any number of machines take jobs from."""
    try:
        return RedisHuey(lane, url=address, results=False)
    except ConfigurationError:  # what huey says where the package is missing
        raise MissingPart(
            "The package redis is not installed, which this queue needs: `pip install -r requirements-team.txt`."
        ) from None


def _instance_id(instance: Path) -> str:
    """Names the folder in which uploads are kept: whoever shares it can import them, nobody else."""
    instance.mkdir(parents=True, exist_ok=True)
    file = instance / "id"
    if not file.exists():
        beside = instance / f"id.{token_hex(4)}.part"
        beside.write_text(token_hex(8), encoding="ascii")
        with suppress(FileExistsError):  # another process was quicker
            file.hardlink_to(beside)  # and so it is there whole
        beside.unlink()
    return file.read_text(encoding="ascii")
