"""The project's own tables of names, corpora/names/*.tsv."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parents[3] / "corpora" / "names"


@dataclass(frozen=True, slots=True)
class Spelling:
    """The English form of a name, others that are as right, and those that other languages have too."""

    english: str
    accepted: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()

    def allows(self, form: str) -> bool:
        return form == self.english or form in self.accepted


def _rows(name: str) -> list[list[str]]:
    lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@cache
def spellings(name: str) -> dict[str, Spelling]:
    """A table by its Finnish forms."""
    found = {}
    for finnish, english, *more in _rows(name):
        forms = [frozenset(column.split()) for column in more]
        found[finnish] = Spelling(english, *forms)
    return found


@cache
def exonyms() -> dict[str, str]:
    """Finnish names of places to English ones, where they differ."""
    return {finnish: english for finnish, english in _rows("exonyms") if finnish != english}
