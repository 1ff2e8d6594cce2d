"""Corpus scores against references, from sacreBLEU with its signatures."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.errors import BadInput


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's name as sacreBLEU prints it, its value, and how it was computed."""

    name: str
    value: float
    signature: str


def corpus_scores(hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> list[Score]:
    """BLEU, chrF2 and TER of hypotheses against one or more lists of references.

    BadInput where there is nothing to score, or a list is of another length: sacreBLEU would cut the
    longer one without a word.
    """
    from sacrebleu.metrics import BLEU, CHRF, TER  # heavy

    if not hypotheses or not references:
        raise BadInput("There is nothing to score.")
    for texts in references:
        if len(texts) != len(hypotheses):
            raise BadInput(
                f"There are {len(hypotheses)} hypotheses and {len(texts)} references: they must be as many."
            )
    scores = []
    for metric in (BLEU(), CHRF(), TER()):
        result = metric.corpus_score(hypotheses, references)
        scores.append(Score(result.name, result.score, str(metric.get_signature())))
    return scores
