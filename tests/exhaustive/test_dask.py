"""What a Dask cluster does under what can happen to it, on real translations: the same result, or one sentence."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, shared
from tests.dask_cluster import DaskCluster, dask_cluster
from tests.running import wait_until
from tests.test_cli import refused, run

pytestmark = pytest.mark.exhaustive

METRICS = [f"--metric={name}" for name in ("bleu", "chrf", "chrf++", "ter")]
Arguments = list[str | Path]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path / "cluster") as cluster:
        yield cluster


@pytest.fixture(scope="module")
def flagging(tmp_path_factory: pytest.TempPathFactory) -> Arguments:
    """Flags of 9,000 real segments in documents of fifteen."""
    return _flagging(tmp_path_factory.mktemp("news"), 3)


@pytest.fixture(scope="module")
def long_flagging(tmp_path_factory: pytest.TempPathFactory) -> Arguments:
    """Of 30,000: far from done once some of it is."""
    return _flagging(tmp_path_factory.mktemp("long-news"), 10)


def _flagging(folder: Path, times: int) -> Arguments:
    news, documents = shared("data/fi-en/newstest2018"), folder / "documents.txt"
    documents.write_text("".join(f"{n // 15}\n" for n in range(3000 * times)), encoding="utf-8")
    for name in ("sys.google.en", "source.fi"):
        (folder / name).write_bytes((news / name).read_bytes() * times)
    files: Arguments = ["--hypothesis", folder / "sys.google.en", "--source", folder / "source.fi"]
    return ["flag", *files, "--source-lang", "fi", "--documents", documents, "--format", "jsonl"]


@pytest.fixture(scope="module")
def scoring(tmp_path_factory: pytest.TempPathFactory) -> Arguments:
    """Scores of two real systems, each of their 3,000 segments four times: long enough to be killed half-way."""
    news, folder = shared("data/fi-en/newstest2018"), tmp_path_factory.mktemp("long")
    for name in ("reference.en", "sys.google.en", "sys.bergamot-tiny.en"):
        (folder / name).write_bytes((news / name).read_bytes() * 4)
    systems = [f"--system={folder / f'sys.{name}.en'}" for name in ("google", "bergamot-tiny")]
    return [
        "score",
        "--reference",
        folder / "reference.en",
        *systems,
        *METRICS,
        "--bootstrap",
        "100",
        "--json",
    ]


@pytest.mark.parametrize("asked", ["flagging", "scoring"])
def test_a_worker_killed_half_way_changes_nothing(
    cluster: DaskCluster, asked: str, request: pytest.FixtureRequest
) -> None:
    arguments: Arguments = request.getfixturevalue(asked)
    one = run(*arguments)
    victim, _ = cluster.add_worker(), cluster.add_worker()
    shared_out = _started(cluster, arguments)
    _wait_until_part_is_done(cluster)
    cluster.kill(victim)
    assert shared_out.poll() is None, "it was done before the worker was killed"
    out, told = shared_out.communicate(timeout=300)
    assert cluster.count("workers") == 1
    assert (out, told, shared_out.returncode) == (one.stdout, "", one.returncode)
    assert len(out) > 1000


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (lambda cluster: [cluster.kill(process) for process in cluster.processes[1:]], "has no worker"),
        (lambda cluster: cluster.kill(cluster.scheduler), "is gone"),
    ],
)
def test_when_nobody_is_left_that_is_told(
    cluster: DaskCluster, long_flagging: Arguments, end: Callable[[DaskCluster], object], sentence: str
) -> None:
    cluster.add_worker()
    cluster.add_worker()
    asked = _started(cluster, long_flagging)
    _wait_until_part_is_done(cluster)
    end(cluster)
    out, told = asked.communicate(timeout=120)
    assert (out, asked.returncode, told.count("\n")) == ("", 2, 1), told
    assert f"tarkka: The Dask scheduler at {cluster.address} {sentence}" in told


def test_a_part_that_no_worker_survives_is_told(long_flagging: Arguments, tmp_path: Path) -> None:
    """Here a part is given up once it has cost one worker."""
    with dask_cluster(tmp_path / "cluster", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as cluster:
        victim, _ = cluster.add_worker(), cluster.add_worker()
        asked = _started(cluster, long_flagging)
        _wait_until_part_is_done(cluster)
        cluster.kill(victim)
        out, told = asked.communicate(timeout=120)
    assert (out, asked.returncode, told.count("\n")) == ("", 2, 1), told
    assert f"One part of the work was given up by {cluster.address}" in told


def test_an_interrupted_command_leaves_nothing_to_do(cluster: DaskCluster, long_flagging: Arguments) -> None:
    cluster.add_worker()
    asked = _started(cluster, long_flagging)
    _wait_until_part_is_done(cluster)
    asked.send_signal(signal.SIGINT)
    out, told = asked.communicate(timeout=60)
    assert (out, told.split()) == ("", ["Aborted!"])
    wait_until(lambda: cluster.count("tasks") == 0)


def test_a_scheduler_without_workers(cluster: DaskCluster) -> None:
    assert refused(
        run("flag", _article(cluster), "--dask", cluster.address), "has no worker, and none came in 20 s"
    )


def test_no_scheduler(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Borrell met Lavrovin.\n", encoding="utf-8")
    assert refused(
        run("flag", article, "--dask", "tcp://127.0.0.1:1"), "There is no Dask scheduler at tcp://127.0.0.1:1"
    )


def test_a_worker_without_tarkka(cluster: DaskCluster) -> None:
    cluster.add_worker(tarkka=None)
    assert refused(run("flag", _article(cluster), "--dask", cluster.address), "lacks Tarkka: start each with")


def test_a_worker_with_another_tarkka(cluster: DaskCluster, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for folder in ("review", "corpora/names"):
        shutil.copytree(ROOT / folder, other / folder, ignore=shutil.ignore_patterns("__pycache__"))
    cluster.add_worker(tarkka=other)
    article = _article(cluster)
    assert run("flag", article, "--dask", cluster.address).returncode == 1
    changed = other / "review" / "text.py"
    changed.write_text(changed.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    cluster.kill(cluster.processes[-1])
    wait_until(lambda: cluster.count("workers") == 0)
    cluster.add_worker(tarkka=other)
    told = run("flag", article, "--dask", cluster.address)
    assert refused(told, "has another version of Tarkka than this machine")


def _article(cluster: DaskCluster) -> Path:
    article = cluster.folder / "article.txt"
    article.write_text("Borrell met Lavrov.\n\nThen Lavrovin said so.\n", encoding="utf-8")
    return article


def _started(cluster: DaskCluster, arguments: Arguments) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "review", *map(str, arguments), "--dask", cluster.address]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def _wait_until_part_is_done(cluster: DaskCluster) -> None:
    """Some parts are gathered and forgotten, others are still to be done."""
    wait_until(lambda: cluster.count("tasks") > 8)
    all_of_them = cluster.count("tasks")
    wait_until(lambda: cluster.count("tasks") <= all_of_them - 8)
