"""Grammar that English does not have, read off parts of speech."""

from collections.abc import Iterator

from review.checks.family import Check, Family
from review.checks.grammar.patterns import PATTERNS
from review.model import Context, Document, Flag, Level, Segment, Severity, Token

Evidence = dict[int, tuple[str, list[Token]]]


class Grammar(Family[Evidence]):
    id = "grammar"
    title = "Grammar"
    level = Level.DEEP
    checks = (
        Check(
            id="grammar-agreement",
            title="Pronoun and verb differ in number",
            category="linguistic-conventions/agreement",
            severity=Severity.MAJOR,
            meaning="A pronoun and the verb beside it do not agree.",
            example="They was late. → They were late.",
        ),
        Check(
            id="grammar-comparison",
            title="Compared twice",
            category="linguistic-conventions/grammar",
            severity=Severity.MINOR,
            meaning="“More” or “most” stands before a form that compares already.",
            example="a more better plan → a better plan",
        ),
        Check(
            id="grammar-number",
            title="One or several",
            category="linguistic-conventions/agreement",
            severity=Severity.MINOR,
            meaning="A word that counts one thing stands before several, or the other way round.",
            example="several problem → several problems",
        ),
        Check(
            id="grammar-passive",
            title="Preposition missing after a passive",
            category="linguistic-conventions/grammar",
            severity=Severity.MAJOR,
            meaning="A name follows a passive verb with nothing between; Finnish marks by a case who did it, or where.",
            example="It was published Helsinki Times. → It was published by Helsinki Times.",
        ),
    )
    confidences = {
        "grammar-agreement": 0.8,
        "grammar-comparison": 0.9,
        "grammar-number": 0.8,
        "grammar-passive": 0.65,
    }

    def gather(self, document: Document, context: Context) -> Evidence:
        if context.tagger is None:
            return {}
        read = context.tagger.tag([segment.text for segment in document.segments])
        return {s.number: (s.text, tokens) for s, tokens in zip(document.segments, read, strict=True)}

    def flags(self, segment: Segment, evidence: Evidence) -> Iterator[Flag]:
        text, tokens = evidence.get(segment.number, ("", []))
        if text != segment.text:
            return
        for pattern in PATTERNS:
            for found in pattern(tokens):
                span = (tokens[found.first].start, tokens[found.last].end)
                right = () if found.right is None else (found.right,)
                sure = self.confidences[found.check]
                yield self.flag(found.check, segment, span, found.why, *right, confidence=sure)
