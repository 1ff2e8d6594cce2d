"""The log: a line for people or one JSON object each, with what it is about.

No text of a segment ever stands in it. Exceptions quote what they failed on (a database the values, a check the
text), so of an exception the log tells types and places alone, and of what libraries say only the place.
"""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from types import MappingProxyType, TracebackType
from typing import Any, TextIO

Facts = Mapping[str, object]

_ROOT = str(Path(__file__).resolve().parent.parent) + "/"
# Whose messages hold no texts: ours, and those of the server and the queue, which know of none.
_SPEAKING = {"review", "waitress", "huey", "alembic"}
_SELDOM = 30.0  # seconds
_NOTHING: Facts = MappingProxyType({})
_about: ContextVar[Facts] = ContextVar("about", default=_NOTHING)

log = logging.getLogger(__name__)


def enter(**facts: object) -> Facts:
    """Have what is logged from now on in this thread tell these facts; gives back those of before."""
    before = _about.get()
    _about.set({**before, **facts})
    return before


def now() -> Facts:
    """The facts that are told now."""
    return _about.get()


def leave(before: Facts) -> None:
    """Have it tell what it did before."""
    _about.set(before)


def facts(**told: object) -> dict[str, Any]:
    """What one line tells besides its message: to be given as its `extra`."""
    return {"facts": told}


def set_up(form: str) -> None:
    """Write the log of this process to standard error as text or as JSON objects."""
    handler = logging.StreamHandler()
    handler.addFilter(_Seldom())
    handler.setFormatter(_Objects() if form == "json" else _Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in ("huey", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    sys.excepthook = _ended
    threading.excepthook = lambda end: _ended(end.exc_type, end.exc_value, end.exc_traceback)
    warnings.showwarning = _warned


def kinds(error: BaseException | None) -> Iterator[str]:
    """The types and places of an exception and of what led to it, newest first; never what it says."""
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame, line in walk_tb(error.__traceback__):
            code = frame.f_code
            yield f"  {code.co_filename.removeprefix(_ROOT)}:{line} in {code.co_name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class _Seldom(logging.Filter):
    """The same trouble of the queue once in a while: a worker asks a queue that is away many times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("huey.consumer"):
            return True
        last = self._told.get(record.msg, 0.0)
        if record.created - last < _SELDOM:
            return False
        self._told[record.msg] = record.created
        return True


class _Lines(logging.Formatter):
    """A line for people: time, level, logger, message, facts; then types and places of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        told = " ".join(f"{name}={value}" for name, value in _facts(record).items())
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {_message(record)}"
        lines = [f"{line} [{told}]" if told else line, *_trouble(record)]
        return "\n".join(lines)


class _Objects(logging.Formatter):
    """A JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, object] = {
            "time": time.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            **_facts(record),
        }
        if trouble := _trouble(record):
            told["error"] = trouble
        return json.dumps(told, ensure_ascii=False)


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {**_about.get(), **getattr(record, "facts", {})}


def _message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in _SPEAKING:
        return f"something that {record.filename}:{record.lineno} says; it might quote a text"
    return record.getMessage().replace("\n", " ")


def _trouble(record: logging.LogRecord) -> list[str]:
    return list(kinds(record.exc_info[1])) if record.exc_info else []


def _ended(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt | SystemExit):
        log.critical("an error that nobody expected ended this", exc_info=(kind, error, trace))


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    log.warning("%s at %s:%d", category.__name__, filename.removeprefix(_ROOT), lineno)
