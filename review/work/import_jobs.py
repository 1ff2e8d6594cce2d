"""Imports of large uploads: a job each, which can be cancelled.

Its progress is written down beside the files. It stores piece by piece, and whoever does it again, after a kill or
because it broke off, goes on behind what is stored; nobody sees the batch before it is whole.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from review.errors import BadInput, Busy, NotFound, TarkkaError
from review.store.arriving import discard_arriving, list_forgotten
from review.store.engine import Engine
from review.work import staging
from review.work.importing import Queue
from review.work.intake import Given, Intake

_STATE, _CANCEL, _BROKE_OFF = "state", "cancel", "broke-off"
_ATTEMPTS = 3
Read = Callable[[list[tuple[str, Given]]], Intake]
Import = Callable[[Intake, Callable[[int], None]], int]


@dataclass(frozen=True, slots=True)
class ImportState:
    """How far an import is: waiting, reading, storing, done, failed, broken or cancelled; segments stored, of all.

    `batch` is its batch once it is done; `trouble` says why it failed, which doing it again does not help, or that it
    broke off, which may not happen again.
    """

    state: str
    done: int = 0
    total: int = 0
    batch: int = 0
    trouble: str = ""

    @property
    def runs(self) -> bool:
        return self.state in ("waiting", "reading", "storing")


class _Cancelled(TarkkaError):
    pass


def begin(folder: Path, queue: Queue, token: str) -> None:
    """Hand an import over to the queue; its files are kept under the token."""
    _tell(folder, token, ImportState("waiting"))
    queue.import_upload(token)


def state_of(folder: Path, token: str) -> ImportState:
    """How far an import is; NotFound for a token that has none."""
    return ImportState(**staging.noted(folder, token, _STATE))


def states(folder: Path) -> list[tuple[str, ImportState]]:
    """All imports of the last day by their tokens, and how far each is."""
    found = []
    for token in staging.tokens_with(folder, _STATE):
        with suppress(NotFound):  # forgotten at this moment
            found.append((token, state_of(folder, token)))
    return found


def cancel(folder: Path, queue: Queue, token: str) -> None:
    """Have an import stop and leave nothing behind; one that is done already stays."""
    if state_of(folder, token).runs:
        staging.note(folder, token, _CANCEL, {})
    if state_of(folder, token).state in ("waiting", "broken"):  # a worker only removes what is stored
        _tell(folder, token, ImportState("cancelled"))
        staging.drop_files(folder, token)
        queue.import_upload(token)


def try_again(folder: Path, queue: Queue, token: str) -> None:
    """Have a worker go on with an import that broke off."""
    if state_of(folder, token).state != "broken":
        raise BadInput("This import has not broken off: there is nothing to go on with.")
    staging.note(folder, token, _BROKE_OFF, {"times": 0})
    begin(folder, queue, token)


def unfinished(folder: Path) -> list[str]:
    """The imports that have not come to an end: their worker was killed, or has not begun."""
    return [token for token, state in states(folder) if state.runs]


def stalled(folder: Path, after: timedelta) -> list[str]:
    """Unfinished imports that nobody does and that were not told of for so long; they are told of as waiting now."""
    since = time.time() - after.total_seconds()
    left = []
    for token in unfinished(folder):
        if staging.noted_at(folder, token, _STATE) < since:
            with staging.locked(folder, token) as mine:
                if mine:
                    _tell(folder, token, ImportState("waiting"))
                    left.append(token)
    return left


def forget_old(engine: Engine, queue: Queue, folder: Path) -> None:
    """Forget uploads that have been kept for a day; what is stored of batches so old that are not whole goes too."""
    staging.forget_old(folder)
    for arrival in list_forgotten(engine, timedelta(seconds=staging.KEPT)):
        queue.discard(arrival)


def run_import(engine: Engine, folder: Path, token: str, read: Read, store: Import) -> None:
    """Import what is kept under a token; once it has come to an end its files are gone.

    One whose process was killed has not, and can be run again. One that another process does is left to it.
    """
    with staging.locked(folder, token) as mine:
        if mine and state_of(folder, token).runs:
            _run_import(folder, token, read, store)
        if mine and state_of(folder, token).state in ("cancelled", "failed"):
            discard_arriving(engine, token)


def _run_import(folder: Path, token: str, read: Read, store: Import) -> None:
    try:
        with staging.staged(folder, token) as chosen:
            end = ImportState("done", batch=_import(folder, token, chosen, read, store))
    except _Cancelled:
        end = ImportState("cancelled")
    except Busy:
        _tell(folder, token, ImportState("waiting"))
        raise  # the job is done again
    except TarkkaError as error:
        end = ImportState("failed", trouble=str(error))
    except Exception:  # whatever it is, it may not happen again
        _tell(folder, token, _broken(folder, token))
        raise  # into the log; and the job is done again
    _tell(folder, token, end)
    staging.drop_files(folder, token)


def _broken(folder: Path, token: str) -> ImportState:
    """How an import is that broke off: it waits for another attempt, unless this was the last."""
    known = token in staging.tokens_with(folder, _BROKE_OFF)
    times = 1 + (staging.noted(folder, token, _BROKE_OFF)["times"] if known else 0)
    staging.note(folder, token, _BROKE_OFF, {"times": times})
    if times < _ATTEMPTS:
        return ImportState("waiting")
    now = state_of(folder, token)
    trouble = "It broke off for a reason that the server’s log tells."
    return ImportState("broken", now.done, now.total, trouble=trouble)


def _import(folder: Path, token: str, chosen: list[tuple[str, Given]], read: Read, store: Import) -> int:
    def go_on() -> None:
        if token in staging.tokens_with(folder, _CANCEL):
            raise _Cancelled

    go_on()
    _tell(folder, token, ImportState("reading"))
    intake = read(chosen)
    total = len(intake.parsed.segments)

    def progress(done: int) -> None:
        go_on()
        _tell(folder, token, ImportState("storing", done, total))

    go_on()
    return store(intake, progress)


def _tell(folder: Path, token: str, state: ImportState) -> None:
    staging.note(folder, token, _STATE, asdict(state))
