"""A third way to do work in parts: on a Dask cluster that is there already."""

import pickle
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from review.errors import BadInput, MissingPart, NoAnswer
from review.work.cluster_worker import Errand, unpacked
from review.work.parts import Progress, Work, shared_out
from review.work.reading_once import content_of

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")

_ADDRESS = re.compile(r"(?:tcp|tls)://[^\s/:]+:\d{1,5}|(?:tcp|tls)://\[[^\s/]+\]:\d{1,5}")
_LOOK = 1.0  # seconds between looks at whether anybody is still at work


@dataclass(frozen=True, slots=True)
class Cluster:
    """On the workers of a scheduler; `patience` is how many seconds to wait for it, or for a first worker."""

    address: str
    patience: float = 20.0

    def results(self, work: Work[T], sizes: Sequence[int], progress: Progress) -> list[T]:
        """What the parts gave, in order; a part whose worker dies is done again by another.

        NoAnswer where nobody is there to do them; BadInput where a worker sees other files or has another Tarkka.
        """
        contents = [content_of(path) for path in work.paths()]
        found: dict[int, T] = {}
        with self._client() as client:
            parts = shared_out(sizes, self._threads(client))
            errands = [pickle.dumps(Errand(work, part, contents)) for part in parts]
            # They are forgotten, and what is not done yet stays undone, when the connection is closed.
            futures = client.map(pickle.loads, errands, key="tarkka", pure=False)
            for number, result in self._results(client, futures):
                found[number] = result
                progress(len(found), len(parts))
        return [found[number] for number in range(len(parts))]

    @contextmanager
    def _client(self) -> Iterator["Client"]:
        """A connection to the scheduler, closed at the end."""
        if not _ADDRESS.fullmatch(self.address):
            raise BadInput(
                f"--dask takes a scheduler's address such as tcp://host:8786, not {self.address!r}."
            )
        try:
            import dask

            # It says on stderr what is said here in a sentence.
            silent = dict.fromkeys(("distributed", "distributed.client", "asyncio"), "critical")
            dask.config.set(logging=silent)
            from distributed import Client
            from distributed.security import Security
        except ImportError:
            raise MissingPart(
                "--dask needs the package distributed: pip install -r requirements-dask.txt."
            ) from None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that differ a little
            try:
                if (
                    self.address.startswith("tls:")
                    and not Security().get_connection_args("client")["ssl_context"]
                ):
                    raise BadInput("A tls:// address needs the certificates that Dask’s own settings name.")
                client = Client(self.address, timeout=self.patience, set_as_default=False)
            except ImportError:
                raise NoAnswer(
                    f"The Dask scheduler at {self.address} has other versions of what both need: install "
                    "requirements-dask.txt there too."
                ) from None
            except OSError:
                raise NoAnswer(
                    f"There is no Dask scheduler at {self.address} that answers: start one (dask scheduler) or give "
                    "its address."
                ) from None
            with client:
                yield client

    def _threads(self, client: "Client") -> int:
        """How many threads there are to work, once there is one."""
        try:
            client.wait_for_workers(1, timeout=self.patience)
        except TimeoutError:
            raise self._deserted() from None
        return int(self._identity(client)["total_threads"])

    def _results(self, client: "Client", futures: Sequence["Future[bytes]"]) -> Iterator[tuple[int, Any]]:
        """What the parts gave with their numbers, as they are done."""
        done: SimpleQueue[int] = SimpleQueue()

        def note(number: int, _future: "Future[bytes]") -> None:
            done.put(number)

        for number, future in enumerate(futures):
            future.add_done_callback(partial(note, number))
        left, seen = len(futures), monotonic()
        while left:
            try:
                number = done.get(timeout=_LOOK)
            except Empty:
                seen = self._seen(client, seen)
                continue
            data = self._gathered(futures[number])
            if data is None:
                done.put(number)
                seen = self._seen(client, seen)
                continue
            answer = unpacked(data)
            if answer.refusal:
                raise BadInput(answer.refusal)
            futures[number].release()  # or it would be done again if its worker died now
            yield number, answer.result
            left, seen = left - 1, monotonic()

    def _gathered(self, future: "Future[bytes]") -> bytes | None:
        """What a part gave; None where that was lost with its worker, and is being made again."""
        from distributed import CancelledError, KilledWorker

        try:
            data: bytes = future.result(timeout=_LOOK)
            return data
        except TimeoutError:
            return None
        except (CancelledError, OSError):
            raise self._gone() from None
        except KilledWorker:
            raise NoAnswer(
                f"One part of the work was given up by {self.address}: every worker that took it died, perhaps for "
                "want of memory."
            ) from None
        except ImportError as missing:
            lacks = "Tarkka" if missing.name and missing.name.startswith("review") else f"“{missing.name}”"
            raise NoAnswer(
                f"A worker of {self.address} lacks {lacks}: start each with the requirements installed and with "
                "PYTHONPATH naming Tarkka’s folder."
            ) from None

    def _seen(self, client: "Client", seen: float) -> float:
        """When a worker was last there, which is now or at most our patience ago."""
        if self._identity(client)["n_workers"]:
            return monotonic()
        if monotonic() - seen > self.patience:
            raise self._deserted()
        return seen

    def _identity(self, client: "Client") -> dict[str, Any]:
        """What the scheduler says of itself."""
        if client.status != "running":
            raise self._gone()
        try:
            told: dict[str, Any] = client.sync(
                client.scheduler.identity, n_workers=0, callback_timeout=self.patience
            )
        except (TimeoutError, OSError):
            raise self._gone() from None
        return told

    def _gone(self) -> NoAnswer:
        return NoAnswer(
            f"The Dask scheduler at {self.address} is gone: what was done is lost; start it again."
        )

    def _deserted(self) -> NoAnswer:
        return NoAnswer(
            f"The Dask scheduler at {self.address} has no worker, and none came in {self.patience:g} seconds: start "
            f"one (dask worker {self.address})."
        )
