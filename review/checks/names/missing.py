"""Names that the source has and the text has not, though it names them elsewhere."""

import re
from collections.abc import Iterator

from review.checks.names.against import source_name
from review.checks.names.demonyms import is_demonym
from review.checks.names.evidence import Mentioned
from review.checks.names.findings import Finding
from review.checks.names.romanisation import fold
from review.text import Word, words

# What English may say for a name instead.
_PRONOUNS = frozenset(
    """
    he she it they him her them his hers its their theirs himself herself itself themselves who whose whom
    which i me my we us our you your one this that these those latter former
    """.split()
)
_SHORT = 0.8  # words of English to a word of Finnish; 1.4 is usual
_STEM = 4  # letters that a form or a derived word shares with the name
_NAMED_ELSEWHERE = 3
_SURE = 0.4


def missing_names(
    mentioned: list[Mentioned], text: str, source: str
) -> Iterator[tuple[tuple[int, int], Finding]]:
    """Each name of the source left out of the text, with the span of the words around the gap.

    `mentioned` are the source's mentions. A translator may well leave a name out: only a text that is
    short for its source is looked at, and only a name told that the document's translation uses elsewhere
    and that nothing in the text can stand for.
    """
    found = words(text)
    lower = [part for word in found for part in re.split(r"[-'’]", word.text.casefold()) if part]
    if len(found) < 2 or len(found) >= _SHORT * len(words(source)) or _PRONOUNS.intersection(lower):
        return
    stems = {fold(word)[:_STEM] for word in lower}
    anchor = 0
    for place in mentioned:
        name = source_name(place.mention, place)
        at = _place(name, found)
        if at is not None:
            anchor = at
            continue
        if not place.mention.before or is_demonym(name) or fold(name)[:_STEM] in stems:
            continue
        if _is_named_elsewhere(name, place):
            why = f"The source names “{name}” here (“{place.mention.text}”); the text does not."
            yield _around(anchor, found), Finding("name-missing", (), why, _SURE)


def _place(name: str, found: list[Word]) -> int | None:
    """After which word of the text the name stands."""
    folded = fold(name)
    return next((i for i, word in enumerate(found, start=1) if folded in fold(word.text)), None)


def _is_named_elsewhere(name: str, place: Mentioned) -> bool:
    """Whether the text has the name wherever else the source near by does, and three times at least."""
    evidence = place.evidence
    if evidence.source is None or len(name) < _STEM:
        return False
    places = evidence.target.places(name.lower())
    near = [n for n in places if abs(n - place.segment) <= 10]
    return len(near) >= _NAMED_ELSEWHERE


def _around(at: int, found: list[Word]) -> tuple[int, int]:
    at = min(max(at, 1), len(found) - 1)
    return found[at - 1].start, found[at].end
