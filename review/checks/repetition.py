"""Words written twice in a row."""

import re
from collections.abc import Iterator

from review.checks.family import Check, Family
from review.model import Context, Document, Flag, Segment, Severity

_TWICE = re.compile(r"\b([^\W\d_]+(?:[’'][^\W\d_]+)?)[ \u00a0\n]+(\1)\b(?![-’'])", re.IGNORECASE)

# Rightly doubled in English: tenses ("had had"), conjunction and pronoun ("that that"), emphasis and
# interjections. "in in", "on on", "her her" can be right but are mostly not: they are flagged, less surely.
_RIGHT = frozenset(
    """
    had that very so many no bye ha hey yes long well now more there blah aye tut knock
    """.split()
)
_SOMETIMES = frozenset(
    """
    is in on her it who you do can will
    """.split()
)
# Verbs whose particle may meet the same preposition: "join in in the singing", "carry on on the path".
_PHRASAL = re.compile(
    r"\b(?:join|carr|go|get|mov|hold|log|liv|cash|chim|keep|stay|hang|zero|giv|gave|turn|tun|com|cam)\w* $",
    re.I,
)
_LONGEST_VERB = 20


class Repetition(Family[None]):
    id = "repetition"
    title = "Repetition"
    checks = (
        Check(
            id="repeated-word",
            title="Word repeated",
            category="fluency/grammar",
            severity=Severity.MAJOR,
            meaning="The same word stands twice in a row.",
            example="He went to the the harbour. → He went to the harbour.",
        ),
    )

    def gather(self, document: Document, context: Context) -> None:
        return None

    def flags(self, segment: Segment, evidence: None) -> Iterator[Flag]:
        for match in _TWICE.finditer(segment.text):
            first, second = match.groups()
            word = first.casefold()
            name = first[0].isupper() and second[0].isupper()  # Duran Duran, Baden Baden
            if word in _RIGHT or name or segment.text[max(0, match.start() - 1)] in "-’'":
                continue
            before = segment.text[max(0, match.start() - _LONGEST_VERB) : match.start()]
            particle = word in ("in", "on") and _PHRASAL.search(before)
            yield self.flag(
                "repeated-word",
                segment,
                match.span(),
                f"“{first}” stands twice in a row.",
                first,
                confidence=0.5 if particle else 0.75 if word in _SOMETIMES else 0.95,
            )
