"""The language models: their weights, and scoring with them. `load_scorer` is all that others need."""

from review.lm.engine import load_scorer
from review.lm.tagger import load_tagger

__all__ = ["load_scorer", "load_tagger"]
