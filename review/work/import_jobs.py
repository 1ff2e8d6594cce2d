"""Imports of large uploads: a job each, whose progress is written down beside the files, and which can be cancelled."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from review.errors import Busy, TarkkaError
from review.work import staging
from review.work.importing import Queue
from review.work.intake import Given, Intake

_STATE, _CANCEL = "state", "cancel"
Read = Callable[[list[tuple[str, Given]]], Intake]
Import = Callable[[Intake, Callable[[int], None]], int]


@dataclass(frozen=True, slots=True)
class ImportState:
    """How far an import is: waiting, reading, storing, done, failed or cancelled; segments stored, of all.

    `batch` is its batch once it is done; `trouble` says why it failed.
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
    return [(token, state_of(folder, token)) for token in staging.tokens_with(folder, _STATE)]


def cancel(folder: Path, token: str) -> None:
    """Have an import stop and leave nothing behind; one that is done already stays."""
    if state_of(folder, token).runs:
        staging.note(folder, token, _CANCEL, {})
    if state_of(folder, token).state == "waiting":  # for a worker that need not begin
        _tell(folder, token, ImportState("cancelled"))
        staging.drop_files(folder, token)


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


def run_import(folder: Path, token: str, read: Read, store: Import) -> None:
    """Import what is kept under a token, whole or not at all; once it has come to an end its files are gone.

    One whose process was killed has not, and can be run again. One that another process does is left to it.
    """
    with staging.locked(folder, token) as mine:
        if mine and token in unfinished(folder):
            _run_import(folder, token, read, store)


def _run_import(folder: Path, token: str, read: Read, store: Import) -> None:
    end = ImportState("failed", trouble="It broke off for a reason that the server’s log tells.")
    try:
        with staging.staged(folder, token) as chosen:
            end = ImportState("done", batch=_import(folder, token, chosen, read, store))
    except _Cancelled:
        end = ImportState("cancelled")
    except Busy:
        end = ImportState("waiting")  # the job is done again
        raise
    except TarkkaError as error:
        end = ImportState("failed", trouble=str(error))
    finally:
        _tell(folder, token, end)
        if not end.runs:
            staging.drop_files(folder, token)


def _import(
    folder: Path,
    token: str,
    chosen: list[tuple[str, Given]],
    read: Read,
    store: Import,
) -> int:
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

    progress(0)
    return store(intake, progress)


def _tell(folder: Path, token: str, state: ImportState) -> None:
    staging.note(folder, token, _STATE, asdict(state))
