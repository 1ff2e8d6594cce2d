"""The metrics by the names that the command line has for them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.errors import BadInput

if TYPE_CHECKING:
    from review.metrics.metric import Metric

METRICS = ("bleu", "chrf", "chrf++", "ter")
TOKENIZERS = (
    "13a", "none", "intl", "char", "zh", "ja-mecab", "ko-mecab", "spm", "flores101", "flores200", "spBLEU-1K",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen about metrics; the defaults are sacreBLEU's."""

    tokenize: str = "13a"
    lowercase: bool = False
    ter_normalized: bool = False
    ter_no_punct: bool = False
    ter_asian_support: bool = False
    ter_case_sensitive: bool = False


DEFAULTS = Options()


def find_metric(metric_id: str, options: Options = DEFAULTS) -> "Metric":
    """The metric of that name, or BadInput."""
    # The command line's help must not wait for NumPy.
    from review.metrics.composed import ComposedBleu, ComposedChrf, ComposedTer

    if metric_id == "bleu":
        return ComposedBleu(options.tokenize, options.lowercase)
    if metric_id in ("chrf", "chrf++"):
        return ComposedChrf(word_order=metric_id.count("+"), lowercase=options.lowercase)
    if metric_id == "ter":
        return ComposedTer(
            options.ter_normalized,
            options.ter_no_punct,
            options.ter_asian_support,
            options.ter_case_sensitive,
        )
    raise BadInput(f"There is no metric “{metric_id[:60]}”; there are {', '.join(METRICS)}.")
