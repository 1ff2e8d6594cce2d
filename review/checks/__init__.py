"""The ordered list of check families. To add one: a file here, a line below, a table of examples."""

from typing import Any

from review.checks.articles import Articles
from review.checks.capitals import Capitals
from review.checks.encoding import Encoding
from review.checks.entities import Entities
from review.checks.family import Check, Family
from review.checks.figures import Figures
from review.checks.loops import Loops
from review.checks.names import Names
from review.checks.numbers import Numbers
from review.checks.prepositions import Prepositions
from review.checks.punctuation import Punctuation
from review.checks.quotes import Quotes
from review.checks.repetition import Repetition
from review.checks.terms import Terms
from review.checks.untranslated import Untranslated

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
    Numbers(),
    Untranslated(),
    Terms(),
    Figures(),
)


def all_checks() -> list[Check]:
    """Every check of every family, in order."""
    return [check for family in FAMILIES for check in family.checks]
