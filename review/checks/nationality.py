"""Countries and nationalities that differ from the source and the references."""

from collections.abc import Iterator

from review.checks.family import Check, Family
from review.checks.lexicon.basis import Swap, compare, sides
from review.checks.lexicon.language import lexicon_of
from review.checks.lexicon.nations import english_forms, nations
from review.checks.lexicon.terms import Told
from review.model import Context, Document, Flag, Segment, Severity

_SWAPPED = 0.75


class Nationality(Family[Context]):
    id = "nationality"
    title = "Countries and nationalities"
    checks = (
        Check(
            id="nation-mismatch",
            title="Another country or nationality",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="A country or its people that neither the source nor a reference names, while one that they "
            "name is not in the text.",
            example="source: venäläinen lehti — a Swedish newspaper → a Russian newspaper",
        ),
    )

    def gather(self, document: Document, context: Context) -> Context:
        return context

    def flags(self, segment: Segment, evidence: Context) -> Iterator[Flag]:
        basis = sides(segment, evidence)
        if not basis or lexicon_of(evidence.target_lang) is None:
            return
        told = nations(evidence.target_lang).find(segment.text)
        there = [(side, nations(side.lexicon.code).find(side.text)) for side in basis]
        for difference in compare(told, there) if told else ():
            if isinstance(difference, Swap) and difference.lost:
                yield self._swapped(segment, difference)

    def _swapped(self, segment: Segment, swap: Swap) -> Flag:
        told = swap.told
        lost = {one.key: one for one in swap.lost}
        kind = _kind(told)
        forms = dict.fromkeys(english_forms(key)[kind] for key in lost)
        one = next(iter(lost.values()))
        name = english_forms(one.key)[kind]
        reason = f"The {swap.side.name} has “{one.text}” ({name}); the text has “{told.text}”."
        return self.flag(
            "nation-mismatch", segment, (told.start, told.end), reason, *forms, confidence=_SWAPPED
        )


def _kind(told: Told) -> int:
    """Whether a word is the country's name (0), its adjective (1) or its people (2)."""
    forms = english_forms(told.key)
    return forms.index(told.text) if told.text in forms else 0
