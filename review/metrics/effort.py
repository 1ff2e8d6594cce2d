"""What review cost in edits: HTER, the TER of a hypothesis against its own correction (Snover et al. 2006)."""

import unicodedata


def edits(hypothesis: str, correction: str) -> tuple[float, float]:
    """TER edits from hypothesis to correction, and the correction's length in words.

    sacreBLEU's defaults: case ignored, punctuation left on its word. Accents may be composed or not.
    """
    from review.metrics.ter_shift import word_edits  # the command line's help must not wait for rapidfuzz

    before, after = (unicodedata.normalize("NFC", text).lower().split() for text in (hypothesis, correction))
    return float(word_edits(before, after)), float(len(after))


def hter(total_edits: float, total_length: float) -> float:
    """HTER in per cent; empty against empty is 0, anything against empty 100."""
    if not total_length:
        return 100.0 if total_edits else 0.0
    return 100.0 * total_edits / total_length
