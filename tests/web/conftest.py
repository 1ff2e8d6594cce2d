"""The pages show the instant checks at once; what the deep ones add has tests of its own."""

import pytest

from review import checks
from review.model import Level


@pytest.fixture(autouse=True)
def instant_checks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "FAMILIES", checks.families_of(Level.INSTANT))
