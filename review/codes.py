"""Inline codes of a file (bold, a link, a placeholder) as they stand in texts: ⟦1⟧…⟦/1⟧ a pair, ⟦2/⟧ a single one.

`formats` puts them there and takes them out, `checks` compares them with the source's, pages draw them as chips.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from review.text import CODE

Form = Literal["open", "close", "single"]
Kind = Literal["missing", "added", "doubled", "order"]
_SIGN = "⟦"


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker in a text and where it stands."""

    start: int
    end: int
    number: int
    form: Form

    @property
    def text(self) -> str:
        return marker(self.number, self.form)


@dataclass(frozen=True, slots=True)
class Problem:
    """How a text's markers differ from the source's. `at` is where it shows, None for what is missing.

    Of those out of order it reaches from one to the other, and they should change places.
    """

    kind: Kind
    codes: tuple[Marker, ...]
    at: tuple[int, int] | None = None


def marker(number: int, form: Form) -> str:
    """A marker as it stands in texts."""
    before, after = {"open": ("", ""), "close": ("/", ""), "single": ("", "/")}[form]
    return f"⟦{before}{number}{after}⟧"


def has_codes(text: str) -> bool:
    """Whether there may be markers in a text; quick."""
    return _SIGN in text


def markers(text: str) -> list[Marker]:
    """The markers of a text in order."""
    return [_read(match) for match in CODE.finditer(text)] if _SIGN in text else []


def _read(match: re.Match[str]) -> Marker:
    inner = match.group()[1:-1]
    form: Form = "close" if inner[0] == "/" else "single" if inner[-1] == "/" else "open"
    return Marker(match.start(), match.end(), int(inner.strip("/")), form)


def codes_broken(source: str, text: str) -> list[Problem]:
    """What is wrong with the markers of a text beside those of its source, in the text's order."""
    wanted, found = markers(source), markers(text)
    if not wanted and not found:
        return []
    return [*_unexpected(wanted, found), *_out_of_order(wanted, found), *_missing(wanted, found)]


def _unexpected(wanted: Sequence[Marker], found: Sequence[Marker]) -> Iterator[Problem]:
    left = Counter(m.text for m in wanted)
    known = set(left)
    for one in found:
        if left[one.text] > 0:
            left[one.text] -= 1
        else:
            yield Problem("doubled" if one.text in known else "added", (one,), (one.start, one.end))


def _missing(wanted: Sequence[Marker], found: Sequence[Marker]) -> Iterator[Problem]:
    """The source's markers that the text lacks; both of a pair as one."""
    left = Counter(m.text for m in found)
    gone: list[Marker] = []
    for one in wanted:
        if left[one.text] > 0:
            left[one.text] -= 1
        else:
            gone.append(one)
    whole = pairs(gone)
    for one in gone:
        if one.form == "single" or one.number not in whole:
            yield Problem("missing", (one,))
        elif one == whole[one.number][0]:
            yield Problem("missing", whole[one.number])


def _out_of_order(wanted: Sequence[Marker], found: Sequence[Marker]) -> Iterator[Problem]:
    """Pairs that close before they open, and pairs that cross although they do not in the source."""
    spans, before = pairs(found), pairs(wanted)
    opened: dict[int, Marker] = {}
    for one in found:
        if one.form == "open":
            opened.setdefault(one.number, one)
        elif one.form == "close" and one.number in opened:
            top = next(reversed(opened))
            if top != one.number and top in spans and not _cross(before, top, one.number):
                last = spans[top][1]
                if one.start < last.start:
                    yield Problem("order", (one, last), (one.start, last.end))
            del opened[one.number]
        elif one.form == "close" and one.number in spans and _in_order(before.get(one.number)):
            first = spans[one.number][0]
            if one.start < first.start:
                yield Problem("order", (one, first), (one.start, first.end))


def _in_order(pair: tuple[Marker, Marker] | None) -> bool:
    return pair is not None and pair[0].start < pair[1].start


def _cross(spans: dict[int, tuple[Marker, Marker]], one: int, other: int) -> bool:
    if one not in spans or other not in spans:
        return False
    (a, b), (c, d) = spans[one], spans[other]
    return a.start < c.start < b.start < d.start or c.start < a.start < d.start < b.start


def pairs(found: Sequence[Marker]) -> dict[int, tuple[Marker, Marker]]:
    """The first opening and the first closing marker of each number that has both."""
    opened = {m.number: m for m in reversed(found) if m.form == "open"}
    closed = {m.number: m for m in reversed(found) if m.form == "close"}
    return {number: (opened[number], closed[number]) for number in opened if number in closed}


def without_codes(text: str) -> tuple[str, list[int] | None]:
    """A text as it reads without its markers, and for each offset in it the offset in `text`.

    The offsets are None where nothing changed. A marker that parts two words leaves a space; one that stands
    between two spaces takes one of them along.
    """
    found = markers(text)
    if not found:
        return text, None
    kept: list[str] = []
    offsets: list[int] = []
    at = 0
    for one in found:
        if one.start > at:
            kept.append(text[at : one.start])
            offsets.extend(range(at, one.start))
        at = one.end
        before, after = kept[-1][-1] if kept else "", text[at : at + 1]
        if one.form == "single" and before.strip() and after.isalnum():
            kept.append(" ")
            offsets.append(one.start)
        elif one.form == "single" and (before.isspace() or not before) and after.isspace():
            at += 1
    kept.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return "".join(kept), offsets


def with_codes_of(old: str, new: str) -> str:
    """`new` instead of `old`, with the markers that stand in `old`: none gets lost by a suggestion."""
    found = markers(old)
    if not found:
        return new
    bare = CODE.sub("", old)
    head = _alike(bare, new)
    tail = _alike(bare[head:][::-1], new[head:][::-1])
    parts: list[str] = []
    done = passed = 0
    for one in found:
        at = one.start - passed  # in `bare`
        passed += one.end - one.start
        if at > head:
            at = len(new) - min(max(len(bare) - at, 0), tail) if at >= len(bare) - tail else len(new) - tail
        parts += [new[done:at], one.text]
        done = at
    return "".join([*parts, new[done:]])


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    alike = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        alike += 1
    return alike
