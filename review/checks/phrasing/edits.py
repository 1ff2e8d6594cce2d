"""Small edits tried where a word is odd; one that makes the sentence much likelier is the suggestion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.checks.phrasing.reading import Reading
from review.checks.phrasing.spans import Run
from review.model import Passage, Scorer, Token

TRIED = 0.6  # the least probability of a run that edits are tried on
_LONGEST = 2  # tokens of such a run
_CLEARLY = 5.0  # nats: more than a hundred times as likely
_LONGEST_TEXT = 1_000  # characters of a sentence that is scored over and over

_PREPOSITIONS = ("of", "in", "on", "at", "for", "to", "by", "with", "from", "about")
_PRONOUNS = (("its", "his", "her", "their"), ("it", "he", "she", "they"), ("it", "him", "her", "them"))
_ARTICLES = ("the", "a", "an")
_INSERTED = ("the", "a", "of", "to", "in")
_DROPPED = frozenset({"DET", "ADP", "PART", "PRON", "ADV", "AUX", "SCONJ", "CCONJ"})


@dataclass(frozen=True, slots=True)
class Edit:
    """Tokens [first, last] and the text that may stand for them."""

    first: int
    last: int
    text: str


def edits(tokens: Sequence[Token], run: Run) -> Iterator[Edit]:
    """The edits worth a try on a run: drop or replace a function word, or put one before."""
    if run.last - run.first >= _LONGEST:
        return
    token = tokens[run.first]
    if run.first == run.last:
        lower = token.text.lower()
        for other in _instead(token, lower):
            yield Edit(run.first, run.first, _cased(other, token))
        if token.pos in _DROPPED and run.last + 1 < len(tokens):
            after = tokens[run.last + 1]
            yield Edit(run.first, run.last + 1, _cased(after.text, token))
    if token.pos in ("NOUN", "ADJ", "VERB"):
        span = " ".join(t.text for t in tokens[run.first : run.last + 1])
        for word in _INSERTED:
            yield Edit(run.first, run.last, f"{word} {span}")


def _instead(token: Token, lower: str) -> Iterator[str]:
    if token.pos == "ADP":
        yield from (word for word in _PREPOSITIONS if word != lower)
    if lower in _ARTICLES:
        yield from (word for word in _ARTICLES if word != lower)
    for group in _PRONOUNS:
        if lower in group:
            yield from (word for word in group if word != lower)


def _cased(word: str, like: Token) -> str:
    return word[:1].upper() + word[1:] if like.text[0].isupper() and like.start == 0 else word


def best_edits(places: Sequence[tuple[Reading, Run]], scorer: Scorer) -> list[Edit | None]:
    """For each run the edit that makes its sentence likeliest, if it does so clearly; one batch for all."""
    asked: list[Passage] = []
    tried: list[list[Edit]] = []
    for reading, run in places:
        text = reading.segment.text
        some = list(edits(reading.tokens, run)) if len(text) <= _LONGEST_TEXT else []
        tried.append(some)
        if some:
            asked.append(Passage(f" {text}"))
            asked.extend(Passage(f" {edited(reading, edit)}") for edit in some)
    likely = iter([sum(score.logprob for score in scores) for scores in scorer.score(asked)])
    found: list[Edit | None] = []
    for some in tried:
        best: Edit | None = None
        if some:
            plain = next(likely)
            gains = [(next(likely) - plain, edit) for edit in some]
            gain, candidate = max(gains, key=lambda pair: pair[0])
            best = candidate if gain >= _CLEARLY else None
        found.append(best)
    return found


def edited(reading: Reading, edit: Edit) -> str:
    """The segment's text with the edit made."""
    text, tokens = reading.segment.text, reading.tokens
    return text[: tokens[edit.first].start] + edit.text + text[tokens[edit.last].end :]
