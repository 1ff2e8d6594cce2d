"""Work that a Dask cluster does gives what one process gives; a worker that sees other things is named."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import DEMO, ROOT
from tests.dask_cluster import DaskCluster, dask_cluster
from tests.test_cli import refused, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    folder = tmp_path_factory.mktemp("dask")
    (folder / "elsewhere").mkdir()
    with dask_cluster(folder / "cluster") as cluster:
        cluster.add_worker(cwd=folder / "elsewhere")
        yield cluster


def test_flags(cluster: DaskCluster, tmp_path: Path) -> None:
    documents = tmp_path / "documents.txt"
    documents.write_text("".join(f"{n // 3}\n" for n in range(24)), encoding="utf-8")
    files = ["--hypothesis", "sys.north.en", "--source", "source.fi", "--documents", documents]
    one, shared = (
        run("flag", *files, "--format", "jsonl", *way, cwd=DEMO) for way in ([], ["--dask", cluster.address])
    )
    assert one.stdout.count("\n") > 10
    assert (shared.stdout, shared.stderr, shared.returncode) == (one.stdout, "", 1)


def test_scores(cluster: DaskCluster, tmp_path: Path) -> None:
    for name in ("reference.en", "sys.north.en", "sys.south.en"):
        (tmp_path / name).write_bytes((DEMO / name).read_bytes() * 30)
    files = ["--reference", "reference.en", *(f"--system=sys.{name}.en" for name in ("north", "south"))]
    metrics = [f"--metric={name}" for name in ("bleu", "chrf", "chrf++", "ter")]
    one, shared = (
        run("score", *files, *metrics, "--bootstrap", "200", "--json", *way, cwd=tmp_path)
        for way in ([], ["--dask", cluster.address])
    )
    assert one.returncode == 0
    assert (shared.stdout, shared.stderr, shared.returncode) == (one.stdout, "", 0)


@pytest.mark.parametrize(
    ("theirs", "sentence"),
    [
        (None, "does not see /proc/self/cwd/"),
        ("Another text.\n", "sees another content at /proc/self/cwd/"),
    ],
)
def test_a_worker_that_sees_other_files_is_named(
    cluster: DaskCluster, tmp_path: Path, theirs: str | None, sentence: str
) -> None:
    """Its working folder stands for another machine: below /proc/self/cwd each process sees its own."""
    name = f"{theirs is None}.txt"
    (tmp_path / name).write_text("Borrell met Lavrovin.\n", encoding="utf-8")
    if theirs is not None:
        (cluster.folder.parent / "elsewhere" / name).write_text(theirs, encoding="utf-8")
    told = run("flag", f"/proc/self/cwd/{name}", "--dask", cluster.address, cwd=tmp_path)
    assert refused(told, sentence)
    assert told.stderr.startswith("tarkka: The worker tcp://")
    assert told.stdout == ""


def test_a_worker_reads_again_what_has_changed(cluster: DaskCluster, tmp_path: Path) -> None:
    for text in ("Borrell met Lavrov.\n\nThen Lavrovin said so.\n", "Nothing is wrong here.\n"):
        for folder in (tmp_path, cluster.folder.parent / "elsewhere"):
            (folder / "changing.txt").write_text(text, encoding="utf-8")
        one, shared = (
            run("flag", "/proc/self/cwd/changing.txt", *way, cwd=tmp_path)
            for way in ([], ["--dask", cluster.address])
        )
        assert (shared.stdout, shared.returncode) == (one.stdout, one.returncode)
    assert one.returncode == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--dask", "nowhere"], "--dask takes a scheduler's address such as tcp://host:8786, not 'nowhere'."),
        (["--dask", "http://127.0.0.1:1"], "--dask takes a scheduler's address"),
        (["--dask", "tcp://127.0.0.1:1", "--jobs", "2"], "Give either --jobs or --dask, not both."),
    ],
)
def test_what_is_no_address_is_refused(tmp_path: Path, options: list[str], sentence: str) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Borrell met Lavrovin.\n", encoding="utf-8")
    assert refused(run("flag", article, *options), sentence)


def test_without_the_package_that_is_told(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Borrell met Lavrovin.\n", encoding="utf-8")
    program = "import sys; sys.modules['distributed'] = None; from review.cli import main; main()"
    command = [sys.executable, "-c", program, "flag", str(article), "--dask", "tcp://127.0.0.1:1"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert refused(told, "--dask needs the package distributed: pip install -r requirements-dask.txt.")


def test_a_file_or_batch_is_not_shared_out() -> None:
    assert refused(
        run("score", "1", "--dask", "tcp://127.0.0.1:1"), "--dask goes with --reference and --system."
    )
