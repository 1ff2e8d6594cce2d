"""Roman numerals, which a translation may give in figures: XVI sajand, the 16th century."""

import re
from collections.abc import Iterator
from decimal import Decimal

# Subtractive notation up to 399; a lone "I" is the English pronoun more often than a numeral.
_ROMAN = re.compile(r"\b(?=[IVXLC]+\b)(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\b")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(text: str) -> Iterator[Decimal]:
    """The values of the Roman numerals in `text`."""
    for match in filter(re.Match.group, _ROMAN.finditer(text)):
        digits = [_VALUES[letter] for letter in match.group()]
        after = [*digits[1:], 0]
        yield Decimal(sum(-one if one < other else one for one, other in zip(digits, after, strict=True)))
