"""English number words and runs of them."""

import re
from collections.abc import Iterator
from decimal import Decimal

_UNITS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    """.split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS: dict[str, int | Decimal] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    "half": Decimal("0.5"),
    "once": 1,
    "twice": 2,
    "couple": 2,
    "both": 2,
    "fortnight": 14,
    "quarter": 25,
    "double": 2,
    "triple": 3,
    "pair": 2,
    "noon": 12,
    "midday": 12,
    "midnight": 24,
    "weekly": 7,
}
_SCALES = {
    "decade": 10,
    "dozen": 12,
    "century": 100,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
}
_WORDS: dict[str, Decimal] = {word: Decimal(n) for n, word in enumerate(_UNITS)}
_WORDS |= {word: Decimal(10 * n) for n, word in enumerate(_TENS, start=2)}
_WORDS |= {word: Decimal(n) for word, n in _ORDINALS.items()}


def english(text: str) -> Iterator[Decimal]:
    """The values of English number words and runs of them: "seventy-five", "two hundred and six"."""
    total = current = Decimal(0)
    running = False
    for word in [*re.findall(r"[a-z]+", text.casefold()), "."]:
        stem = _english_stem(word)
        if stem in _WORDS:
            yield _WORDS[stem]
            current += _WORDS[stem]
            running = True
        elif stem in _SCALES and running:
            current = max(current, Decimal(1)) * _SCALES[stem]
            if _SCALES[stem] >= 1000:
                total, current = total + current, Decimal(0)
        elif stem in _SCALES:
            yield Decimal(_SCALES[stem])
        elif word != "and" and running:
            yield total + current
            total = current = Decimal(0)
            running = False


def _english_stem(word: str) -> str:
    """ "twentieth", "sixth" and "millions" as their cardinals."""
    if word in _WORDS or word in _SCALES:
        return word
    for ending, instead in (("ieth", "y"), ("th", ""), ("ies", "y"), ("s", "")):
        if word.endswith(ending) and (stem := word[: -len(ending)] + instead) in _WORDS | _SCALES:
            return stem
    return word
