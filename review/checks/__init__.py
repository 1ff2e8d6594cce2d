"""The ordered list of check families. To add one: a file here, a line below, a table of examples."""

from typing import Any

from review.checks.articles import Articles
from review.checks.calendar import Calendar
from review.checks.capitals import Capitals
from review.checks.codes import CodesOfSource
from review.checks.encoding import Encoding
from review.checks.entities import Entities
from review.checks.family import Check, Family
from review.checks.figures import Figures
from review.checks.gender import Gender
from review.checks.grammar import Grammar
from review.checks.length import LengthOfText
from review.checks.loops import Loops
from review.checks.names import Names
from review.checks.nationality import Nationality
from review.checks.negation import Negation
from review.checks.numbers import Numbers
from review.checks.phrasing import Phrasing
from review.checks.prepositions import Prepositions
from review.checks.punctuation import Punctuation
from review.checks.quantities import Quantities
from review.checks.quotes import Quotes
from review.checks.repetition import Repetition
from review.checks.termlist import TermList
from review.checks.terms import Terms
from review.checks.untranslated import Untranslated
from review.model import Level

FAMILIES: tuple[Family[Any], ...] = (
    Names(),
    Punctuation(),
    Quotes(),
    Repetition(),
    Loops(),
    Articles(),
    Prepositions(),
    Capitals(),
    Entities(),
    Encoding(),
    CodesOfSource(),
    Untranslated(),
    Terms(),
    TermList(),
    Figures(),
    Numbers(),
    Calendar(),
    Quantities(),
    Nationality(),
    Negation(),
    LengthOfText(),
    Gender(),
    Grammar(),
    Phrasing(),
)


def all_checks() -> list[Check]:
    """Every check of every family, in order."""
    return [check for family in FAMILIES for check in family.checks]


def families_of(level: Level) -> tuple[Family[Any], ...]:
    """The families of one level, in order."""
    return tuple(family for family in FAMILIES if family.level is level)


def deep_checks() -> frozenset[str]:
    """The ids of the checks that run in the background only."""
    return frozenset(check.id for family in families_of(Level.DEEP) for check in family.checks)
