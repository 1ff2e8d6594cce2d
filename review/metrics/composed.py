"""The metrics as the product uses them: an accent counts the same whether it is one character with its letter or two.

sacreBLEU compares code points, so that a decomposed “é” is wrong beside a composed one. Texts are composed (NFC)
first; of texts that are so already, as nearly all are, the numbers are sacreBLEU's.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any

from review.metrics.bleu import Bleu, BleuReferences
from review.metrics.chrf import Chrf, ChrfReferences
from review.metrics.metric import Statistics
from review.metrics.ter import Ter, TerReferences


class ComposedBleu(Bleu):
    """BLEU of composed texts."""

    def prepare(self, references: Sequence[Sequence[str]]) -> BleuReferences:
        return super().prepare([composed(texts) for texts in references])

    def statistics(self, hypotheses: Sequence[str], prepared: Any) -> Statistics:
        return super().statistics(composed(hypotheses), prepared)


class ComposedChrf(Chrf):
    """chrF of composed texts."""

    def prepare(self, references: Sequence[Sequence[str]]) -> ChrfReferences:
        return super().prepare([composed(texts) for texts in references])

    def statistics(self, hypotheses: Sequence[str], prepared: Any) -> Statistics:
        return super().statistics(composed(hypotheses), prepared)


class ComposedTer(Ter):
    """TER of composed texts."""

    def prepare(self, references: Sequence[Sequence[str]]) -> TerReferences:
        return super().prepare([composed(texts) for texts in references])

    def statistics(self, hypotheses: Sequence[str], prepared: Any) -> Statistics:
        return super().statistics(composed(hypotheses), prepared)


def composed(texts: Sequence[str]) -> list[str]:
    """Texts with every accent as one character with its letter, where there is one."""
    return [unicodedata.normalize("NFC", text) for text in texts]
