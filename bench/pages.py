"""The pages of large batches over HTTP, beside bare Flask returning a static page of the same size.

usage: python bench/pages.py SETS FOLDER [SEGMENTS …]

SETS holds folders with source.fi, reference.en and sys.NAME.en; their lines are shuffled and repeated up to each
number of segments. FOLDER keeps the instances, so that a second run need not make them again.
"""

import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import print_table  # noqa: E402
from review.settings import Settings  # noqa: E402

_REQUESTS, _WARM_UP, _AT_A_TIME = 500, 50, 25
_SIZES = (1_000, 100_000)


def main() -> None:
    sets, folder = Path(sys.argv[1]), Path(sys.argv[2])
    sizes = [int(size) for size in sys.argv[3:]] or _SIZES
    rows, first = [], {}
    for size in sizes:
        instance = folder / str(size)
        if not instance.exists():
            make_instance(instance, list(texts_of(sets, size)))
        used = instance.with_name(f"{size}.used")  # saves change it, and each run is to find the same
        shutil.rmtree(used, ignore_errors=True)
        shutil.copytree(instance, used)
        with _serving("app", used) as tarkka:
            length = len(tarkka.get(f"/batches/1/segments/{size // 2}"))
            with _serving("bare", used, length) as bare:
                measured = _measured(tarkka, bare, size)
        for name, (seconds, against) in measured.items():
            first.setdefault(name, seconds)
            rows.append(
                [
                    f"{size:,}",
                    name,
                    f"{1000 * seconds:.2f}",
                    f"{1000 * against:.2f}",
                    f"{seconds / against:.1f}",
                    f"{seconds / first[name]:.2f}",
                ]
            )
    header = ["segments", "page", "ms", "bare ms", "times bare", f"times the same at {sizes[0]:,}"]
    print_table(
        f"Pages over HTTP, medians of {_REQUESTS} requests, the bare ones in turn with them", header, rows
    )


def _measured(tarkka: "Visitor", bare: "Visitor", size: int) -> dict[str, tuple[float, ...]]:
    """The median of each kind of request, each time at another segment, and of the bare one beside it."""
    numbers = random.Random(5).sample(range(1, size + 1), min(size, _REQUESTS + _WARM_UP))
    turns = {name: _cycle(numbers) for name in ("open", "save", "next", "check")}
    long = "A long paragraph of a news article is typed here. " * 20
    saves = iter(range(10**9))

    def segment(turn: Iterator[int]) -> str:
        return f"/batches/1/segments/{next(turn)}"

    def in_order() -> str:
        return f"/batches/1/segments/{1 + next(saves) % size}"

    def save(path: str) -> None:
        tarkka.save(path, f"A text corrected for the {next(saves)}th time, as people do.")

    def check() -> None:
        typed = f"{long}{next(saves)}"  # another text each time, as when somebody types
        tarkka.post(f"/batches/1/segments/{size // 2}/check", {"text": typed, "system": "1"})

    def bare_get() -> None:
        bare.get("/")

    def bare_post() -> None:
        bare.post("/", {"text": "x" * 300}, 303)

    return {
        "open a segment": _medians(lambda: tarkka.get(segment(turns["open"])), bare_get),
        "save, one segment after the other": _medians(lambda: save(in_order()), bare_post),
        "save, anywhere": _medians(lambda: save(segment(turns["save"])), bare_post),
        "check while typing": _medians(check, bare_post),
        "open under a filter": _medians(
            lambda: tarkka.get(segment(turns["next"]) + "?show=flagged"), bare_get
        ),
        "batch page": _medians(lambda: tarkka.get("/batches/1"), bare_get),
        "batch page, flagged, by gain": _medians(
            lambda: tarkka.get("/batches/1?show=flagged&order=gain"), bare_get
        ),
    }


def _cycle(numbers: list[int]) -> Iterator[int]:
    while True:
        yield from numbers


def _medians(*visits: Callable[[], object]) -> tuple[float, ...]:
    """The median of each, made in turn some at a time, so that whatever else the machine does meets them all."""
    spent: list[list[float]] = [[] for _ in visits]
    for done in range(0, _WARM_UP + _REQUESTS, _AT_A_TIME):
        for visit, times in zip(visits, spent, strict=True):
            for _ in range(_AT_A_TIME):
                started = time.perf_counter()
                visit()
                if done >= _WARM_UP:
                    times.append(time.perf_counter() - started)
    return tuple(map(statistics.median, spent))


class Visitor:
    """A browser that keeps its connection."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self.connection = HTTPConnection("127.0.0.1", port)
        self.connection.connect()
        self.headers: dict[str, str] = {"Origin": self.origin}
        self.versions: dict[str, int] = {}
        self.token = ""

    def get(self, path: str) -> str:
        return self._ask("GET", path, None, 200)

    def post(self, path: str, fields: dict[str, str], status: int = 200) -> str:
        return self._ask("POST", path, urlencode(fields | {"csrf_token": self.token}), status)

    def save(self, path: str, text: str) -> None:
        """Save another text, as the form of the page would."""
        version = self.versions.get(path, 0)
        self.versions[path] = version + 1
        fields = {"text": text, "version": str(version), "system": "1", "token": f"{version}-{text}"[:60]}
        self.post(path, fields, 303)

    def sign_in(self) -> None:
        """Have a session of a reviewer, and the token that its forms carry."""
        for _ in range(2):
            found = re.search(r'name="csrf-token" content="([^"]+)"', self.get("/"))
            self.token = found.group(1) if found else ""
            self.post("/sureness", {"confidence": "70", "to": "/"}, 303)

    def _ask(self, method: str, path: str, body: str | None, status: int) -> str:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.connection.request(method, path, body, {**self.headers, **kind})
        answer = self.connection.getresponse()
        if cookie := answer.getheader("Set-Cookie"):
            self.headers["Cookie"] = cookie.partition(";")[0]
        page = answer.read().decode()
        if answer.status != status:
            raise SystemExit(f"{method} {path}: {answer.status} {page[:300]}")
        return page


@contextmanager
def _serving(kind: str, instance: Path, length: int = 0) -> Iterator[Visitor]:
    """A server process of its own: the application, or bare Flask with a page of some length."""
    command = [sys.executable, __file__, "--serve", kind, str(instance), str(length)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            visitor = Visitor(int(process.stdout.readline()))
            if kind == "app":
                visitor.sign_in()
            yield visitor
        finally:
            process.terminate()


def _serve(kind: str, instance: Path, length: int) -> None:
    from waitress import create_server  # type: ignore[import-untyped]

    from review.serving import THREADS

    server = create_server(_app(instance) if kind == "app" else _bare(length), port=0, threads=THREADS)
    print(server.effective_port, flush=True)
    server.run()


def _app(instance: Path):  # type: ignore[no-untyped-def]
    from app import create_app

    return create_app(Settings(instance=instance, model="none"))


def _bare(length: int):  # type: ignore[no-untyped-def]
    from flask import Flask, redirect

    bare, page = Flask("bare"), "x" * length
    bare.add_url_rule("/", view_func=lambda: page)
    bare.add_url_rule("/", "save", view_func=lambda: redirect("/", 303), methods=["POST"])
    return bare


def texts_of(sets: Path, size: int) -> Iterator[tuple[str, str, str]]:
    """Hypothesis, source and reference of so many segments, in an order of chance."""
    lines = [
        triple
        for folder in sorted(sets.iterdir())
        if folder.is_dir()
        for system in sorted(folder.glob("sys.*.en"))
        for triple in zip(*map(_lines, (system, folder / "source.fi", folder / "reference.en")), strict=True)
    ]
    chance = random.Random(7)
    while size > 0:
        chance.shuffle(lines)
        yield from lines[:size]
        size -= len(lines)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")[:-1]


def make_instance(instance: Path, texts: list[tuple[str, str, str]]) -> None:
    """An instance with one batch, its flags stored."""
    from review.model import SegmentTexts
    from review.store import adding
    from tests.doing import flag_batch

    engine = _app(instance).extensions["tarkka"].engine
    new = adding.NewBatch(
        name="Large",
        source_lang="fi",
        target_lang="en",
        format="lines",
        bounded=False,
        systems=("one",),
        skeletons=({},),
        segments=[SegmentTexts((text,), source, (reference,)) for text, source, reference in texts],
        created_by=1,
    )
    flag_batch(engine, adding.add_batch(engine, new))
    engine.dispose()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        _serve(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
