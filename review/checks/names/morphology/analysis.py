"""A reading of a word as a base form with an ending."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to read a word: `kind` groups endings, `stem` names the change of the stem, if any."""

    base: str
    ending: str
    case: str
    kind: str
    stem: str = "plain"
