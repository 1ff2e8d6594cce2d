"""Scores texts with a converted model: log-probabilities of the pieces of a text, given all before."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from review.errors import MissingPart
from review.lm.catalogue import CATALOGUE, Model
from review.lm.enable import is_enabled
from review.model import Passage, TokenScore
from review.settings import Settings

_WINDOW = 512  # pieces read at once; longer texts are cut here, each cut seeing the pieces before it
_OVERLAP = 64
_LONGEST = 10_000  # characters of a text, and
_MOST = 8_192  # pieces of it: what lies beyond is not scored, which bounds the time (about 20 seconds)
# Control characters, halves of characters and empty planes, some of which SmolLM2 has no piece for: U+FFFD for each.
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\U00040000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Window:
    """Pieces to read in one go; those that have no place are read and not scored."""

    passage: int
    pieces: list[str]
    places: list[tuple[int, int]]  # of the scored pieces, the last ones, in the passage’s text


class Engine:
    """A `Scorer` on CTranslate2. Every passage is cut into pieces after its prefix and scored in windows.

    CTranslate2 keeps no state between calls: a prefix that passages share is read anew for each of them.
    """

    def __init__(self, model: Model, folder: Path, *, threads: int) -> None:
        from ctranslate2 import Generator
        from tokenizers import Tokenizer

        self.name = model.id
        self.reads_source = model.reads_source
        self._opening = model.opening
        self._begin: str | None = json.loads((folder / "tarkka.json").read_text(encoding="utf-8"))["begin"]
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._together = model.together
        inter, intra = (1, threads) if model.together > 1 else (threads, 1)
        self._generator: Any = Generator(str(folder), inter_threads=inter, intra_threads=intra)

    def score(self, passages: Sequence[Passage]) -> list[list[TokenScore]]:
        """The scores of every passage’s pieces, in order; they cover its text, up to 10,000 characters
        and 8,192 pieces.

        Pieces that share a character (an emoji is several pieces) are scored as one, by their sum.
        """
        windows = [window for n, passage in enumerate(passages) for window in self._windows(n, passage)]
        read = self._generator.score_batch(
            [window.pieces for window in windows],
            max_batch_size=self._together,
            batch_type="tokens" if self._together > 1 else "examples",
        )
        scores: list[list[TokenScore]] = [[] for _ in passages]
        for window, result in zip(windows, read, strict=True):
            values = result.log_probs[-len(window.places) :]
            for (start, end), value in zip(window.places, values, strict=True):
                scores[window.passage].append(TokenScore(start, end, float(value)))
        return [_whole_characters(found) for found in scores]

    def _windows(self, number: int, passage: Passage) -> Iterator[_Window]:
        before = self._pieces(passage.prefix)[0][-_WINDOW // 2 :]
        if self._begin:
            before = [self._begin, *before]
        pieces, places = self._pieces(passage.text[:_LONGEST])
        pieces, places = pieces[:_MOST], places[:_MOST]
        before = before or [self._opening]  # the first piece of all needs something before it
        at = 0
        while at < len(pieces):
            upto = at + _WINDOW - len(before)
            yield _Window(number, before + pieces[at:upto], places[at:upto])
            before, at = pieces[max(0, upto - _OVERLAP) : upto], upto

    def _pieces(self, text: str) -> tuple[list[str], list[tuple[int, int]]]:
        """The pieces of a text and their places, counted in code points."""
        encoding = self._tokenizer.encode(_UNREADABLE.sub("\ufffd", text), add_special_tokens=False)
        return encoding.tokens, encoding.offsets


def _whole_characters(scores: list[TokenScore]) -> list[TokenScore]:
    """Scores in order, those that share characters joined."""
    whole: list[TokenScore] = []
    for score in scores:
        if whole and score.start < whole[-1].end:
            last = whole.pop()
            score = TokenScore(last.start, max(last.end, score.end), last.logprob + score.logprob)
        whole.append(score)
    return whole


@lru_cache(maxsize=1)
def load_scorer(settings: Settings, name: str) -> Engine:
    """The enabled model of that name, kept for the process; MissingPart where it is not there or damaged."""
    model, folder = CATALOGUE[name], settings.models_folder
    if not is_enabled(model, folder):
        raise MissingPart(
            f"The language model {name} is not enabled, or is damaged: run `python -m review models enable {name}`."
        )
    try:
        return Engine(model, folder / name, threads=os.cpu_count() or 1)
    except ImportError as missing:
        raise MissingPart(
            f"The package {missing.name} is missing: run `pip install -r requirements.txt`."
        ) from missing
    except (OSError, RuntimeError, ValueError) as damaged:
        raise MissingPart(
            f"The language model {name} cannot be read; run `python -m review models enable {name}` to fetch it anew."
        ) from damaged
