"""What the grammar, the frequency and the source of a word say about whether it will be changed."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from review.model import Segment, Token
from review.text import words

Features = Iterator[tuple[str, float]]

_FUNCTION = 5.2  # Zipf: a word so frequent is weighed by itself
_RARE = 3.0
_NEAR = 4  # words back in which a repetition jars
_LONG = 50.0
_MOST_RATIO = 1.0  # of the lengths, as a logarithm; beyond, more says no more


@lru_cache(maxsize=200_000)
def english(word: str) -> float:
    """Zipf frequency of a word in English; 0 if it is in no list."""
    from wordfreq import zipf_frequency  # heavy; the list that names are looked up in

    return float(zipf_frequency(word, "en", "large"))


class Grammar:
    """A segment's tokens with all that their features need, read once."""

    def __init__(self, segment: Segment, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._lower = [token.text.lower() for token in tokens]
        self._words = [token.text[:1].isalpha() for token in tokens]
        self._zipf = [english(text) for text in self._lower]
        self._count = Counter(self._lower)
        self._source = None if segment.source is None else _source_words(segment.source)
        self._length = min(len(tokens), _LONG) / 20
        self._rare = _mean([float(w and not z) for w, z in zip(self._words, self._zipf, strict=True)])
        self._usual = _mean(self._zipf)
        self._ratio = 0.0
        if segment.source is not None:
            ratio = math.log((len(segment.text) + 5) / (len(segment.source) + 5))
            self._ratio = max(-_MOST_RATIO, min(_MOST_RATIO, ratio))

    def features(self, i: int) -> Features:
        """The features of token `i`."""
        token, zipf, lower = self.tokens[i], self._zipf[i], self._lower[i]
        yield from self._of_segment()
        yield f"is {token.pos}", 1.0
        yield f"tag {token.tag}", 1.0
        yield f"is a {token.dep}", 1.0
        yield "distance to its head", min(abs(token.head - i), 10) / 5
        yield "frequency", zipf
        if not self._words[i]:
            if len(lower) < 3 and not re.search(r"\d", lower):
                yield f"mark {lower}", 1.0
        elif zipf >= _FUNCTION:
            yield f"word {lower}", 1.0
        else:
            yield "unknown word", float(not zipf)
            yield "rare word", max(0.0, _RARE - zipf)
            yield "capital inside", float(i > 0 and token.text[0].isupper())
            yield "repeated word", float(self._count[lower] > 1)
        yield "first", float(i == 0)
        yield "last", float(i >= len(self.tokens) - 2)
        yield "repeated near by", float(lower in self._lower[max(0, i - _NEAR) : i])
        if self._source is not None:
            copied = lower in self._source
            yield "word of the source", float(copied and self._words[i])
            yield "unknown word of the source", float(copied and self._words[i] and not zipf)
            yield "number or mark of the source", float(copied and not self._words[i])
        yield from self._beside(i - 1, "before")
        yield from self._beside(i + 1, "after")

    def _of_segment(self) -> Features:
        yield "length of the segment", self._length
        yield "frequency in the segment", self._usual
        yield "unknown words in the segment", self._rare
        if self._source is not None:
            yield "longer than the source", max(0.0, self._ratio)
            yield "shorter than the source", max(0.0, -self._ratio)

    def _beside(self, j: int, side: str) -> Features:
        if not 0 <= j < len(self.tokens):
            yield f"nothing {side}", 1.0
            return
        yield f"{side} {self.tokens[j].pos}", 1.0
        yield f"frequency {side}", self._zipf[j]
        yield f"unknown word {side}", float(self._words[j] and not self._zipf[j])
        if self._source is not None:
            yield f"word of the source {side}", float(self._words[j] and self._lower[j] in self._source)


def _source_words(source: str) -> frozenset[str]:
    return frozenset(word.text.lower() for word in words(source)) | frozenset(re.findall(r"[^\w\s]", source))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
