"""Fits the weights of a logistic regression to what people changed."""

from collections import Counter
from collections.abc import Iterable, Sequence

from review.confidence.logistic import INTERCEPT
from review.errors import MissingPart

Example = tuple[dict[str, float], bool]

_PENALTY = 10.0  # of the squared weights, on features scaled to at most 1
_ROUNDS = 400


def fit(examples: Iterable[Example], least: int) -> dict[str, float]:
    """The weights under which the examples are likeliest, by L2-penalised logistic regression.

    A feature that fewer than `least` examples have is left out: a table that people read has no use for it.
    """
    try:
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import MaxAbsScaler
    except ImportError as missing:
        raise MissingPart(
            "Fitting needs scikit-learn: run `pip install -r requirements-train.txt`."
        ) from missing
    features, changed = _enough(list(examples), least)
    vectors = DictVectorizer()
    scaler = MaxAbsScaler()
    matrix = scaler.fit_transform(vectors.fit_transform(features))
    model = LogisticRegression(C=1 / _PENALTY, max_iter=_ROUNDS)
    model.fit(matrix, changed)
    weights = dict(zip(vectors.feature_names_, model.coef_[0] / scaler.scale_, strict=True))
    return {INTERCEPT: float(model.intercept_[0]), **{n: float(w) for n, w in weights.items()}}


def _enough(examples: Sequence[Example], least: int) -> tuple[list[dict[str, float]], list[bool]]:
    count = Counter(name for features, _ in examples for name, value in features.items() if value)
    kept = {name for name, n in count.items() if n >= least}
    features = [{n: v for n, v in found.items() if n in kept} for found, _ in examples]
    return features, [changed for _, changed in examples]
