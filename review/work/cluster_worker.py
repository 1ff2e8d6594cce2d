"""What a worker of a Dask cluster does: its part, once it is sure to see what whoever sent it sees."""

import hashlib
import pickle
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from review.errors import TarkkaError
from review.work.parts import Part, Work
from review.work.reading_once import Content, content_of

_ROOT = Path(__file__).parents[2]
_CODE = ("review", "corpora/names")  # all that a result depends on, besides the libraries
# Python does one thing at a time, and parts that are done at once would only wait for each other.
_one_at_a_time = Lock()


class Answer(NamedTuple):
    """What a part gave, or why it was not done."""

    result: Any = None
    refusal: str = ""


class Errand:
    """A part of work as it is sent: bytes that become their answer where they are unpickled.

    So only a worker needs to have Tarkka, the scheduler does not, and nothing of the work is looked at before it is
    known that both are of one version.
    """

    def __init__(self, work: Work[Any], part: Part, contents: Sequence[Content]) -> None:
        self.sent = pickle.dumps((work, part, contents))

    def __reduce__(self) -> tuple[Any, ...]:
        return answered, (version(), self.sent)


def answered(theirs: str, sent: bytes) -> bytes:
    """The answer, packed."""
    with _one_at_a_time:
        answer = _answer(theirs, sent)
    return zlib.compress(pickle.dumps(answer), level=1)


def unpacked(data: bytes) -> Answer:
    """An answer as it was before it was packed."""
    answer: Answer = pickle.loads(zlib.decompress(data))
    return answer


@lru_cache(maxsize=1)
def version() -> str:
    """A digest of this Tarkka, as it was when the process began to work."""
    digest = hashlib.blake2b(digest_size=16)
    for folder in _CODE:
        for file in sorted((_ROOT / folder).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(_ROOT).as_posix()} {file.stat().st_size}\n".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _answer(theirs: str, sent: bytes) -> Answer:
    if theirs != version():
        return Answer(
            refusal=f"{_here()} has another version of Tarkka than this machine: bring both to the same."
        )
    work, part, contents = pickle.loads(sent)
    try:
        different = _difference(work, contents)
        return Answer(refusal=different) if different else Answer(work.do(part))
    except (TarkkaError, OSError) as error:
        return Answer(refusal=f"{_here()}: {error}")


def _difference(work: Work[Any], contents: Sequence[Content]) -> str:
    """What this machine sees in another way than the one that sent the work; "" where it is the same."""
    for theirs in contents:
        ours = content_of(theirs.path)
        if ours.size < 0 <= theirs.size:
            return (
                f"{_here()} does not see {theirs.path}: the files must lie at the same path on all machines."
            )
        if ours != theirs:
            return (
                f"{_here()} sees another content at {theirs.path} than this machine: both must see the same."
            )
    more = sorted(set(work.paths()) - {theirs.path for theirs in contents})
    return f"{_here()} sees {more[0]}, which this machine does not: both must see the same." if more else ""


def _here() -> str:
    from distributed import get_worker

    return f"The worker {get_worker().address}"
