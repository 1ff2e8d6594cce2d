"""Odd phrasing: words that an editor would probably change, by grammar, language model and source."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from review.checks.family import Check, Family
from review.checks.phrasing.reading import Reading, read_document, signals
from review.checks.phrasing.spans import runs
from review.confidence.logistic import Weights, probability, read_weights
from review.model import Context, Document, Flag, Level, Segment, Severity

# The most that is told of a name or a mark: in good text they are as rare as in bad, and other checks know more.
_DISCOUNTED = 0.45

Evidence = dict[int, tuple[Reading, list[float]]]


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
            weights = weights_for(signals(context, reading.segment))
            likely = [
                min(
                    probability(reading.features(i), weights),
                    _DISCOUNTED if _is_discounted(reading, i) else 1.0,
                )
                for i in range(len(reading.tokens))
            ]
            found[reading.segment.number] = (reading, likely)
        return found

    def flags(self, segment: Segment, evidence: Evidence) -> Iterator[Flag]:
        if segment.number not in evidence:
            return
        reading, likely = evidence[segment.number]
        if reading.segment.text != segment.text:
            return
        for run in runs(reading.tokens, likely):
            span = (reading.tokens[run.first].start, reading.tokens[run.last].end)
            share = round(100 * run.probability)
            why = f"Editors change such wording in {share} of 100 places like this."
            yield self.flag("odd-phrasing", segment, span, why, confidence=round(run.probability, 3))


def _is_discounted(reading: Reading, i: int) -> bool:
    token = reading.tokens[i]
    name = token.pos == "PROPN" or (i > 0 and token.text[0].isupper())
    return name or not token.text[0].isalpha()


WEIGHTS = Path(str(files(__package__).joinpath("weights.tsv")))


@cache
def _weights() -> dict[str, dict[str, float]]:
    return read_weights(WEIGHTS)


def weights_for(column: str) -> Weights:
    """The weights fitted for the evidence at hand."""
    return _weights()[column]
