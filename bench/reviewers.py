"""Fifty people at once on a large batch, and how fast saves are stored beside bare transactions.

usage: python bench/reviewers.py SETS FOLDER [SEGMENTS]

SETS and FOLDER are those of bench/pages.py. Each reviewer opens a segment, thinks for about 20 seconds, saves it and
opens the next one, for two minutes.
"""

import random
import shutil
import sqlite3
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import print_table  # noqa: E402
from bench.pages import make_instance, texts_of  # noqa: E402
from review.model import Status  # noqa: E402
from review.settings import Settings  # noqa: E402
from review.store.corrections import NewCorrection, append_correction  # noqa: E402
from review.store.engine import Engine, open_store  # noqa: E402
from tests.running import Visitor, serving  # noqa: E402

_REVIEWERS, _THINKING, _SECONDS = 50, 20.0, 120.0
_ALONE, _SAVES, _AT_A_TIME = 200, 400, 25
_TEXT = "A text corrected for the {}th time, as people do who read what a machine has written."


def main() -> None:
    sets, folder = Path(sys.argv[1]), Path(sys.argv[2])
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
    instance = folder / str(size)
    if not instance.exists():
        make_instance(instance, list(texts_of(sets, size)))
    used = instance.with_name(f"{size}.used")
    shutil.rmtree(used, ignore_errors=True)
    shutil.copytree(instance, used)
    _storing(used)
    _reviewing(used, size)


def _storing(instance: Path) -> None:
    """The store's function beside a bare insertion, in turn, each a transaction on one connection."""
    engine = open_store(Settings(instance=instance))
    bare = sqlite3.connect(instance / "bare.db", isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE made (text TEXT)"):
        bare.execute(statement)
    save, counted = _saves(engine), iter(range(10**9))

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO made VALUES (?)", (_TEXT.format(next(counted)),))
        bare.execute("COMMIT")

    spent: dict[str, list[float]] = {"store": [], "bare": []}
    for _ in range(_SAVES // _AT_A_TIME):
        for name, work in (("store", save), ("bare", insert)):
            spent[name] += [_timed(work) for _ in range(_AT_A_TIME)]
    each = {name: len(times) / sum(times) for name, times in spent.items()}
    engine.dispose()
    bare.close()
    header = ["saves at synchronous=FULL", "a second", "times bare"]
    rows = [
        ["bare INSERT transactions", f"{each['bare']:,.0f}", "1"],
        [
            "the store's function",
            f"{each['store']:,.0f}",
            f"{each['store'] / each['bare']:.2f} (wanted: 0.2)",
        ],
    ]
    print_table("Saves, one connection", header, rows)


def _saves(engine: Engine) -> Callable[[], None]:
    """Each call corrects another hypothesis through the store's function."""
    with engine.connect() as connection:
        ids = connection.exec_driver_sql(
            "SELECT id FROM hypothesis WHERE version = 0 ORDER BY number LIMIT 1000"
        )
        waiting: Iterator[int] = iter([row.id for row in ids])

    def save() -> None:
        chosen = next(waiting)
        new = NewCorrection(
            hypothesis_id=chosen,
            based_on=0,
            text=_TEXT.format(chosen),
            status=Status.EDITED,
            reviewer_id=1,
            origin="typed",
            seconds=None,
            reference_in_view=False,
            effort=(5.0, 10.0),
            token=f"bench-{chosen}",
            flags=(),
        )
        assert append_correction(engine, new)

    return save


class Reviewer(threading.Thread):
    """Somebody who opens, thinks and saves, in a stretch of the batch of their own."""

    def __init__(self, address: str, number: int, first: int, until: float) -> None:
        super().__init__(daemon=True)
        self.visitor, self.chance = Visitor(address), random.Random(number)
        self.segment, self.until = first, until
        self.opened: list[float] = []
        self.saved: list[float] = []
        self.errors: list[str] = []

    def run(self) -> None:
        time.sleep(self.chance.uniform(0, _THINKING))  # they do not all begin at once
        self._expect(200, self.visitor.get("/batches/1").status)  # their session begins with it
        while time.monotonic() < self.until:
            self.opened.append(_timed(self._open))
            time.sleep(self.chance.uniform(0.5, 1.5) * _THINKING)
            self.saved.append(_timed(self._save))
            self.segment += 1

    def _open(self) -> None:
        self._expect(200, self.visitor.get(self._path()).status)

    def _save(self) -> None:
        self._expect(303, _save(self.visitor, self.segment))

    def _path(self) -> str:
        return f"/batches/1/segments/{self.segment}"

    def _expect(self, wanted: int, status: int) -> None:
        if status != wanted:
            self.errors.append(f"{self._path()}: {status}")


def _reviewing(instance: Path, size: int) -> None:
    server = serving(instance)
    try:
        alone = Visitor(server.address)
        alone.post("/sureness", confidence="70", to="/")
        numbers = random.Random(5).sample(range(1, size + 1), _ALONE)
        in_a_row = statistics.median(_timed_open(alone, n) for n in numbers)
        unloaded = statistics.median(_timed_open(alone, n) for n in _paced(numbers))
        over_http = statistics.median(_timed(lambda n=n: _save(alone, n)) for n in range(size - 100, size))
        until = time.monotonic() + _SECONDS
        stretch = (size - 2_000) // _REVIEWERS
        people = [Reviewer(server.address, n, 1_001 + n * stretch, until) for n in range(_REVIEWERS)]
        for one in people:
            one.start()
        for one in people:
            one.join()
    finally:
        server.stop()
    opened = sorted(seconds for one in people for seconds in one.opened)
    saved = sorted(seconds for one in people for seconds in one.saved)
    errors = [error for one in people for error in one.errors]
    rows = [
        ["open a segment, alone, one after the other", str(_ALONE), f"{1000 * in_a_row:.1f}", "", ""],
        ["open a segment, alone, as often as 50 do", str(_ALONE), f"{1000 * unloaded:.1f}", "", "1"],
        _row("open a segment, 50 reviewers", opened, unloaded, " (wanted: at most 3)"),
        ["save, alone", "100", f"{1000 * over_http:.1f}", "", f"{1 / over_http:,.0f} a second"],
        _row("save, 50 reviewers", saved, over_http, ""),
    ]
    header = ["over HTTP", "requests", "median ms", "95 % within ms", "the latter, times the median alone"]
    print_table(f"{_REVIEWERS} reviewers on {size:,} segments, {len(errors)} errors", header, rows)
    if errors:
        raise SystemExit(errors[0])


def _timed_open(visitor: Visitor, number: int) -> float:
    return _timed(lambda: visitor.get(f"/batches/1/segments/{number}"))


def _paced(numbers: Sequence[int]) -> Iterator[int]:
    """With the pauses that there are between the requests of all reviewers: a machine wakes up from each."""
    for number in numbers:
        time.sleep(_THINKING / (2 * _REVIEWERS))
        yield number


def _save(visitor: Visitor, number: int) -> int:
    fields = {"text": _TEXT.format(number), "version": "0", "system": "1", "token": "t"}
    return visitor.post(f"/batches/1/segments/{number}", **fields).status


def _row(name: str, spent: list[float], alone: float, wanted: str) -> list[str]:
    late = spent[int(0.95 * len(spent))]
    median = statistics.median(spent)
    return [
        name,
        str(len(spent)),
        f"{1000 * median:.1f}",
        f"{1000 * late:.1f}",
        f"{late / alone:.1f}{wanted}",
    ]


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
