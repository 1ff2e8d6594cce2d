"""What a text is held against: its source and its references, with the tables of their languages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from review.checks.lexicon.language import Lexicon, lexicon_of
from review.checks.lexicon.terms import Terms, Told
from review.model import Context, Segment


@dataclass(frozen=True, slots=True)
class Side:
    """A source or reference. `name` is what a reason calls it."""

    name: str
    text: str
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Swap:
    """A thing that the text has and no side has, and the things of a side that the text lacks."""

    told: Told
    lost: tuple[Told, ...]
    side: Side


@dataclass(frozen=True, slots=True)
class Loss:
    """A thing of a side that the text lacks, and has no other of its kind for."""

    told: Told
    side: Side


def sides(segment: Segment, context: Context) -> list[Side]:
    """The source first, then the references; a side in a language without a table is left out."""
    source, target = lexicon_of(context.source_lang), lexicon_of(context.target_lang)
    found = [Side("source", segment.source, source)] if segment.source and source else []
    return found + [Side("reference", text, target) for text in segment.references if text and target]


def compare(told: list[Told], basis: list[tuple[Side, list[Told]]]) -> Iterator[Swap | Loss]:
    """What the text has instead of what the first side has, and what it lacks without any instead.

    A thing that another side has too, or in the place of which a side has something else, is a matter of
    translation, not a mistake: so only what no side has is a swap, and only what all sides have a loss.
    """
    side, first = basis[0]
    allowed = {t.key for _, found in basis for t in found}
    present = {t.key for t in told}
    shared = [keys(found) for _, found in basis[1:]]
    lost = _once([t for t in first if t.key not in present and all(t.key in there for there in shared)])
    others = [t for t in told if t.key not in allowed]
    for other in others:
        yield Swap(other, lost, side)
    if not others:
        yield from (Loss(one, side) for one in lost)


def keys(found: list[Told]) -> set[str]:
    return {told.key for told in found}


def _once(found: list[Told]) -> tuple[Told, ...]:
    """The first of each thing."""
    first: dict[str, Told] = {}
    for told in found:
        first.setdefault(told.key, told)
    return tuple(first.values())


def read(basis: list[Side], terms: Callable[[Lexicon], Terms]) -> list[tuple[Side, list[Told]]]:
    """Each side with the terms of one kind that it has."""
    return [(side, terms(side.lexicon).find(side.text)) for side in basis]
