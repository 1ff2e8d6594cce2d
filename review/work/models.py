"""The language model that the settings or the command line name, as the checks know it."""

from functools import lru_cache
from importlib import import_module

from review.errors import BadInput, TarkkaError
from review.model import Scorer
from review.settings import Settings

NO_MODEL = "none"


def scorer_of(settings: Settings, choice: str) -> tuple[Scorer | None, str]:
    """The model of that name and "", or None and the sentence that says why there is none."""
    if choice == NO_MODEL:
        return None, ""
    try:
        return _loaded(settings, choice), ""
    except TarkkaError as error:
        return None, f"The deep checks that need a language model did not run. {error}"


@lru_cache(maxsize=1)
def _loaded(settings: Settings, choice: str) -> Scorer:
    """Loading takes seconds, so a worker does it once; what could not be loaded is tried again."""
    # MERGE: with review/lm there, this becomes `from review.lm import load_scorer` at the top of the file.
    try:
        room = import_module("review.lm")
    except ImportError:
        raise BadInput("This edition carries no language model.") from None
    scorer: Scorer = room.load_scorer(settings, choice)
    return scorer
