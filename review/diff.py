"""Word diffs and spans moved from one version of a text to another (rapidfuzz does the work)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Literal

from rapidfuzz.distance import Indel, Levenshtein

from review.text import tokens

Kind = Literal["equal", "delete", "insert"]

# Beyond this many cells an alignment is no longer instant (100 kB against another 100 kB).
_MOST_CELLS = 400_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a diff: text in both, only in the old one, or only in the new one."""

    kind: Kind
    text: str


def word_diff(old: str, new: str) -> list[Change]:
    """How `old` becomes `new`, word by word; a deletion comes before the insertion that replaces it.

    Equal and deleted stretches joined are `old`; equal and inserted ones joined are `new`.
    """
    if old == new:
        return [Change("equal", old)] if old else []
    a, b = tokens(old), tokens(new)
    changes: list[Change] = []
    for op in Indel.opcodes(a, b):
        if op.tag == "equal":
            _append(changes, "equal", "".join(a[op.src_start : op.src_end]))
            continue
        _append(changes, "delete", "".join(a[op.src_start : op.src_end]))
        _append(changes, "insert", "".join(b[op.dest_start : op.dest_end]))
    return _bridge_spaces(changes)


def _append(changes: list[Change], kind: Kind, text: str) -> None:
    if text:
        changes.append(Change(kind, text))


def _bridge_spaces(changes: list[Change]) -> list[Change]:
    """Fold an unchanged space between two changes into them: "old two" → "new words" reads as one edit."""
    out: list[Change] = []
    deleted = inserted = ""
    for index, change in enumerate(changes):
        inside = 0 < index < len(changes) - 1 and bool(deleted or inserted)
        if change.kind == "delete":
            deleted += change.text
        elif change.kind == "insert":
            inserted += change.text
        elif inside and change.text.isspace() and "\n" not in change.text and deleted and inserted:
            deleted += change.text
            inserted += change.text
        else:
            _append(out, "delete", deleted)
            _append(out, "insert", inserted)
            deleted = inserted = ""
            out.append(change)
    _append(out, "delete", deleted)
    _append(out, "insert", inserted)
    return out


@dataclass(frozen=True, slots=True)
class Splice:
    """A stretch of an old text (half-open) that becomes something else."""

    start: int
    end: int
    text: str


def splices(old: str, new: str) -> list[Splice]:
    """What turns `old` into `new`, word by word and in order; whatever is between them stays where it is."""
    words = tokens(old)
    places = [0, *accumulate(map(len, words))]
    return [Splice(places[start], places[end], text) for start, end, text in _edits(words, tokens(new))]


def move_span(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the span of `old` stands in `new`, or None where its text was changed or cannot be told."""
    if old == new:
        return start, end
    if len(old) * len(new) > _MOST_CELLS:
        return None
    for block in Levenshtein.opcodes(old, new):
        if block.tag == "equal" and block.src_start <= start and end <= block.src_end:
            shift = block.dest_start - block.src_start
            return start + shift, end + shift
    return None


def in_brief(changes: Sequence[Change], kept: int = 60) -> list[Change]:
    """A diff with its long unchanged stretches cut down to what stands beside a change."""
    out: list[Change] = []
    for index, change in enumerate(changes):
        text = change.text
        if change.kind == "equal" and len(text) > 3 * kept:
            before = text[:kept].rpartition(" ")[0] if index else ""
            after = text[-kept:].partition(" ")[2] if index < len(changes) - 1 else ""
            text = f"{before} … {after}" if before else f"… {after}"
        out.append(Change(change.kind, text))
    return out


def merge(base: str, yours: str, theirs: str) -> str | None:
    """`base` with the changes of both, word by word; None where both changed the same words differently.

    The rule is that of diff3: changes of one side stand where the other left the text alone, and the same
    change made twice stands once. Changes that touch collide too, since neither was made seeing the other.
    """
    words = tokens(base)
    edits = sorted({*_edits(words, tokens(yours)), *_edits(words, tokens(theirs))})
    merged: list[str] = []
    at = 0
    for index, (start, end, text) in enumerate(edits):
        if index and start <= edits[index - 1][1]:
            return None
        merged += [*words[at:start], text]
        at = end
    return "".join([*merged, *words[at:]])


def _edits(old: list[str], new: list[str]) -> Iterator[tuple[int, int, str]]:
    """The stretches of `old` that become something else: half-open in words, and what stands there then."""
    for kept, run in groupby(Indel.opcodes(old, new), key=lambda op: op.tag == "equal"):
        ops = list(run)
        if not kept:
            text = "".join(new[ops[0].dest_start : ops[-1].dest_end])
            yield ops[0].src_start, ops[-1].src_end, text
