"""Keeps an upload aside: for a question about it, or for a job. Nothing here is a batch yet."""

import json
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from secrets import token_hex
from typing import Any

from review.errors import NotFound
from review.formats.guard import LIKELY_ENCODINGS
from review.settings import Settings
from review.work.intake import Given

KEPT = 24 * 3600  # seconds
_SHOWN = 400  # bytes of a preview
_GONE = "The uploaded files are no longer kept: choose them again."


def folder_of(settings: Settings) -> Path:
    """Where uploads are kept aside."""
    return settings.instance / "staging"


@dataclass(frozen=True, slots=True)
class Preview:
    """How the doubtful place of a file reads in an encoding."""

    encoding: str
    text: str


def stage(folder: Path, files: Iterable[tuple[str, Given]]) -> str:
    """Keep the files (form field, file) under a name of our own; the token that finds them again."""
    forget_old(folder)
    token = token_hex(16)
    place = folder / token
    place.mkdir(parents=True)
    for index, (field, given) in enumerate(files):
        given.stream.seek(0)
        with (place / f"{index:03}").open("wb") as kept:
            shutil.copyfileobj(given.stream, kept)
        (place / f"{index:03}.label").write_text(f"{field}\n{given.name}", encoding="utf-8")
    return token


@contextmanager
def staged(folder: Path, token: str) -> Iterator[list[tuple[str, Given]]]:
    """The files kept under a token, open; NotFound when they are gone."""
    labels = sorted(_place(folder, token).glob("*.label"))
    if not labels:
        raise NotFound(_GONE)
    with ExitStack() as stack:
        files = []
        for label in labels:
            field, _, name = label.read_text(encoding="utf-8").partition("\n")
            files.append((field, Given(name, stack.enter_context(label.with_suffix("").open("rb")))))
        yield files


def names(folder: Path, token: str) -> list[str]:
    """What the files that are kept under a token are called."""
    labels = sorted(_place(folder, token).glob("*.label"))
    return [label.read_text(encoding="utf-8").partition("\n")[2] for label in labels]


def note(folder: Path, token: str, name: str, said: Mapping[str, Any]) -> None:
    """Write something down beside the files that are kept under a token, whole or not at all."""
    place = _place(folder, token)
    beside = place / f"{name}.{token_hex(4)}.part"
    beside.write_text(json.dumps(said), encoding="utf-8")
    beside.replace(place / f"{name}.json")


def noted(folder: Path, token: str, name: str) -> dict[str, Any]:
    """What was written down there; NotFound where nothing was."""
    file = _place(folder, token) / f"{name}.json"
    if not file.exists():
        raise NotFound(_GONE)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def noted_at(folder: Path, token: str, name: str) -> float:
    """When that was written down, in seconds since 1970; never, as it were, where it is gone."""
    try:
        return (_place(folder, token) / f"{name}.json").stat().st_mtime
    except FileNotFoundError:
        return time.time()


@contextmanager
def locked(folder: Path, token: str) -> Iterator[bool]:
    """Whether nobody else works on what is kept under a token; nobody else will until the end.

    The system holds the lock for the process, and lets it go with it.
    """
    place = os.open(_place(folder, token), os.O_RDONLY)
    try:
        flock(place, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        mine = False
    else:
        mine = True
    try:
        yield mine
    finally:
        os.close(place)


def tokens_with(folder: Path, name: str) -> list[str]:
    """The tokens under which something of that name was written down."""
    return sorted(file.parent.name for file in folder.glob(f"*/{name}.json"))


def drop_files(folder: Path, token: str) -> None:
    """Remove the files that are kept under a token; what was written down stays for a day."""
    for label in _place(folder, token).glob("*.label"):
        label.with_suffix("").unlink(missing_ok=True)
        label.unlink(missing_ok=True)


def _place(folder: Path, token: str) -> Path:
    place = folder / token
    if not re.fullmatch(r"[0-9a-f]{32}", token) or not place.is_dir():
        raise NotFound(_GONE)
    return place


def forget(folder: Path, token: str) -> None:
    """Remove what is kept under a token."""
    if re.fullmatch(r"[0-9a-f]{32}", token):
        shutil.rmtree(folder / token, ignore_errors=True)


def previews(data: bytes) -> list[Preview]:
    """How the first bytes that are not UTF-8 read, with what stands around them, in likely encodings."""
    try:
        data.decode("utf-8")
        at = 0
    except UnicodeDecodeError as error:
        at = error.start
    begin = data.rfind(b"\n", 0, at) + 1
    begin = max(begin, at - _SHOWN // 2)
    piece = data[begin : begin + _SHOWN]
    shown = []
    for encoding in LIKELY_ENCODINGS:
        try:
            shown.append(Preview(encoding, piece.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return shown


def forget_old(folder: Path) -> None:
    """Remove what has been kept for a day."""
    if folder.is_dir():
        for place in folder.iterdir():
            if place.stat().st_mtime < time.time() - KEPT:
                shutil.rmtree(place, ignore_errors=True)
