"""A batch's names in groups: every variant of a name with its places, and the form that should stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from review.checks.names.demonyms import is_demonym
from review.model import Flag, Segment

_NAME = re.compile(r"[^\W\d_a-zåäöøæßšžéáíóúüłńśćżź][\w’'-]*(?:[-’'][\w]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…][”\"’')\]]*\s+|[“\"‘(]\s*)$")
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December".split()
)
_SNIPPET = 30  # characters of context on each side
_PLACES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a variant stands, with what stands around it."""

    segment: int
    before: str
    text: str
    after: str


@dataclass
class Variant:
    """One spelling of a name."""

    text: str
    count: int = 0
    places: list[Place] = field(default_factory=list)


@dataclass
class NameGroup:
    """A name: the form that should stand, the fuller forms it appears in, and its spellings."""

    right: str
    variants: dict[str, Variant] = field(default_factory=dict)
    fuller: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(variant.count for variant in self.variants.values())

    @property
    def wrong(self) -> list[Variant]:
        """The spellings that are not the proposed one."""
        return [variant for variant in self.variants.values() if variant.text != self.right]


def group_names(segments: Iterable[tuple[Segment, Sequence[Flag]]]) -> list[NameGroup]:
    """The names of a batch; a flagged variant belongs to the name that its flag suggests.

    Groups with something to decide come first, then the most frequent ones.
    """
    groups: dict[str, NameGroup] = {}
    lowered: set[str] = set()
    found: list[tuple[Segment, re.Match[str], str]] = []
    for segment, flags in segments:
        lowered.update(re.findall(r"\b[a-zåäö][\w-]+", segment.text))
        proposed = {(f.start, f.end): f.suggestions[0] for f in flags if f.suggestions}
        for match in _NAME.finditer(segment.text):
            form = _bare(match.group())
            right = proposed.get((match.start(), match.start() + len(form)))
            found.append((segment, match, _bare(right) if right else form))
    for segment, match, right in found:
        if right != _bare(match.group()) or _is_name(segment.text, match, lowered):
            _add(groups.setdefault(right, NameGroup(right)), segment, match, lowered)
    return sorted(groups.values(), key=lambda g: (not g.wrong, -g.count, g.right.casefold()))


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)


def _is_name(text: str, match: re.Match[str], lowered: set[str]) -> bool:
    """Whether a capitalised word is more than the first word of a sentence, a day or a nationality."""
    form = _bare(match.group())
    if len(form) < 2 or form in _CALENDAR or is_demonym(form):
        return False
    return form.casefold() not in lowered and not (
        _SENTENCE_START.search(text[: match.start()]) and not re.match(r" [A-ZÅÄÖ]", text[match.end() :])
    )


def _add(group: NameGroup, segment: Segment, match: re.Match[str], lowered: set[str]) -> None:
    form = _bare(match.group())
    variant = group.variants.setdefault(form, Variant(form))
    variant.count += 1
    text, start, end = segment.text, match.start(), match.start() + len(form)
    if len(variant.places) < _PLACES_SHOWN:
        around = text[max(0, start - _SNIPPET) : start], text[end : end + _SNIPPET]
        variant.places.append(Place(segment.number, around[0], form, around[1]))
    if before := re.search(r"((?:[A-ZÅÄÖ][\w’'-]+ )+)$", text[:start]):
        given = [word for word in before.group(1).split() if word.casefold() not in lowered]
        fuller = " ".join([*given, group.right])
        if given:
            group.fuller[fuller] = group.fuller.get(fuller, 0) + 1
