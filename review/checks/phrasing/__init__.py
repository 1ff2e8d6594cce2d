"""Odd phrasing: words that an editor would probably change, by grammar, language model and source."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from review.checks.family import Check, Family
from review.checks.phrasing.edits import TRIED, Edit, best_edits
from review.checks.phrasing.grammar import english
from review.checks.phrasing.reading import Reading, read_document, signals
from review.checks.phrasing.spans import Run, runs
from review.confidence.logistic import Weights, probability, read_weights
from review.model import Context, Document, Flag, Level, Scorer, Segment, Severity, Token

# The most that is told of a name or a mark: in good text they are as rare as in bad, and other checks know more.
_DISCOUNTED = 0.45
_OF_A_NEW_WORD = 0.65  # a word in no list may be coined; the check on untranslated words knows the others
_SUREST = 0.97


@dataclass(frozen=True, slots=True)
class Odd:
    """A run of odd words, with the edit that would help."""

    reading: Reading
    run: Run
    edit: Edit | None = None


Evidence = dict[int, list[Odd]]


class Phrasing(Family[Evidence]):
    id = "phrasing"
    title = "Odd phrasing"
    level = Level.DEEP
    checks = (
        Check(
            id="odd-phrasing",
            title="Odd phrasing",
            category="style/awkward",
            severity=Severity.MINOR,
            meaning="Words that an editor would probably change. The grammar, the frequency of the words, a language "
            "model’s surprise and, where there is one, the source are weighed together; the weights were fitted on "
            "what people changed in machine translations.",
            example="The trip was already headwind before it began.",
        ),
    )

    def gather(self, document: Document, context: Context) -> Evidence:
        if context.tagger is None:
            return {}
        found: Evidence = {}
        for reading in read_document(document, context):
            weights = _weights_for(signals(context, reading.segment), context)
            likely = [
                min(probability(reading.features(i), weights), _most(reading.tokens[i], i))
                for i in range(len(reading.tokens))
            ]
            found[reading.segment.number] = [Odd(reading, run) for run in runs(reading.tokens, likely)]
        return _with_edits(found, context.scorer) if context.scorer else found

    def flags(self, segment: Segment, evidence: Evidence) -> Iterator[Flag]:
        for odd in evidence.get(segment.number, ()):
            if odd.reading.segment.text != segment.text:
                return
            tokens, sure = odd.reading.tokens, odd.run.probability
            first, last = odd.run.first, odd.run.last
            odd_text = segment.text[tokens[first].start : tokens[last].end]
            why = (
                f"Editors change wording such as “{odd_text}” in {round(100 * sure)} of 100 places like this."
            )
            right: tuple[str, ...] = ()
            if odd.edit is not None:
                first, last, right = min(first, odd.edit.first), max(last, odd.edit.last), (odd.edit.text,)
                why = f"“{odd.edit.text}” would make the sentence much likelier. {why}"
            span = (tokens[first].start, tokens[last].end)
            yield self.flag("odd-phrasing", segment, span, why, *right, confidence=round(sure, 3))


def _with_edits(found: Evidence, scorer: Scorer) -> Evidence:
    """The same with an edit where one helps clearly."""
    peaks = [odd for every in found.values() for odd in every if odd.run.probability >= TRIED]
    best = best_edits([(odd.reading, odd.run) for odd in peaks], scorer)
    mended = {
        (odd.reading.segment.number, odd.run.first): edit for odd, edit in zip(peaks, best, strict=True)
    }
    return {
        number: [replace(odd, edit=mended.get((number, odd.run.first))) for odd in every]
        for number, every in found.items()
    }


def _most(token: Token, i: int) -> float:
    """The most that is told of a token, however odd it is."""
    name = token.pos == "PROPN" or (i > 0 and token.text[0].isupper())
    if name or not token.text[0].isalpha():
        return _DISCOUNTED
    return _SUREST if english(token.text.lower()) else _OF_A_NEW_WORD


WEIGHTS = Path(str(files(__package__).joinpath("weights.tsv")))


@cache
def _weights() -> dict[str, dict[str, float]]:
    return read_weights(WEIGHTS)


def _weights_for(column: str, context: Context) -> Weights:
    """The weights fitted for the evidence at hand: the team's own, or those that come with Tarkka."""
    return context.weights.get(column) or _weights()[column]
