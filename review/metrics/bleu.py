"""BLEU (Papineni et al. 2002): how many n-grams of words agree, and whether the translation is too short."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from review.errors import MissingPart
from review.metrics.judge import judged, scored, signed
from review.metrics.metric import Array, Statistics, check_hypotheses, check_references, in_chunks
from review.metrics.ngrams import References, Units
from review.metrics.tokens import Tokens

_LOG_OF_NOTHING = -9999999999.0  # as sacreBLEU has it


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of segments: their references' n-grams and lengths, or the texts where the words are too many."""

    place: slice
    compared: References | None
    lengths: NDArray[np.int64]  # references, segments
    texts: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class BleuReferences:
    """References ready for BLEU."""

    segments: int
    tokens: Tokens
    parts: Sequence[_Part]


@dataclass(frozen=True)
class Bleu:
    """BLEU with any of sacreBLEU's tokenisers and smoothings."""

    tokenize: str = "13a"
    lowercase: bool = False
    smooth_method: str = "exp"
    smooth_value: float | None = None
    max_ngram_order: int = 4
    effective_order: bool = False

    id = "bleu"
    name = "BLEU"
    higher_is_better = True
    shuffled_as = np.int64

    @property
    def width(self) -> int:
        return 2 + 2 * self.max_ngram_order

    @cached_property
    def _judge(self) -> Any:
        from sacrebleu.metrics import BLEU  # heavy

        try:
            return BLEU(
                tokenize=self.tokenize,
                lowercase=self.lowercase,
                smooth_method=self.smooth_method,
                smooth_value=self.smooth_value,
                max_ngram_order=self.max_ngram_order,
                effective_order=self.effective_order,
                force=True,
            )
        except (ImportError, RuntimeError, OSError):  # packages, or a model that sacreBLEU would fetch
            raise MissingPart(
                f"BLEU's tokeniser {self.tokenize} is not installed: try `pip install 'sacrebleu[ja,ko]' "
                "sentencepiece` beside Tarkka."
            ) from None

    def signature(self, references: int) -> str:
        return signed(self._judge, references)

    def prepare(self, references: Sequence[Sequence[str]]) -> BleuReferences:
        segments, tokens = check_references(references), Tokens(self._judge, self.tokenize, self.lowercase)

        def part(place: slice) -> _Part:
            texts = [list(stream[place]) for stream in references]
            units = [tokens.units(some, self.max_ngram_order) for some in texts]
            compared = References(units, self.max_ngram_order)
            if not compared.fits:
                return _Part(place, None, np.empty((0, 0), np.int64), texts)
            return _Part(place, compared, np.stack([one.lengths for one in units]))

        return BleuReferences(segments, tokens, in_chunks(segments, part, lambda made: not made.texts))

    def statistics(self, hypotheses: Sequence[str], prepared: BleuReferences) -> Statistics:
        check_hypotheses(hypotheses, prepared)
        found = np.empty((prepared.segments, self.width))
        for part in prepared.parts:
            texts = hypotheses[part.place]
            if part.compared is None:
                found[part.place] = judged(self._judge, texts, part.texts)
                continue
            units = prepared.tokens.units(texts, self.max_ngram_order)
            self._fill(found[part.place], units, part.compared, part.lengths)
        return found

    def _fill(self, rows: Statistics, units: Units, compared: References, lengths: NDArray[np.int64]) -> None:
        rows[:, 0] = units.lengths
        rows[:, 1] = _closest(units.lengths, lengths)
        rows[:, 2 : 2 + self.max_ngram_order] = compared.shared(units)
        rows[:, 2 + self.max_ngram_order :] = units.totals(self.max_ngram_order)

    def score(self, sums: Array) -> float:
        return scored(self._judge, sums)  # for one row quicker than NumPy

    def segment_scores(self, statistics: Array) -> NDArray[np.float64]:
        return replace(self, effective_order=True).scores(statistics)

    def scores(self, sums: Array) -> NDArray[np.float64]:
        precisions, orders = self._precisions(sums)
        logs = [[math.log(p) if p else _LOG_OF_NOTHING for p in row] for row in precisions.tolist()]
        matched = sums[:, 2 : 2 + self.max_ngram_order].any(axis=1)
        found = np.zeros(len(sums))
        for row in np.flatnonzero(matched).tolist():
            ours, theirs, order = int(sums[row, 0]), int(sums[row, 1]), int(orders[row])
            brevity = 1.0
            if ours < theirs:
                brevity = math.exp(1 - theirs / ours) if ours > 0 else 0.0
            # The built-in sum, not NumPy's: it adds in the same way as sacreBLEU under every Python.
            found[row] = brevity * math.exp(sum(logs[row][:order]) / order)
        return found

    def _precisions(self, sums: Array) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Each row's smoothed precisions in per cent, and how many orders of them count."""
        most, value = self.max_ngram_order, self._smooth_value
        found = np.zeros((len(sums), most))
        orders = np.full(len(sums), most)
        halved = np.ones(len(sums), sums.dtype)
        going = np.ones(len(sums), dtype=bool)
        for n in range(most):
            correct, total = sums[:, 2 + n], sums[:, 2 + most + n]
            if self.smooth_method == "add-k" and n:
                # Whole numbers stay whole in sacreBLEU, also where a fraction is added to them.
                correct, total = ((some + value).astype(sums.dtype) for some in (correct, total))
            going = going & (total != 0)
            if self.effective_order:
                orders[going] = n + 1
            none = going & (correct == 0)
            some = going & ~none
            found[some, n] = 100.0 * correct[some] / total[some]
            if self.smooth_method == "exp":
                halved = np.where(none, halved * 2, halved)
                found[none, n] = 100.0 / (halved[none] * total[none])
            elif self.smooth_method == "floor":
                found[none, n] = 100.0 * value / total[none]
        return found, orders

    @property
    def _smooth_value(self) -> float:
        defaults = {"floor": 0.1, "add-k": 1}
        return defaults.get(self.smooth_method, 0) if self.smooth_value is None else self.smooth_value


def _closest(ours: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The length of the reference that is nearest in length, the shorter of two as near."""
    best: NDArray[np.int64] = lengths[0]
    for other in lengths[1:]:
        nearer, far = abs(ours - other), abs(ours - best)
        best = np.where((nearer < far) | ((nearer == far) & (other < best)), other, best)
    return best
