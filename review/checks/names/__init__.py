"""Names whose Finnish ending was left on."""

import re
from collections.abc import Iterator

from review.checks.family import Check, Family
from review.checks.names.demonyms import is_demonym
from review.checks.names.endings import SUFFIXES, Analysis, analyses
from review.checks.names.mentions import Mention, NameEvidence, follows_name, mentions, names_in
from review.checks.names.wording import in_sentence
from review.model import Context, Document, Flag, Segment, Severity

_SUFFIXED = re.compile(r"(?<!\w)([^\W\d_]*[A-ZÅÄÖ][^\W_]*):([a-zåäö]{1,5})(?!\w)")


class Names(Family[NameEvidence]):
    id = "names"
    title = "Names"
    checks = (
        Check(
            id="name-ending",
            title="Finnish ending on a name",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="A name carries a Finnish case ending; its bare form stands elsewhere in the text, the source or the reference.",
            example="with Matti Virtasen → with Matti Virtanen",
        ),
        Check(
            id="name-suffix",
            title="Finnish ending after a colon",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="An abbreviation carries a Finnish case ending after a colon.",
            example="EU:n members → the EU’s members",
        ),
        Check(
            id="name-listed",
            title="Name list has another form",
            category="terminology/inconsistent",
            severity=Severity.MAJOR,
            meaning="The reviewers’ name list gives another form for this name.",
            example="Zaharova → Zakharova, once somebody corrected it",
        ),
    )

    def gather(self, document: Document, context: Context) -> NameEvidence:
        return NameEvidence.of(document, context.names)

    def flags(self, segment: Segment, evidence: NameEvidence) -> Iterator[Flag]:
        right = names_in(segment.references)
        for mention in mentions(segment.text):
            if mention.text in evidence.listed.accepted:
                continue
            if mention.text in evidence.listed.right:
                yield self._listed_flag(segment, mention, evidence)
                continue
            if right[mention.text] or is_demonym(mention.text) or follows_name(segment, mention) == "Sanomat":
                continue
            best = self._best(mention, segment, evidence, right)
            if best is not None:
                yield self._ending_flag(segment, mention, best, evidence)
        yield from self._suffixes(segment, evidence)

    def _listed_flag(self, segment: Segment, mention: Mention, evidence: NameEvidence) -> Flag:
        right = evidence.listed.right[mention.text]
        reason = f"Your name list has “{right}” for “{mention.text}”."
        return self.flag("name-listed", segment, (mention.start, mention.end), reason, right, confidence=0.98)

    def _best(
        self, mention: Mention, segment: Segment, evidence: NameEvidence, right: dict[str, int]
    ) -> Analysis | None:
        """The reading whose base form is best attested, if any is."""
        here = evidence.places(mention.text, segment.number)
        attested = []
        for reading in analyses(mention.text):
            places = len(evidence.places(reading.base, segment.number))
            known = right.get(reading.base, 0) or evidence.in_source(reading.base, segment.number)
            if known or places >= len(here):
                attested.append((right.get(reading.base, 0), places, reading))
        return max(attested, key=lambda entry: entry[:2], default=(0, 0, None))[2]

    def _ending_flag(
        self, segment: Segment, mention: Mention, reading: Analysis, evidence: NameEvidence
    ) -> Flag:
        before, after = segment.text[: mention.start], segment.text[mention.end :]
        case = "other" if mention.possessive else reading.ending.case
        forms = in_sentence(reading.base, case, before, after, evidence.style.apostrophe)
        where = _told(evidence.places(reading.base, segment.number))
        reason = (
            f"“{mention.text}” looks like “{reading.base}” with the Finnish {reading.ending.case} ending "
            f"-{reading.ending.text}; “{reading.base}” stands {where}."
        )
        sure = 0.95 if reading.ending.text.startswith("i") else 0.85
        return self.flag(
            "name-ending", segment, (mention.start, mention.end), reason, *forms, confidence=sure
        )

    def _suffixes(self, segment: Segment, evidence: NameEvidence) -> Iterator[Flag]:
        for match in _SUFFIXED.finditer(segment.text):
            base, ending = match.groups()
            if ending not in SUFFIXES:
                continue
            case = "genitive" if ending.endswith("n") else "other"
            before, after = segment.text[: match.start()], segment.text[match.end() :]
            yield self.flag(
                "name-suffix",
                segment,
                match.span(),
                f"“:{ending}” is a Finnish case ending on the abbreviation “{base}”.",
                *in_sentence(base, case, before, after, evidence.style.apostrophe, abbreviation=True),
                confidence=0.97,
            )


def _told(places: list[int]) -> str:
    if not places:
        return "in the source or the reference"
    several = sorted(set(places))
    if len(several) == 1:
        return f"in segment {several[0]}"
    shown = [str(number) for number in several[:3]]
    return f"in segments {', '.join(shown[:-1])} and {shown[-1]}"
