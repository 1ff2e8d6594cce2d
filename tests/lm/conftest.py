"""The real models, where they are enabled: `make test` enables SmolLM2."""

import os

import pytest

from review.errors import MissingPart
from review.lm import load_scorer
from review.lm.engine import Engine
from review.settings import Settings


def enabled(name: str) -> Engine:
    """A model's scorer; without the model the test is left out, in CI the default one must be there."""
    try:
        return load_scorer(Settings.from_environment(), name)
    except MissingPart as missing:
        if os.environ.get("CI") and name == "smollm2":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def smollm2() -> Engine:
    return enabled("smollm2")


@pytest.fixture(scope="session")
def gemma() -> Engine:
    return enabled("gemma")
