"""How often a word form stands in running English and Finnish (wordfreq), on the Zipf scale.

0 stands for "not in the list", which begins near 1; 3 is a word met once in a million.
"""

import math
from functools import cache


@cache
def _forms(language: str) -> dict[str, float]:
    from wordfreq import get_frequency_dict  # 0.3 s with the Finnish list: only when a name is looked at

    return get_frequency_dict(language, "large")


def _zipf(word: str, language: str) -> float:
    share = _forms(language).get(word.lower())
    return 0.0 if share is None else max(0.0, math.log10(share) + 9)


def english(word: str) -> float:
    """Zipf frequency of `word` in English."""
    return _zipf(word, "en")


def finnish(word: str) -> float:
    """Zipf frequency of the very form `word` in Finnish; an inflected form has its own."""
    return _zipf(word, "fi")
