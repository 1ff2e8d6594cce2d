"""COMET: what is said where a part of it is missing, and where its scores go. The package itself is played."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from app import create_app
from review.errors import MissingPart
from review.metrics import comet
from review.metrics.comet import segment_scores
from review.settings import Settings
from tests.conftest import Client

pytestmark = pytest.mark.slow

TEXT, SOURCE, REFERENCE = "One.\n\nTwo.", "Yksi.\n\nKaksi.", "One!\n\nTwo!"


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """A package of the same shape, whose score is the share of a text's length; what it was asked to score."""
    asked: list[dict[str, str]] = []

    def predict(samples: list[dict[str, str]], **_: Any) -> SimpleNamespace:
        asked.extend(samples)
        return SimpleNamespace(scores=[len(sample["mt"]) / 10 for sample in samples])

    def load_from_checkpoint(path: str, local_files_only: bool = False) -> SimpleNamespace:
        if not local_files_only or Path(path).read_bytes() == b"damaged":
            raise RuntimeError("no model")
        return SimpleNamespace(predict=predict)

    torch, module = ModuleType("torch"), ModuleType("comet")
    vars(torch)["cuda"] = SimpleNamespace(is_available=lambda: False)
    vars(module)["load_from_checkpoint"] = load_from_checkpoint
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "comet", module)
    monkeypatch.setattr(comet, "version", lambda _: "2.2")
    return asked


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    file = tmp_path / "model.ckpt"
    file.write_bytes(b"good")
    return file


@pytest.fixture
def wanting(settings: Settings, checkpoint: Path) -> Iterator[Client]:
    """A browser at a server where COMET is asked for."""
    app = create_app(replace(settings, comet_model=str(checkpoint)))
    yield Client(app.test_client())
    app.extensions["tarkka"].engine.dispose()


def test_a_missing_package_is_one_sentence(monkeypatch: pytest.MonkeyPatch, checkpoint: Path) -> None:
    monkeypatch.setitem(sys.modules, "comet", None)
    with pytest.raises(MissingPart, match="COMET scores need the package unbabel-comet: install it"):
        segment_scores(checkpoint, ["a"], ["b"])


@pytest.mark.usefixtures("package")
def test_a_missing_or_damaged_model_is_one_sentence(checkpoint: Path) -> None:
    with pytest.raises(MissingPart, match=r"no COMET model at .*gone: TARKKA_COMET_MODEL"):
        segment_scores(checkpoint.with_name("gone"), ["a"], ["b"])
    checkpoint.write_bytes(b"damaged")
    with pytest.raises(MissingPart, match="could not be used; the server's log says why"):
        segment_scores(checkpoint, ["a"], ["b"])


def test_segments_are_scored_with_or_without_references(
    package: list[dict[str, str]], checkpoint: Path
) -> None:
    assert segment_scores(checkpoint, ["s", "t"], ["four", "fifty"]) == [0.4, 0.5]
    assert segment_scores(checkpoint, ["s"], ["m"], ["r"]) == [0.1]
    assert package[0] == {"src": "s", "mt": "four"}
    assert package[2] == {"src": "s", "mt": "m", "ref": "r"}


def scores(client: Client, source: str = SOURCE) -> tuple[int, str]:
    """A batch with one correction and its scores computed; its page from the scores on."""
    batch = client.paste(TEXT, source=source, reference=REFERENCE)
    client.save(batch, 2, "Twofold.")
    assert "Compute scores" in client.page(f"/batches/{batch}")
    client.post(f"/batches/{batch}/scores", system="1")
    return batch, client.page(f"/batches/{batch}").partition("<h2>Scores")[2]


@pytest.mark.slow
def test_scores_of_a_batch_have_the_mean_before_and_after(
    wanting: Client, package: list[dict[str, str]]
) -> None:
    _, page = scores(wanting)
    assert '<th class="n">COMET</th>' in page
    assert '<td class="n">40.0</td></tr>' in page
    assert '<td class="n">60.0</td></tr>' in page
    assert "Compute scores" not in page
    assert len(package) == 3  # the segment that nobody corrected is scored once


def test_the_other_scores_stand_where_comet_fails(wanting: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "comet", None)
    _, page = scores(wanting)
    assert '<th class="n">chrF2</th>' in page
    assert "COMET</th>" not in page
    assert "COMET scores need the package unbabel-comet" in page
    assert "Compute scores" in page  # again, once it is there


@pytest.mark.usefixtures("package")
def test_a_batch_without_source_says_so(wanting: Client) -> None:
    _, page = scores(wanting, source="")
    assert '<th class="n">chrF2</th>' in page
    assert "COMET scores need a source" in page


def test_no_comet_where_none_is_asked_for(client: Client, package: list[dict[str, str]]) -> None:
    batch = client.paste(TEXT, source=SOURCE, reference=REFERENCE)
    page = client.page(f"/batches/{batch}")
    assert '<th class="n">chrF2</th>' in page
    assert "COMET" not in page
    assert package == []
