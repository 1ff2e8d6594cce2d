"""A deep family for the tests: it asks the model how likely each word is, as the real ones do."""

from collections.abc import Iterator, Sequence

from review.checks.family import Check, Family
from review.model import Context, Document, Flag, Level, Passage, Segment, Severity, TokenScore


class Words:
    """A model that finds every word likely but one."""

    name = "words"
    reads_source = False

    def __init__(self, odd: str = "odd") -> None:
        self.odd = odd
        self.asked: list[str] = []

    def score(self, passages: Sequence[Passage]) -> list[list[TokenScore]]:
        self.asked.extend(passage.text for passage in passages)
        return [list(self._scores(passage.text)) for passage in passages]

    def _scores(self, text: str) -> Iterator[TokenScore]:
        at = 0
        for word in text.split(" "):
            yield TokenScore(at, at + len(word), -9.0 if word == self.odd else -1.0)
            at += len(word) + 1


class Unlikely(Family[dict[int, list[TokenScore]]]):
    """Flags what the model finds unlikely; finds nothing where there is no model."""

    id = "unlikely"
    title = "Unlikely words"
    level = Level.DEEP
    checks = (
        Check("unlikely-word", "Unlikely word", "fluency/grammar", Severity.MINOR, "Odd.", "odd → even"),
    )

    def gather(self, document: Document, context: Context) -> dict[int, list[TokenScore]]:
        if context.scorer is None:
            return {}
        passages = [Passage(segment.text) for segment in document.segments]
        scores = context.scorer.score(passages)
        return {s.number: found for s, found in zip(document.segments, scores, strict=True)}

    def flags(self, segment: Segment, evidence: dict[int, list[TokenScore]]) -> Iterator[Flag]:
        for token in evidence.get(segment.number, []):
            if token.logprob < -5:
                span = (token.start, token.end)
                yield self.flag("unlikely-word", segment, span, "This word is unlikely.", confidence=0.8)
