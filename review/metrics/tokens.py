"""Texts split into words by sacreBLEU's tokenisers, each word or run without white space only once."""

from collections.abc import Sequence
from typing import Any

from review.metrics.ngrams import Units
from review.metrics.units import Vocabulary

# Marks that 13a cuts off behind or before a word. Not here: those that begin an entity or a tag.
_BEHIND = frozenset('.,!"#$%&()*+/:;<=>?@[\\]^_`{|}~')
_BEFORE = frozenset('"([{')
_WHOLE = " "  # before a word that is not to be split any more; no word holds white space


class Tokens:
    """The words of texts, numbered."""

    def __init__(self, judge: Any, tokenize: str, lowercase: bool) -> None:
        self._whole_line = judge._preprocess_segment
        self._tokenize = judge.tokenizer
        self._by_pieces = tokenize in ("13a", "none")
        self._lowercase = lowercase
        self._vocabulary = Vocabulary(self._split_13a if tokenize == "13a" else _as_it_is)

    def units(self, texts: Sequence[str], order: int) -> Units:
        """The words of each text as numbers."""
        return self._vocabulary.words(map(self._pieces, texts), order)

    def _pieces(self, text: str) -> list[str]:
        """What stands between white spaces; 13a looks no further than that, but for what it does to \\n."""
        if self._by_pieces and "\n" not in text:
            return (text.lower() if self._lowercase else text).split()
        return [_WHOLE + word for word in self._whole_line(text).split()]

    def _split_13a(self, piece: str) -> Sequence[str]:
        """13a on a text without white space; by itself only where marks stand at most around a plain word."""
        if piece.isalnum():
            return (piece,)
        if piece[0] == _WHOLE:
            return (piece[1:],)
        before = piece[:1] if piece[0] in _BEFORE else ""
        behind = piece[-1:] if piece[-1] in _BEHIND else ""
        word = piece[len(before) : len(piece) - len(behind)]
        if word.isalnum() or word.replace("-", "").replace("'", "").isalpha():
            return tuple(filter(None, (before, word, behind)))
        return str(self._tokenize(piece)).split()


def _as_it_is(piece: str) -> Sequence[str]:
    return (piece.removeprefix(_WHOLE),)
