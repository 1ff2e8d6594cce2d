"""Two prepositions in a row that English never puts together."""

import re
from collections.abc import Iterator

from review.checks.family import Check, Family
from review.model import Context, Document, Flag, Segment, Severity

# English does chain prepositions ("from under", "up to", "out of") and leaves them stranded ("the
# man she spoke with during lunch"). So only two kinds of pairs are sure: a first one that is never
# stranded, and one that opens a sentence, where nothing could have stranded it.
_SECOND = "of|at|with|during|into|from|on|in|for|against|among|towards?|despite"
_NEVER_STRANDED = re.compile(
    rf"(?<![\w'’-])(?P<first>during|despite|towards?|amid|among) (?P<second>{_SECOND})(?![\w'’-])",
    re.I,
)
_OPENING = re.compile(
    rf"(?<![^\s“\"‘(])(?P<first>Before|After|Since|With|Of|Between|Against|Without|Through|For|At|From|In|To)"
    rf" (?P<second>{_SECOND})(?![\w'’-])"
)
# Before "of" with its noun nothing can have stranded these: "in of the house" has one too many.
_BEFORE_OF = re.compile(
    r"(?<![\w'’-])(?P<first>at|on|in|with|by|to|from|against|between|over|under|through) (?P<second>of)"
    r" (?=the|an?|this|his|her|their|its)"
)
# "from at least ten", "of at most": the second begins a measure; "in for", "in on": a phrasal verb's.
_MEASURE = re.compile(r" (?:least|most|best|worst|first|last|once|any|all|times|home|work|sea|some|\d)")
_FIXED = frozenset({"from among", "from at", "for in", "in with", "in at", "in for", "in on", "in among"})


class Prepositions(Family[None]):
    id = "prepositions"
    title = "Prepositions"
    checks = (
        Check(
            id="doubled-preposition",
            title="Two prepositions",
            category="fluency/grammar",
            severity=Severity.MAJOR,
            meaning="Two prepositions stand in a row that never go together; one of them, or a word between, is wrong.",
            example="Before during his trip → Before his trip, During his trip, or Before and during his trip",
        ),
    )

    def gather(self, document: Document, context: Context) -> None:
        return None

    def flags(self, segment: Segment, evidence: None) -> Iterator[Flag]:
        found = set()
        for pattern in (_NEVER_STRANDED, _OPENING, _BEFORE_OF):
            for match in pattern.finditer(segment.text):
                first, second = match["first"], match["second"].lower()
                pair = f"{first.lower()} {second}"
                if first.lower() == second or pair in _FIXED or match.span() in found:
                    continue  # a repeated word is another check's
                if _MEASURE.match(segment.text, match.end("second")):
                    continue
                found.add(match.span())
                yield self._doubled(segment, match.start(), first, second)

    def _doubled(self, segment: Segment, start: int, first: str, second: str) -> Flag:
        moved = second[0].upper() + second[1:] if first[0].isupper() else second
        joined = [f"{first} and {second}"] if {first.lower(), second} <= {"before", "during", "after"} else []
        reason = f"“{first} {second}” joins two prepositions that do not go together."
        span = (start, start + len(first) + 1 + len(second))
        return self.flag("doubled-preposition", segment, span, reason, *joined, first, moved, confidence=0.8)
