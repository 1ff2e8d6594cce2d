"""Countries with their adjectives and people, in each language: a table, and CLDR's names for the rest."""

from functools import cache
from pathlib import Path

from babel import Locale

from review.checks.lexicon.terms import Terms

_TABLE = Path(__file__).parents[3] / "corpora" / "names" / "nations.tsv"
_SHORTEST = 6  # letters of a name whose every continuation is taken for a form of it
_COLUMNS = {"en": 1, "fi": 2, "et": 3}


@cache
def _rows() -> tuple[list[str], ...]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t") for line in lines if line and not line.startswith("#"))[1:]


@cache
def nations(code: str) -> Terms:
    """What the language `code` calls countries and their people, by the country's code."""
    table = {row[0]: row[_COLUMNS[code]] for row in _rows()}
    for territory, name in Locale(code).territories.items():
        if territory.isalpha() and territory not in table and name.isalpha() and len(name) >= _SHORTEST:
            table[territory] = f"{name if code == 'en' else name.lower()}*"
    return Terms(table)


@cache
def english_forms(key: str) -> tuple[str, str, str]:
    """The English name of a country, its adjective and its people; CLDR's have the name only."""
    for row in _rows():
        if row[0] == key:
            name, adjective, people = (form.replace("_", " ") for form in row[1].split()[:3])
            return name, adjective, people
    name = Locale("en").territories[key]
    return name, name, name
