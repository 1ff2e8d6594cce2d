"""What review cost in edits: HTER, the TER of a hypothesis against its own correction (Snover et al. 2006)."""

from collections import Counter
from functools import cache
from typing import Any


def edits(hypothesis: str, correction: str) -> tuple[float, float]:
    """TER edits from hypothesis to correction, and the correction's length in words.

    sacreBLEU's defaults: case ignored, punctuation left on its word. Equal texts cost nothing.
    """
    from rapidfuzz.distance import Levenshtein  # the command line's help must not wait for it

    if hypothesis == correction:
        return 0.0, float(len(correction.split()))
    before, after = hypothesis.lower().split(), correction.lower().split()
    fewest = max((Counter(before) - Counter(after)).total(), (Counter(after) - Counter(before)).total())
    if before and after and Levenshtein.distance(before, after) == fewest:
        # No shift of words, TER's only other edit, makes up for a word that is missing or too much.
        return float(fewest), float(len(after))
    score = _ter().sentence_score(hypothesis, [correction])
    return float(score.num_edits), float(score.ref_length)


def hter(total_edits: float, total_length: float) -> float:
    """HTER in per cent; empty against empty is 0, anything against empty 100."""
    if not total_length:
        return 100.0 if total_edits else 0.0
    return 100.0 * total_edits / total_length


@cache
def _ter() -> Any:
    from sacrebleu.metrics import TER  # heavy

    return TER()
