"""chrF (Popović 2015) and chrF++ (Popović 2017): how many n-grams of characters and words agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from review.metrics.judge import judged, scored, signed
from review.metrics.metric import Array, Statistics, check_hypotheses, check_references, in_chunks
from review.metrics.ngrams import References, Units
from review.metrics.units import Vocabulary, characters

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_NOTHING = 1e-16  # what the smoothing takes for a precision or recall of nothing


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of segments: of each reference, its characters and words, and how many n-grams it has of each order.

    Or its texts, where they hold so many different characters that sacreBLEU must compare them.
    """

    place: slice
    compared: Sequence[Sequence[References]] = ()
    totals: Sequence[NDArray[np.int64]] = ()
    texts: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class ChrfReferences:
    """References ready for chrF."""

    segments: int
    vocabulary: Vocabulary
    parts: Sequence[_Part]


@dataclass(frozen=True)
class Chrf:
    """chrF, or chrF++ with words too."""

    char_order: int = 6
    word_order: int = 0
    beta: int = 2
    lowercase: bool = False
    whitespace: bool = False
    eps_smoothing: bool = False

    higher_is_better = True
    shuffled_as = np.float64

    @property
    def id(self) -> str:
        return "chrf" + "+" * self.word_order

    @property
    def name(self) -> str:
        return f"chrF{self.beta}" + "+" * self.word_order

    @property
    def order(self) -> int:
        return self.char_order + self.word_order

    @property
    def width(self) -> int:
        return 3 * self.order

    @cached_property
    def _judge(self) -> Any:
        from sacrebleu.metrics import CHRF  # heavy

        return CHRF(
            char_order=self.char_order,
            word_order=self.word_order,
            beta=self.beta,
            lowercase=self.lowercase,
            whitespace=self.whitespace,
            eps_smoothing=self.eps_smoothing,
        )

    def signature(self, references: int) -> str:
        return signed(self._judge, references)

    def prepare(self, references: Sequence[Sequence[str]]) -> ChrfReferences:
        segments, vocabulary = check_references(references), Vocabulary(_without_punctuation)

        def part(place: slice) -> _Part:
            texts = [list(stream[place]) for stream in references]
            units = [self._units(some, vocabulary) for some in texts]
            compared = [
                [References([one], order) for one, order in zip(kinds, self._orders, strict=True)]
                for kinds in units
            ]
            if not all(kind.fits for kinds in compared for kind in kinds):
                return _Part(place, texts=texts)
            return _Part(place, compared, [self._totals(kinds) for kinds in units])

        return ChrfReferences(segments, vocabulary, in_chunks(segments, part, lambda made: not made.texts))

    @property
    def _orders(self) -> tuple[int, ...]:
        return (self.char_order, self.word_order) if self.word_order else (self.char_order,)

    def _units(self, texts: Sequence[str], vocabulary: Vocabulary) -> list[Units]:
        if self.lowercase:
            texts = [text.lower() for text in texts]
        pieces = [text.split() for text in texts]
        letters = texts if self.whitespace else ["".join(some) for some in pieces]
        units = [characters(letters, self.char_order)]
        if self.word_order:
            units.append(vocabulary.words(pieces, self.word_order))
        return units

    def _totals(self, kinds: Sequence[Units]) -> NDArray[np.int64]:
        return np.hstack([units.totals(n) for units, n in zip(kinds, self._orders, strict=True)])

    def statistics(self, hypotheses: Sequence[str], prepared: ChrfReferences) -> Statistics:
        check_hypotheses(hypotheses, prepared)
        found = np.empty((prepared.segments, self.width))
        for part in prepared.parts:
            texts = hypotheses[part.place]
            if part.texts:
                found[part.place] = judged(self._judge, texts, part.texts)
            else:
                found[part.place] = self._compared(texts, part, prepared.vocabulary)
        return found

    def _compared(self, texts: Sequence[str], part: _Part, vocabulary: Vocabulary) -> Statistics:
        """Each segment's statistics against that reference which gives it the best score, the first of equals."""
        units = self._units(texts, vocabulary)
        totals = self._totals(units)
        found = np.empty((len(part.compared), len(texts), self.order, 3))
        for rows, kinds, their in zip(found, part.compared, part.totals, strict=True):
            rows[:, :, 0] = np.where(their > 0, totals, 0)
            rows[:, :, 1] = their
            rows[:, :, 2] = np.hstack([k.shared(u) for k, u in zip(kinds, units, strict=True)])
        flat = found.reshape(len(part.compared), len(texts), self.width)
        best = np.stack([self.scores(rows) for rows in flat]).argmax(axis=0) if len(flat) > 1 else 0
        chosen: Statistics = flat[best, np.arange(len(texts))]
        return chosen

    def score(self, sums: Array) -> float:
        return scored(self._judge, sums)  # for one row quicker than NumPy

    def segment_scores(self, statistics: Array) -> NDArray[np.float64]:
        return self.scores(np.asarray(statistics, dtype=np.float64))

    def scores(self, sums: Array) -> Array:
        if self.eps_smoothing:
            return self._smoothed(sums)
        ours, theirs, shared = (sums[:, kind::3] for kind in range(3))
        either = (ours > 0) & (theirs > 0)
        precision, recall = _mean(shared, ours, either), _mean(shared, theirs, either)
        factor = self.beta**2
        above = (1 + factor) * precision * recall
        found = 100 * _share(above, factor * precision + recall, 0.0)
        # Where nothing agrees, sacreBLEU gives a number of Python's, and all of them become as exact as it.
        return found if (precision + recall).all() else found.astype(np.float64)

    def _smoothed(self, sums: Array) -> Array:
        """The mean of every order's score, where nothing counts as very little."""
        if sums.dtype != np.float64 and not sums.all():
            # Then numbers of Python's and of 32 bits mix, and their kinds decide how the result is rounded.
            return np.array([self._judge._compute_f_score(row) for row in sums])
        factor = self.beta**2
        total = np.zeros(len(sums), sums.dtype)
        for n in range(self.order):
            ours, theirs, shared = sums[:, 3 * n : 3 * n + 3].T
            precision, recall = _share(shared, ours, _NOTHING), _share(shared, theirs, _NOTHING)
            above = (1 + factor) * precision * recall
            total += _share(above, factor * precision + recall, _NOTHING)
        return 100 * total / self.order


def _share(part: Array, whole: Array, otherwise: float) -> Array:
    """Part by whole, and something else where there is no whole."""
    found: Array = np.divide(part, whole, out=np.full_like(part, otherwise), where=whole > 0)
    return found


def _mean(shared: Array, totals: Array, either: NDArray[np.bool_]) -> Array:
    """The mean over the orders that both texts have, added up one after another as sacreBLEU does."""
    shares = np.divide(shared, totals, out=np.zeros(shared.shape, shared.dtype), where=either)
    total = np.zeros(len(shares), shares.dtype)
    for n in range(shares.shape[1]):
        total += shares[:, n]
    return _share(total, either.sum(axis=1).astype(total.dtype), 0.0)


def _without_punctuation(word: str) -> Sequence[str]:
    """A word and the punctuation mark after it, or else the one before it: "(hi)" is "(hi" and ")"."""
    if len(word) == 1:
        return (word,)
    if word[-1] in _PUNCTUATION:
        return word[:-1], word[-1]
    if word[0] in _PUNCTUATION:
        return word[0], word[1:]
    return (word,)
