"""TER (Snover et al. 2006): the edits, shifts of words among them, per word of the references; as sacreBLEU has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from review.metrics.judge import signed
from review.metrics.metric import Array, Statistics, check_hypotheses, check_references
from review.metrics.ter_shift import word_edits

_Words = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class TerReferences:
    """References made ready, one list for each stream, words apart by single spaces."""

    streams: list[list[str]]

    @property
    def segments(self) -> int:
        return len(self.streams[0])


@dataclass(frozen=True)
class Ter:
    """TER with sacreBLEU's options; a segment's statistics are its edits and its references' mean length."""

    normalized: bool = False
    no_punct: bool = False
    asian_support: bool = False
    case_sensitive: bool = False

    id = "ter"
    name = "TER"
    higher_is_better = False
    shuffled_as = np.float64
    width = 2

    def prepare(self, references: Sequence[Sequence[str]]) -> TerReferences:
        """References made ready, in sacreBLEU's way: it takes them apart twice, which options can show."""
        check_references(references)
        words = self._words
        once = [[" ".join(words(text)) for text in stream] for stream in references]
        if self._plain:
            return TerReferences(once)
        return TerReferences([[" ".join(words(text)) for text in stream] for stream in once])

    def statistics(self, hypotheses: Sequence[str], prepared: TerReferences) -> Statistics:
        """Edits and mean length of the references, segment by segment."""
        check_hypotheses(hypotheses, prepared)
        words = self._words
        pairs = zip(hypotheses, zip(*prepared.streams, strict=True), strict=True)
        found = [_segment(words(hypothesis), references) for hypothesis, references in pairs]
        return np.array(found, dtype=np.float64)

    def score(self, sums: Array) -> float:
        """The score of summed statistics, in per cent."""
        return float(self.scores(sums[None])[0])

    def scores(self, sums: Array) -> Array:
        """The score of each row of sums, in per cent; 100 for words against nothing."""
        edited, length = sums[:, 0], sums[:, 1]
        against_nothing = (edited > 0).astype(sums.dtype)
        scores: Array = 100 * np.divide(edited, length, out=against_nothing, where=length > 0)
        return scores

    def segment_scores(self, statistics: Array) -> NDArray[np.float64]:
        """Each segment's score, in per cent."""
        return self.scores(statistics)

    def signature(self, references: int) -> str:
        """sacreBLEU's signature for so many references."""
        return signed(self._sacrebleu(), references)

    def _sacrebleu(self) -> Any:
        from sacrebleu.metrics import TER  # heavy

        return TER(self.normalized, self.no_punct, self.asian_support, self.case_sensitive)

    @property
    def _plain(self) -> bool:
        return not (self.normalized or self.no_punct)

    @cached_property
    def _words(self) -> _Words:
        """What takes a text apart: without options white space does, with them sacreBLEU."""
        if self._plain:
            return str.split if self.case_sensitive else lambda text: text.lower().split()
        tokenizer = self._sacrebleu().tokenizer
        whole: Any = type(tokenizer).__call__  # a cache, which would hold on to every text
        return lambda text: whole.__wrapped__(tokenizer, text.rstrip()).split()


def _segment(hypothesis: list[str], references: Sequence[str]) -> tuple[int, float]:
    if len(references) == 1:
        reference = references[0].split()
        return word_edits(hypothesis, reference), len(reference)
    several = [reference.split() for reference in references]
    return min([word_edits(hypothesis, one) for one in several]), sum(map(len, several)) / len(several)
