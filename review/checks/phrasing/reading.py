"""Reads segments deeply: grammar and language model, and from both the features of every token."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.checks.phrasing.grammar import Grammar
from review.checks.phrasing.surprisal import SourceGain, Surprisal, surprisals
from review.model import Context, Document, Segment, Token

_CONTEXT = 400  # characters of the document before a segment

Features = Iterator[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A segment as it was read; whatever is computed from it stands on this very text."""

    segment: Segment
    tokens: Sequence[Token]
    grammar: Grammar
    heard: Sequence[Surprisal | SourceGain]

    def features(self, i: int) -> Features:
        """All features of token `i`."""
        yield from self.grammar.features(i)
        for model in self.heard:
            yield from model.features(i)


def read_document(document: Document, context: Context) -> list[Reading]:
    """Every segment of a document, with the segment before it as the model’s context where it is one text."""
    assert context.tagger is not None
    segments = document.segments
    tokens = context.tagger.tag([segment.text for segment in segments])
    heard: Sequence[Sequence[Surprisal | SourceGain]] = [[] for _ in segments]
    if context.scorer is not None:
        texts = ["", *(segment.text for segment in segments)]
        before = [text[-_CONTEXT:] if document.bounded else "" for text in texts[: len(segments)]]
        heard = surprisals(segments, tokens, context.scorer, context.source_lang, before)
    return [
        Reading(segment, t, Grammar(segment, t), h)
        for segment, t, h in zip(segments, tokens, heard, strict=True)
    ]


def signals(context: Context, segment: Segment) -> str:
    """Which evidence there is, as the weights table names its columns: “gemma, source”."""
    model = context.scorer.name if context.scorer else "no model"
    return model if segment.source is None else f"{model}, source"
