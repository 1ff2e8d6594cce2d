"""A logistic regression: named features → probability. Its weights are a table that people can read."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

Features = Iterable[tuple[str, float]]
Weights = Mapping[str, float]

INTERCEPT = "intercept"


def logit(features: Features, weights: Weights) -> float:
    """The weighted sum; a feature without a weight says nothing."""
    return weights[INTERCEPT] + sum(weights.get(name, 0.0) * value for name, value in features)


def probability(features: Features, weights: Weights) -> float:
    """The probability that the features speak for, in (0, 1)."""
    return 1 / (1 + math.exp(-logit(features, weights)))


def read_weights(path: Path) -> dict[str, dict[str, float]]:
    """A table of weights by column: one row a feature, an empty cell where a column has no such feature."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    header, *rows = (line.split("\t") for line in lines)
    return {
        name: {row[0]: float(row[n]) for row in rows if row[n]} for n, name in enumerate(header[1:], start=1)
    }


def write_weights(path: Path, columns: Mapping[str, Weights], remark: str) -> None:
    """The table that `read_weights` reads, with a remark of where it comes from."""
    names = sorted({name for weights in columns.values() for name in weights})
    lines = [f"# {remark}", "\t".join(("feature", *columns))]
    for name in names:
        told = (f"{weights[name]:.4g}" if name in weights else "" for weights in columns.values())
        lines.append("\t".join((name, *told)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
