"""The converted models against others' reading of the same GGUF file: plain numpy, and llama.cpp."""

from pathlib import Path

import numpy as np
import pytest

from bench.llama_cpp import LlamaCpp
from review.lm.catalogue import CATALOGUE
from review.lm.convert import Gguf, convert
from review.lm.enable import fetch_gguf, is_enabled
from review.settings import Settings
from tests.conftest import DEMO
from tests.exhaustive import reference_lm

pytestmark = pytest.mark.exhaustive

LINES = [
    line for name in ("source.fi", "sys.north.en") for line in (DEMO / name).read_text("utf-8").splitlines()
]
ODD = [
    "a\n\n\nb\n c",
    "<b>bold</b> <table>x</table>",
    "<bos>hi<eos> <|endoftext|> <|im_start|>user",
    "two  spaces   three\t\ttabs",
    "14.5.2021 €3,000",
    "👩‍👩‍👧 🇫🇮 שלום عربى 漢字かな e\u0301\u0301",
    " lead and trail ",
    "It's we'll DON'T",
    "\r\nwin\u200b\ufeff\xa0z",
]


# A model with terms of use is read only where someone has accepted them and enabled it.
READ = [
    model.id
    for model in CATALOGUE.values()
    if not model.terms or is_enabled(model, Settings.from_environment().models_folder)
]


@pytest.fixture(scope="module", params=READ)
def gguf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The GGUF file of each model that may be read."""
    model = CATALOGUE[request.param]
    return fetch_gguf(model, tmp_path_factory.mktemp(model.id))


def test_texts_fall_into_llama_cpps_pieces(gguf: Path, tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    convert(gguf, tmp_path, "int8_float32")
    tokenizer, other = Tokenizer.from_file(str(tmp_path / "tokenizer.json")), LlamaCpp(gguf, threads=1)
    for text in (*LINES, *ODD):
        encoding = tokenizer.encode(text, add_special_tokens=False)
        assert encoding.ids == other.pieces(text), text
        assert tokenizer.decode(encoding.ids, skip_special_tokens=False) == text


def test_float32_scores_equal_numpys(tmp_path: Path) -> None:
    from ctranslate2 import Generator

    gguf = fetch_gguf(CATALOGUE["smollm2"], tmp_path)
    (tmp_path / "model").mkdir()
    convert(gguf, tmp_path / "model", "float32")
    file = Gguf(gguf)
    tokens = file.field("tokenizer.ggml.tokens")
    text = [0, *LlamaCpp(gguf, threads=1).pieces(LINES[-1])]
    generator = Generator(str(tmp_path / "model"), compute_type="float32")
    found = generator.score_batch([[tokens[piece] for piece in text]])[0].log_probs
    assert np.abs(np.array(found) - reference_lm.logprobs(file, text)).max() < 1e-3
