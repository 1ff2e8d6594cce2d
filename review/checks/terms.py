"""One thing called by several names in one document: "MEP" here, "Euro representative" there."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from review.checks.family import Check, Family
from review.model import Context, Document, Flag, Segment, Severity


@dataclass(frozen=True, slots=True)
class Term:
    """What one thing is called: the `usual` names, and `literal` ones that only a translation has.

    A literal name is flagged beside any other of the term; of the usual ones the rare are, less surely.
    """

    usual: tuple[str, ...]
    literal: tuple[str, ...] = ()


# Singular; an -s is understood. Literal names are word-for-word renderings of Finnish and Estonian
# (europarlamentaarikko, euroedustaja, perussuomalaiset); the usual ones are those that the
# institutions themselves use.
_TERMS = (
    Term(
        ("MEP", "Member of the European Parliament"),
        (
            "Euro MP",
            "Euro-MP",
            "Euro MEP",
            "Euro representative",
            "Euro-representative",
            "Euro deputy",
            "Eurodeputy",
            "Euro parliamentarian",
            "Europarliamentarian",
        ),
    ),
    Term(("European Parliament",), ("Euro Parliament", "Euro-Parliament", "Europarliament")),
    Term(("European election",), ("Euro election", "Euro-election", "Euroelection")),
    Term(("Finns Party",), ("Basic Finns", "Fundamental Finns", "Ordinary Finns")),
    Term(("National Coalition Party",), ("Coalition Party", "National Rally Party")),
    Term(("Left Alliance",), ("Left League", "Left Union", "Left Federation")),
    Term(("Green League", "Greens"), ("Green Union", "Green Federation")),
    Term(("Swedish People’s Party", "Swedish People's Party"), ("Swedish National Party",)),
    Term(
        ("Social Insurance Institution", "Kela"),
        ("National Pension Institution", "People’s Pension Institution"),
    ),
    Term(("National Bureau of Investigation",), ("Central Criminal Police", "Central Crime Police")),
    Term(("coronavirus",), ("corona virus",)),
    Term(("per cent", "percent")),
    Term(("eurozone", "euro zone")),
    Term(("email", "e-mail")),
)
_TERM_OF = {name.lower(): (term, name) for term in _TERMS for name in (*term.usual, *term.literal)}
_NAMES = re.compile(
    r"(?<![\w-])(?P<name>"
    + "|".join(re.escape(name) for name in sorted(_TERM_OF, key=len, reverse=True))
    + r")(?P<plural>s?)(?![\w-])",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\bNational $")  # "Coalition Party" is the end of the full name
_REACH = 10  # segments to either side, where the ends of documents are unknown
_USUAL_RATIO = 3  # how many times rarer a usual name must be to be flagged


@dataclass(slots=True)
class _Uses:
    """Where one term stands: the places of its segments in order, and the name in each."""

    places: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Evidence:
    bounded: bool
    places: dict[int, int]
    uses: dict[Term, _Uses]


class Terms(Family[_Evidence]):
    id = "terms"
    title = "Terms"
    checks = (
        Check(
            id="term-variants",
            title="One term, several translations",
            category="terminology/inconsistent",
            severity=Severity.MINOR,
            meaning="The document calls one thing by several names; one of them is its own.",
            example="The MEPs voted. Two Euro representatives left. → The MEPs voted. Two MEPs left.",
        ),
    )

    def gather(self, document: Document, context: Context) -> _Evidence:
        places = {segment.number: at for at, segment in enumerate(document.segments)}
        evidence = _Evidence(document.bounded, places, {})
        for segment in document.segments:
            _add(evidence, segment)
        return evidence

    def update(self, evidence: _Evidence, before: Segment, after: Segment) -> _Evidence:
        _remove(evidence, before)
        _add(evidence, after)
        return evidence

    def flags(self, segment: Segment, evidence: _Evidence) -> Iterator[Flag]:
        for match in _names(segment.text):
            term, name = _TERM_OF[match["name"].lower()]
            counts = self._near(segment, term, evidence)
            literal = name in term.literal
            others = [other for other in counts if other != name]
            if not others:
                continue
            best = max(others, key=lambda other: (other in term.usual, counts[other]))
            if not literal and (best not in term.usual or counts[best] < _USUAL_RATIO * counts[name]):
                continue
            right = (term.usual[0] if literal else best) + match["plural"]
            reason = f"The document also says “{best}” for this."
            yield self.flag(
                "term-variants", segment, match.span(), reason, right, confidence=0.85 if literal else 0.5
            )

    def _near(self, segment: Segment, term: Term, evidence: _Evidence) -> Counter[str]:
        """How often each name of `term` stands in the document, or near the segment."""
        used = evidence.uses.get(term, _Uses())
        if evidence.bounded:
            return Counter(used.names)
        here = evidence.places.get(segment.number, 0)
        first = bisect_left(used.places, here - _REACH)
        return Counter(used.names[first : bisect_right(used.places, here + _REACH)])


def _add(evidence: _Evidence, segment: Segment) -> None:
    at = evidence.places[segment.number]
    for match in _names(segment.text):
        term, name = _TERM_OF[match["name"].lower()]
        used = evidence.uses.setdefault(term, _Uses())
        after = bisect_right(used.places, at)
        used.places.insert(after, at)
        used.names.insert(after, name)


def _remove(evidence: _Evidence, segment: Segment) -> None:
    at = evidence.places[segment.number]
    for used in evidence.uses.values():
        own = slice(bisect_left(used.places, at), bisect_right(used.places, at))
        del used.places[own], used.names[own]


def _names(text: str) -> Iterator[re.Match[str]]:
    for match in _NAMES.finditer(text):
        if not _BEFORE.search(text[max(0, match.start() - 10) : match.start()]):
            yield match
