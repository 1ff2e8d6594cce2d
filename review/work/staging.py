"""Keeps an upload aside while a person chooses its encoding. Nothing here is a batch yet."""

import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from review.errors import NotFound
from review.formats.guard import LIKELY_ENCODINGS
from review.work.intake import Given

_KEPT = 24 * 3600  # seconds
_SHOWN = 400  # bytes of a preview


@dataclass(frozen=True, slots=True)
class Preview:
    """How the doubtful place of a file reads in an encoding."""

    encoding: str
    text: str


def stage(folder: Path, files: Iterable[tuple[str, Given]]) -> str:
    """Keep the files (form field, file) under a name of our own; the token that finds them again."""
    _forget_old(folder)
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
    place = folder / token
    if not re.fullmatch(r"[0-9a-f]{32}", token) or not place.is_dir():
        raise NotFound("The uploaded files are no longer kept: choose them again.")
    with ExitStack() as stack:
        files = []
        for label in sorted(place.glob("*.label")):
            field, _, name = label.read_text(encoding="utf-8").partition("\n")
            files.append((field, Given(name, stack.enter_context(label.with_suffix("").open("rb")))))
        yield files


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


def _forget_old(folder: Path) -> None:
    if folder.is_dir():
        for place in folder.iterdir():
            if place.stat().st_mtime < time.time() - _KEPT:
                shutil.rmtree(place, ignore_errors=True)
