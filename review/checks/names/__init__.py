"""Garbled names: endings and spellings of the source language, and names that differ from the source's."""

from collections.abc import Callable, Iterator

from review.checks.family import Family
from review.checks.names.against import other_in_reference, other_in_source
from review.checks.names.declared import CHECKS
from review.checks.names.evidence import Mentioned, NameEvidence, SourceHere
from review.checks.names.findings import Finding
from review.checks.names.inflection import ending_left
from review.checks.names.mentions import Mention, mentions
from review.checks.names.missing import missing_names
from review.checks.names.spelling import foreign_spelling
from review.checks.names.suffixes import suffixes_left
from review.checks.names.variants import other_spelling
from review.checks.names.wording import in_sentence
from review.model import Context, Document, Flag, Segment

_SUREST = 0.99  # nothing read off words alone is certain

Rule = Callable[[Mentioned], Finding | None]


class Names(Family[NameEvidence]):
    id = "names"
    title = "Names"
    checks = CHECKS

    # Asked in this order; the first that finds something has the mention.
    rules: tuple[Rule, ...] = (
        ending_left,
        foreign_spelling,
        other_in_source,
        other_spelling,
    )

    def gather(self, document: Document, context: Context) -> NameEvidence:
        return NameEvidence.of(document, context)

    def update(self, evidence: NameEvidence, before: Segment, after: Segment) -> NameEvidence:
        return evidence.replace(before, after)

    def flags(self, segment: Segment, evidence: NameEvidence) -> Iterator[Flag]:
        found = mentions(segment.text)
        here = None if evidence.source is None else SourceHere.of(segment, evidence.language)
        right = frozenset(m.text for text in segment.references for m in mentions(text))
        lower = frozenset(map(str.lower, right))
        beside = frozenset(mention.text for mention in found)
        for mention in found:
            mentioned = Mentioned(mention, segment.number, evidence, here, right, lower, beside)
            if (finding := self._finding(mentioned)) is not None:
                yield self._flag(segment, mention, finding, evidence)
        for (start, end), finding in suffixes_left(segment):
            mention = Mention(start, end, segment.text[start:end])
            yield self._flag(segment, mention, finding, evidence)
        if here is not None:
            told = [Mentioned(m, segment.number, evidence, here, right, lower, beside) for m in here.found]
            for (start, end), finding in missing_names(told, segment.text, segment.source or ""):
                mention = Mention(start, end, segment.text[start:end])
                yield self._flag(segment, mention, finding, evidence)

    def _finding(self, mentioned: Mentioned) -> Finding | None:
        word, listed = mentioned.mention.text, mentioned.evidence.listed
        if word in listed.accepted or word.lower() in mentioned.right_lower:
            return None
        if (right := listed.right.get(word)) is not None:
            return Finding("name-listed", (right,), f"Your name list has “{right}” for “{word}”.", 0.98)
        rules = (other_in_reference, *self.rules) if mentioned.right else self.rules
        return next((found for rule in rules if (found := rule(mentioned))), None)

    def _flag(self, segment: Segment, mention: Mention, finding: Finding, evidence: NameEvidence) -> Flag:
        before, after = segment.text[: mention.start], segment.text[mention.end :]
        case = "other" if mention.possessive else finding.case
        forms: dict[str, None] = {}
        for base in finding.right:
            abbreviation = finding.check == "name-suffix"
            for form in in_sentence(base, case, before, after, evidence.style.apostrophe, abbreviation):
                forms.setdefault(form)
        changed = {"severity": finding.severity} if finding.severity else {}
        span = (mention.start, mention.end)
        return self.flag(
            finding.check,
            segment,
            span,
            finding.why,
            *forms,
            confidence=min(round(finding.confidence, 3), _SUREST),
            **changed,
        )
