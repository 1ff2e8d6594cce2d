"""Files read once in a process, however many parts of them it does: kept while they stay as they are."""

import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, Protocol, TypeVar

T = TypeVar("T")
Held = TypeVar("Held", covariant=True)

_MOST = 2  # readings that are kept: they hold all texts of their files
_lock = Lock()
_kept: OrderedDict[Hashable, Any] = OrderedDict()


class Readable(Hashable, Protocol[Held]):
    """Files that make one whole, told by their paths."""

    def paths(self) -> Sequence[Path]:
        """All of them."""
        ...

    def read(self) -> Held:
        """What they hold; BadInput names the one that is wrong."""
        ...


class Stamp(NamedTuple):
    """What tells that a file is still the one that it was; a size of -1 that there is none."""

    path: Path
    size: int
    changed: int


class Content(NamedTuple):
    """What a file holds, so that two machines can tell whether they see the same."""

    path: Path
    size: int
    digest: str


def read_once(files: Readable[T]) -> T:
    """What the files hold: read anew only if one of them has changed since, or others were read in between."""
    with _lock:
        key = (files, *(stamp_of(path) for path in files.paths()))
        if key not in _kept:
            while len(_kept) >= _MOST:
                _kept.popitem(last=False)
            _kept[key] = files.read()
        _kept.move_to_end(key)
        found: T = _kept[key]
        return found


def stamp_of(path: Path) -> Stamp:
    """The file's size, and when it was changed."""
    try:
        stat = path.stat()
    except OSError:
        return Stamp(path, -1, 0)
    return Stamp(path, stat.st_size, stat.st_mtime_ns)


def content_of(path: Path) -> Content:
    """The file's size and digest; read anew only once it has changed."""
    return _content(stamp_of(path))


@lru_cache(maxsize=1024)
def _content(stamp: Stamp) -> Content:
    if stamp.size < 0:
        return Content(stamp.path, -1, "")
    try:
        with stamp.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16))
    except OSError:
        return Content(stamp.path, -1, "")
    return Content(stamp.path, stamp.size, digest.hexdigest())
