"""How surprising a language model finds each token: by itself, among its neighbours, and given the source."""

from collections.abc import Iterator, Sequence

from review.model import Passage, Scorer, Segment, Token, TokenScore

Features = Iterator[tuple[str, float]]

_MOST = 15.0  # nats; a rarer word tells nothing more
_HINGES = (2.0, 5.0, 9.0)  # surprisal speaks otherwise at each height
_LANGUAGES = {"fi": "Finnish", "et": "Estonian"}


class Surprisal:
    """A segment's tokens with a model's surprisal of each, in nats; `name` begins their features."""

    def __init__(self, name: str, tokens: Sequence[Token], scores: Sequence[TokenScore]) -> None:
        self._name = name
        self.values = _by_token(tokens, scores)
        self._mean = sum(self.values) / len(self.values) if self.values else 0.0

    def features(self, i: int) -> Features:
        """The features of token `i`."""
        value = self.values[i]
        yield self._name, value
        for hinge in _HINGES:
            yield f"{self._name} over {hinge:g}", max(0.0, value - hinge)
        yield f"{self._name} in the segment", self._mean
        yield f"{self._name} over the segment’s", max(0.0, value - self._mean)
        for j, side in ((i - 1, "before"), (i + 1, "after"), (i + 2, "two after")):
            if 0 <= j < len(self.values):
                yield f"{self._name} {side}", self.values[j]


class SourceGain:
    """What knowing the source makes of each token's surprisal."""

    def __init__(self, plain: Surprisal, given: Surprisal) -> None:
        self._gain = [p - g for p, g in zip(plain.values, given.values, strict=True)]
        self._mean = sum(self._gain) / len(self._gain) if self._gain else 0.0

    def features(self, i: int) -> Features:
        """The features of token `i`."""
        gain = self._gain[i]
        yield "gain by the source", gain
        yield "gain by the source lost", max(0.0, -gain)
        yield "gain by the source in the segment", self._mean
        for j, side in ((i - 1, "before"), (i + 1, "after")):
            if 0 <= j < len(self._gain):
                yield f"gain by the source {side}", self._gain[j]


def surprisals(
    segments: Sequence[Segment],
    tokens: Sequence[Sequence[Token]],
    scorer: Scorer,
    language: str,
    contexts: Sequence[str],
) -> list[list[Surprisal | SourceGain]]:
    """For each segment what the model says of its tokens: alone, and given the source where it reads it."""
    plain = scorer.score([_passage(s.text, c) for s, c in zip(segments, contexts, strict=True)])
    found: list[list[Surprisal | SourceGain]] = [
        [Surprisal("surprisal", t, scores)] for t, scores in zip(tokens, plain, strict=True)
    ]
    if not scorer.reads_source:
        return found
    sourced = [n for n, segment in enumerate(segments) if segment.source is not None]
    title = _LANGUAGES.get(language, "Source")
    given = scorer.score(
        [_passage(segments[n].text, f"{title}: {segments[n].source}\nEnglish:") for n in sourced]
    )
    for n, scores in zip(sourced, given, strict=True):
        alone, knowing = found[n][0], Surprisal("surprisal given the source", tokens[n], scores)
        assert isinstance(alone, Surprisal)
        found[n] += [knowing, SourceGain(alone, knowing)]
    return found


def _passage(text: str, before: str) -> Passage:
    """A text after a space, as running text stands; `Surprisal` takes the space off again."""
    return Passage(f" {text}", before)


def _by_token(tokens: Sequence[Token], scores: Sequence[TokenScore]) -> list[float]:
    """The surprisal of each token: of all the model's pieces that end in it."""
    values = [0.0] * len(tokens)
    at = 0
    for score in scores:
        end = score.end - 1  # the space before the text
        while at < len(tokens) and tokens[at].end < end:
            at += 1
        if at < len(tokens) and end > tokens[at].start:
            values[at] -= score.logprob
    return [min(value, _MOST) for value in values]
