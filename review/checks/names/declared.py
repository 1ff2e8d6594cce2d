"""The checks on names as their documentation tells them."""

from review.checks.family import Check
from review.model import Severity

CHECKS = (
    Check(
        id="name-ending",
        title="Foreign ending on a name",
        category="accuracy/mistranslation",
        severity=Severity.MAJOR,
        meaning="A name kept a case ending of Finnish or Estonian. The reading is weighed by the ending, the change "
        "of the stem, how often the forms are met in English and Finnish, and by the other forms in the text and "
        "the source.",
        example="with Matti Virtasen → with Matti Virtanen",
    ),
    Check(
        id="name-romanisation",
        title="Foreign spelling of a Slavic name",
        category="accuracy/mistranslation",
        severity=Severity.MAJOR,
        meaning="A name that is shown to be Slavic is spelled as Finnish spells it (SFS 4900), not as English does "
        "(BGN/PCGN). A spelling that English papers use too is a minor flag, or none.",
        example="Tšehovin / Tshehov → Chekhov",
    ),
    Check(
        id="name-mismatch",
        title="Another name than in the reference or source",
        category="accuracy/mistranslation",
        severity=Severity.MAJOR,
        meaning="The reference, or else the source, has a name much like this one, and not this one.",
        example="Virtaanen, where the source has Virtanen",
    ),
    Check(
        id="name-inconsistent",
        title="One name in two spellings",
        category="terminology/inconsistent",
        severity=Severity.MINOR,
        meaning="The same name is spelled in another way near by; the commoner spelling is suggested.",
        example="Kharkiv in one paragraph, Harkiv in the next",
    ),
    Check(
        id="name-suffix",
        title="Foreign ending after a colon",
        category="accuracy/mistranslation",
        severity=Severity.MAJOR,
        meaning="An abbreviation carries a Finnish case ending after a colon.",
        example="EU:n members → the EU’s members",
    ),
    Check(
        id="name-missing",
        title="Name of the source left out",
        category="accuracy/omission",
        severity=Severity.MINOR,
        meaning="The source names somebody whom the text names elsewhere, and this segment has neither the name "
        "nor a pronoun for it.",
        example="Virtanen tuli. → Came.",
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
