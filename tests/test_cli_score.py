"""`score` prints what sacreBLEU's own command line prints, and refuses bad input in one sentence."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from review.settings import Settings
from tests.conftest import DEMO, ROOT, Client
from tests.databases import environ_at
from tests.test_cli import refused, run

pytestmark = pytest.mark.slow

REFERENCE, NORTH, SOUTH = (DEMO / name for name in ("reference.en", "sys.north.en", "sys.south.en"))


def score(*args: str | Path) -> Any:
    result = run("score", *args, "--json")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def sacrebleu(*args: str | Path) -> str:
    command = [sys.executable, "-m", "sacrebleu", *map(str, args)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout


Demo = tuple[dict[str, str], str]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Three segments, two systems, with white space that must not end a line."""
    texts = {
        "ref": "The harbour was closed.\r\nIt “rained”\u2028 a lot.\r\n\r\n",
        "one": "Harbour was closed .\nIt rained a lot.\n\n",
        "two": "The harbour is shut.\nThe\x85 rain.\nWhat?\n",
        "short": "The harbour is shut.\n",
        "empty": "",
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "latin").write_bytes("fiancé\n\n\n".encode("latin-1"))
    return {name: tmp_path / name for name in (*texts, "latin")}


OPTIONS = [
    (["--metric", "bleu", "--metric", "chrf", "--metric", "ter"], ["-m", "bleu", "chrf", "ter"]),
    (["--metric", "bleu", "--tokenize", "intl", "--lowercase"], ["-m", "bleu", "-tok", "intl", "-lc"]),
    (["--metric", "bleu", "--tokenize", "char"], ["-m", "bleu", "-tok", "char"]),
    (["--metric", "chrf++", "--lowercase"], ["-m", "chrf", "--chrf-word-order", "2", "--chrf-lowercase"]),
    (
        ["--metric", "ter", "--ter-normalized", "--ter-no-punct", "--ter-asian-support"],
        ["-m", "ter", "--ter-normalized", "--ter-no-punct", "--ter-asian-support"],
    ),
    (["--metric", "ter", "--ter-case-sensitive"], ["-m", "ter", "--ter-case-sensitive"]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("ours", "theirs"), OPTIONS, ids=lambda options: " ".join(options))
@pytest.mark.parametrize("references", [1, 2])
def test_scores_and_signatures(ours: list[str], theirs: list[str], references: int) -> None:
    streams = [REFERENCE, SOUTH][:references]
    found = score(*(arg for file in streams for arg in ("--reference", file)), "--system", NORTH, *ours)
    said = json.loads(sacrebleu(*streams, "-i", NORTH, *theirs, "-w", "12"))
    said = [said] if isinstance(said, dict) else said
    assert found["metrics"] == [{"name": one["name"], "signature": one["signature"]} for one in said]
    (system,) = found["systems"]
    assert system["name"] == "north"
    for one in said:
        cell = system["scores"][one["name"]]
        assert round(cell["score"], 12) == one["score"]
        assert cell == {"score": cell["score"], "mean": None, "ci": None, "p_value": None}


def test_bootstrap() -> None:
    """Of sacreBLEU's output the text table: its JSON fails with chrF on NumPy 2."""
    systems = ["--system", f"n={NORTH}", "--system", SOUTH]
    found = score("--reference", REFERENCE, *systems, "--bootstrap", "150")
    said = sacrebleu(
        *(REFERENCE, "-i", NORTH, SOUTH, "-m", "bleu", "chrf", "ter", "-w", "9", "-f", "text"),
        *("--paired-bs", "--paired-bs-n", "150"),
    )
    cells = re.findall(r"([\d.]+) \(([\d.]+) ± ([\d.]+)\)", said)
    p_values = re.findall(r"\(p = ([\d.]+)\)", said)
    ours = [system["scores"][metric["name"]] for system in found["systems"] for metric in found["metrics"]]
    assert [tuple(f"{cell[key]:.9f}" for key in ("score", "mean", "ci")) for cell in ours] == cells
    assert [cell["p_value"] for cell in ours[:3]] == [None] * 3
    assert [f"{cell['p_value']:.4f}" for cell in ours[3:]] == p_values
    for metric in found["metrics"]:
        assert re.search(f"{metric['name']} +{re.escape(metric['signature'])}\n", said)


def test_approximate_randomisation() -> None:
    systems = ["--system", SOUTH, "--system", NORTH, "--baseline", "north"]
    found = score("--reference", REFERENCE, *systems, "--approximate-randomization", "300")
    said = json.loads(
        sacrebleu(
            *(REFERENCE, "-i", NORTH, SOUTH, "-m", "bleu", "chrf", "ter", "-f", "json"),
            *("--paired-ar", "--paired-ar-n", "300"),
        )
    )
    for system, theirs in zip(found["systems"][::-1], said, strict=True):
        assert system["scores"] == {name: theirs[name] for name in ("BLEU", "chrF2", "TER")}
    assert "|ar:300|seed:12345|" in found["metrics"][0]["signature"]


def test_all_pairs_are_corrected_and_ranked() -> None:
    systems = [arg for name in "abc" for arg in ("--system", f"{name}={NORTH if name == 'b' else SOUTH}")]
    found = score(
        "--reference", REFERENCE, *systems, "--metric", "ter", "--bootstrap", "100", "--pairs", "all"
    )
    pairs = [(one["baseline"], one["system"]) for one in found["comparisons"]]
    assert pairs == [("a", "b"), ("a", "c"), ("b", "c")]
    assert all(one["p_value_holm"] >= one["p_value"] for one in found["comparisons"])
    assert {rank["system"] for rank in found["ranks"]["TER"]} == set("abc")


@pytest.mark.fault(6)
def test_only_a_line_feed_ends_a_segment(files: dict[str, Path]) -> None:
    found = score("--reference", files["ref"], "--system", files["one"], "--system", files["two"])
    assert [system["name"] for system in found["systems"]] == ["one", "two"]


def test_a_table_for_people(files: dict[str, Path]) -> None:
    systems = ["--system", files["one"], "--system", files["two"]]
    result = run("score", "--reference", files["ref"], *systems, "--bootstrap", "50", "--pairs", "all")
    assert result.returncode == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert re.fullmatch(r"system +BLEU \(mean ± 95 %\) +chrF2 \(mean ± 95 %\) +TER \(mean ± 95 %\)", lines[0])
    assert lines[1].startswith("one (baseline)  ")
    assert re.match(r"two +[\d.]+ \([\d.]+ ± [\d.]+\) p [\d.]+, [\d.]+", lines[2])
    assert "Ranks by TER, from raw p-values below 0.05" in lines
    assert lines[-1].startswith("TER: nrefs:1|bs:50|seed:12345|")


def test_too_few_samples_for_so_many_pairs_are_told() -> None:
    systems = [arg for name in "abc" for arg in ("--system", f"{name}={NORTH}")]
    given = ["score", "--reference", REFERENCE, *systems, "--metric", "bleu", "--pairs", "all"]
    told = "After Holm, 59 samples cannot show a difference: take 60 or more."
    assert told in run(*given, "--bootstrap", "59").stdout
    assert "cannot show" not in run(*given, "--bootstrap", "60").stdout


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--reference", "ref", "--system", "short"], "ref has 3 lines, "),
        (["--reference", "ref", "--system", "short"], "short has 1:"),
        (["--reference", "empty", "--system", "empty"], "there is nothing to score"),
        (["--reference", "ref", "--reference", "short", "--system", "one"], "short has 1:"),
        (["--reference", "ref", "--system", "latin"], "--encoding"),
        (["--reference", "ref", "--system", "nowhere"], "cannot be read"),
        (["--reference", "ref"], "at least one --reference FILE and one --system"),
        (["--reference", "ref", "--system", "one", "--system", "one"], "Two systems are named"),
        (["--reference", "ref", "--system", "one", "--baseline", "x"], "There is no system “x”"),
        (["--reference", "ref", "--system", "one", "--approximate-randomization", "9"], "at least two"),
        (["--reference", "ref", "--system", "one", "--pairs", "all"], "needs a test"),
        (
            ["--reference", "ref", "--system", "one", "--bootstrap", "9", "--approximate-randomization", "9"],
            "not both",
        ),
    ],
)
def test_bad_input_is_refused(files: dict[str, Path], args: list[str], sentence: str) -> None:
    folder = files["ref"].parent
    given = [
        folder / arg if args[n - 1] in ("--reference", "--system") and n else arg
        for n, arg in enumerate(args)
    ]
    assert refused(run("score", *given), sentence)


@pytest.mark.fault(8)
def test_another_encoding_can_be_named(files: dict[str, Path]) -> None:
    found = score("--reference", files["ref"], "--system", files["latin"], "--encoding", "latin-1")
    assert found["systems"][0]["scores"]["BLEU"]["score"] == 0


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo corpus as a batch of an instance of its own."""
    environ = environ_at(tmp_path_factory.mktemp("demo") / "instance")
    environ |= {"TARKKA_QUEUE_URL": "immediate:", "TARKKA_MODEL": "none"}
    with pytest.MonkeyPatch.context() as patched:
        for name, value in environ.items():
            patched.setenv(name, value)
        return environ, imported()


@pytest.fixture
def batch(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of that batch, which no test may change; commands find its instance."""
    environ, number = demo
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return number


def imported() -> str:
    """The demo corpus as a batch; its id."""
    given = ["--hypothesis", f"north={NORTH}", "--hypothesis", f"south={SOUTH}", "--reference", REFERENCE]
    result = run("import", *given, "--json")
    assert result.returncode == 0, result.stderr
    return str(json.loads(result.stdout)["batch"])


def correct(batch: str, number: int, text: str) -> None:
    """Save a correction of the first system, as a page does."""
    app = create_app(Settings.from_environment())
    Client(app.test_client()).save(int(batch), number, text)
    app.extensions["tarkka"].engine.dispose()


def test_a_batch_has_the_scores_of_its_files(batch: str) -> None:
    files = score("--reference", REFERENCE, "--system", f"north={NORTH}", "--system", f"south={SOUTH}")
    assert score(batch) == files


@pytest.mark.usefixtures("batch")
def test_what_was_corrected_stands_beside_its_system(tmp_path: Path) -> None:
    """Only of a system that somebody has corrected; a batch without any says so."""
    batch = imported()
    assert refused(run("score", batch, "--corrected"), f"Nothing of batch {batch} is reviewed yet")
    lines = REFERENCE.read_text(encoding="utf-8").split("\n")
    correct(batch, 2, lines[1])
    corrected = tmp_path / "corrected"
    machine = NORTH.read_text(encoding="utf-8").split("\n")
    corrected.write_text("\n".join([machine[0], lines[1], *machine[2:]]), encoding="utf-8")
    found = score(batch, "--corrected")
    assert [system["name"] for system in found["systems"]] == ["north", "north+corrected", "south"]
    files = score("--reference", REFERENCE, "--system", corrected)
    assert found["systems"][1]["scores"] == files["systems"][0]["scores"]


def test_a_comparison_is_written_out(batch: str) -> None:
    result = run("compare", batch, "--format", "markdown", "--pairs", "all", "--metric", "chrf")
    assert result.returncode == 0, result.stderr
    assert "| north | " in result.stdout


@pytest.mark.parametrize(
    ("option", "samples", "test"),
    [("--bootstrap", "300", "bs"), ("--approximate-randomization", "400", "ar")],
)
def test_a_comparison_takes_the_tests_of_score(batch: str, option: str, samples: str, test: str) -> None:
    result = run("compare", batch, "--format", "json", option, samples)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["test"], found["samples"]) == (test, int(samples))
    systems = score(batch, option, samples)["systems"]
    for ours, theirs in zip(found["systems"], systems, strict=True):
        cells = [(cell["score"], cell["mean"], cell["half"], cell["p"]) for cell in ours["cells"]]
        expected = theirs["scores"].values()
        assert cells == [(cell["score"], cell["mean"], cell["ci"], cell["p_value"]) for cell in expected]


def test_too_few_samples_are_told_with_a_comparison(batch: str) -> None:
    given = ["compare", batch, "--format", "markdown", "--metric", "chrf", "--bootstrap"]
    assert "19 samples cannot show a difference" in run(*given, "19").stdout
    assert "cannot show" not in run(*given, "20").stdout


def test_one_system_alone_has_intervals_and_nothing_to_differ_from() -> None:
    given = ["--reference", REFERENCE, "--system", NORTH]
    [system] = score(*given, "--bootstrap", "50", "--metric", "bleu")["systems"]
    assert system["scores"]["BLEU"]["ci"] > 0
    assert system["scores"]["BLEU"]["p_value"] is None
    lonely = run("score", *given, "--approximate-randomization", "50")
    assert refused(lonely, "Approximate randomization compares systems: give at least two.")


def test_a_batch_without_reference_says_so(batch: str) -> None:
    result = run("import", "--hypothesis", f"north={NORTH}", "--json")
    bare = str(json.loads(result.stdout)["batch"])
    assert refused(run("score", bare), f"Batch {bare} has no reference to score against.")
    assert refused(run("compare", bare), "this batch has no reference to score against")


def test_what_a_batch_does_not_allow_is_one_sentence(batch: str) -> None:
    assert refused(run("score", batch, "--reference", REFERENCE), "not both")
    assert refused(run("score", "--corrected"), "--corrected goes with BATCH")
    assert refused(run("score", batch, "--corrected", "--bootstrap", "5", "--pairs", "all"), "never ranked")
    assert refused(run("score", "99"), "There is no batch 99")
    assert refused(run("compare", "99"), "There is no batch 99")
    both = ["--bootstrap", "5", "--approximate-randomization", "5"]
    assert refused(run("compare", batch, *both), "Give either --bootstrap or --approximate-randomization")
