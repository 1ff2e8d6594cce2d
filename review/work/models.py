"""What the deep checks read with: the language model that is asked for, and the grammar."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from review.confidence.logistic import read_weights
from review.errors import MissingPart
from review.model import Context, Scorer, Tagger
from review.settings import Settings

NO_MODEL = "none"


@dataclass(frozen=True, slots=True)
class DeepParts:
    """What could be had, and a sentence for each part that could not."""

    scorer: Scorer | None = None
    tagger: Tagger | None = None
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()

    def given_to(self, context: Context) -> Context:
        """The context with these parts."""
        return replace(context, scorer=self.scorer, tagger=self.tagger, weights=self.weights)


def deep_parts(settings: Settings, choice: str) -> DeepParts:
    """The model of that name and the grammar; without one of them the other checks run all the same."""
    from review.lm import load_scorer, load_tagger  # heavy: a second and more

    scorer, tagger, troubles = None, None, []
    if choice != NO_MODEL:
        try:
            scorer = load_scorer(settings, choice)
        except MissingPart as missing:
            troubles.append(f"The deep checks ran without a language model. {missing}")
    try:
        tagger = load_tagger()
    except MissingPart as missing:
        troubles.append(f"The deep checks did not run. {missing}")
    own = weights_file(settings)
    return DeepParts(scorer, tagger, read_weights(own) if own.exists() else {}, tuple(troubles))


def weights_file(settings: Settings) -> Path:
    """A team's own weights, in its instance folder."""
    return settings.instance / "weights.tsv"
