"""Flags of a batch by one worker process and by two, which share its chunks through the database and the queue.

usage: python bench/batch_workers.py SET_DIR FOLDER [SEGMENTS]
(SET_DIR as for bench/workers.py; FOLDER is made, for the instances)

Wall clock from handing the job over until all flags are stored; the workers run already, and have flagged a small batch.
"""

import os
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import print_table  # noqa: E402
from bench.score import read  # noqa: E402
from review.jobs.queue import JobQueue  # noqa: E402
from review.settings import Settings  # noqa: E402
from review.store.engine import Engine, open_store  # noqa: E402
from review.store.jobs import DONE, get_state  # noqa: E402
from tests.doing import add_lines  # noqa: E402

_SMALL = 200  # segments


def main() -> None:
    sets, folder = Path(sys.argv[1]), Path(sys.argv[2])
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 60_000
    lines = [line for system in sorted(sets.glob("sys.*.en")) for line in read(system)]
    texts = list(islice(cycle(lines), size))
    spent = {count: _seconds(folder / str(count), texts, count) for count in (1, 2)}
    rows = [[str(count), f"{spent[count]:.1f}", f"{spent[1] / spent[count]:.2f} ×"] for count in spent]
    print_table(f"Flags of a batch of {size:,} segments", ["workers", "s", "times one"], rows)


def _seconds(instance: Path, texts: list[str], count: int) -> float:
    settings = Settings(instance=instance, model="none")
    engine = open_store(settings)
    queue = JobQueue(settings, engine)
    environ = {**os.environ, "TARKKA_INSTANCE": str(instance), "TARKKA_MODEL": "none"}
    command = [sys.executable, "-m", "review", "worker"]
    workers = []
    try:
        for _ in range(count):
            workers.append(subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL))
            _flag(queue, engine, add_lines(engine, texts[:_SMALL]), until="deep")
        large = add_lines(engine, texts)
        started = time.perf_counter()
        _flag(queue, engine, large)
        return time.perf_counter() - started
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        engine.dispose()


def _flag(queue: JobQueue, engine: Engine, batch_id: int, until: str = "flags") -> None:
    """Have a batch flagged for the first time, and wait until a job of that kind is done."""
    queue.flag_batch(batch_id)
    while get_state(engine, batch_id, until) != DONE:
        time.sleep(0.05)


if __name__ == "__main__":
    main()
