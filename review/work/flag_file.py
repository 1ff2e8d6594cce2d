"""Flags files without a database: what `python -m review flag` does."""

from collections.abc import Collection, Iterable, Iterator

from review.checks import all_checks, deep_checks, families_of
from review.checks.run import Checker, flag_document
from review.errors import BadInput
from review.model import Context, Document, Flag, Level


def flag_documents(
    documents: Iterable[Document],
    context: Context,
    checks: Collection[str] | None = None,
    level: Level = Level.INSTANT,
    min_confidence: float = 0.0,
) -> Iterator[Flag]:
    """The flags of documents in order; BadInput names a check that does not exist."""
    _refuse_unknown(checks or ())
    families = [family for one in Level if one.rank <= level.rank for family in families_of(one)]
    for document in documents:
        for flags in flag_document(document, Checker(context, checks, families, level)):
            yield from (flag for flag in flags if flag.confidence >= min_confidence)


def needs_model(checks: Collection[str] | None, level: Level) -> bool:
    """Whether any of these checks is one of the deep ones, which may ask a language model."""
    deep = deep_checks()
    return level is Level.DEEP and (bool(deep) if checks is None else not deep.isdisjoint(checks))


def _refuse_unknown(checks: Collection[str]) -> None:
    known = {check.id for check in all_checks()}
    if unknown := sorted(set(checks) - known):
        raise BadInput(f"There is no check “{unknown[0]}”; there are {', '.join(sorted(known))}.")
