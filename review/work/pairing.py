"""Pairs pasted texts paragraph by paragraph, and helps a person where they do not match."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from review.errors import BadInput
from review.formats.guard import Limits, check_characters
from review.formats.jsonl import looks_like_jsonl
from review.work.aligning import read_choice
from review.work.intake import Given, Intake, pair_articles
from review.work.paste import Divergence, first_divergence, join_next, paragraphs, split_at, split_points

_OTHERS = ("source", "reference")


@dataclass(frozen=True, slots=True)
class Split:
    """A place where a paragraph may be broken: the offset, and how the text goes on there."""

    offset: int
    goes_on: str


@dataclass(frozen=True, slots=True)
class PairingPage:
    """Two texts side by side; `divergence` is None once they have as many paragraphs."""

    other: str
    rows: Sequence[tuple[str, str]]
    counts: tuple[int, int]
    divergence: Divergence | None
    splits: dict[str, list[Split]]


def read_pasted(texts: dict[str, str], limits: Limits) -> Intake:
    """Pasted texts ("text", "source", "reference") as one batch; UnequalParagraphs where they do not pair."""
    source, reference = (_given(texts[name], name) if texts[name].strip() else None for name in _OTHERS)
    return pair_articles(_given(texts["text"], "text"), source, reference, limits)


def read_pasted_lines(texts: dict[str, str], limits: Limits) -> Intake:
    """Pasted JSONL or line-aligned texts as they are, but for the browser's line ends."""
    given = {
        name: _given(re.sub(r"\r\n?", "\n", text).strip("\n") + "\n", name)
        for name, text in texts.items()
        if text.strip()
    }
    named = {"translation" if name == "text" else name: file for name, file in given.items()}
    layout = "" if looks_like_jsonl(texts["text"].encode("utf-8", "surrogatepass")) else "lines"
    return read_choice(list(named.items()), layout, limits)


def pairing_page(texts: dict[str, str]) -> PairingPage:
    """The translation beside the first text that has another number of paragraphs."""
    hypothesis = paragraphs(texts["text"])
    given = [name for name in _OTHERS if texts[name].strip()]
    if not given:
        raise BadInput("There is no source and no reference to pair the translation with.")
    unequal = [name for name in given if len(paragraphs(texts[name])) != len(hypothesis)]
    other = (unequal or given)[0]
    beside = paragraphs(texts[other])
    longest = max(len(hypothesis), len(beside))
    padded = [[*side, *[""] * (longest - len(side))] for side in (hypothesis, beside)]
    divergence = first_divergence(hypothesis, beside, other) if unequal else None
    at = divergence.at if divergence else 0
    return PairingPage(
        other=other,
        rows=list(zip(*padded, strict=True)),
        counts=(len(hypothesis), len(beside)),
        divergence=divergence,
        splits={"text": _splits(hypothesis, at), other: _splits(beside, at)},
    )


def edited(texts: dict[str, str], edit: str) -> dict[str, str]:
    """The texts after one edit: "join:source:4" or "split:text:4:120" (paragraph from 0, offset)."""
    kind, _, rest = edit.partition(":")
    name, *numbers = rest.split(":")
    if name not in texts or not numbers or not all(n.isascii() and n.isdigit() for n in numbers):
        raise BadInput("That edit cannot be read; go back and try again.")
    index, *offset = map(int, numbers)
    changed = (
        join_next(texts[name], index) if kind == "join" else split_at(texts[name], index, *offset[:1] or [0])
    )
    return {**texts, name: changed}


def _given(text: str, name: str) -> Given:
    check_characters(text, f"The pasted {'translation' if name == 'text' else name}")
    return Given("machine" if name == "text" else name, io.BytesIO(text.encode("utf-8")))


def _splits(blocks: list[str], at: int) -> list[Split]:
    if at >= len(blocks):
        return []
    return [Split(offset, blocks[at][offset : offset + 40]) for offset in split_points(blocks[at])]
