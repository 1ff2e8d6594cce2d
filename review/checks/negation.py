"""Denials that the source and the references have and the text has not, and the other way round."""

import re
from collections.abc import Iterator
from functools import cache

from review.checks.family import Check, Family
from review.checks.lexicon.basis import Side, sides
from review.checks.lexicon.gaps import gap
from review.checks.lexicon.language import Lexicon, lexicon_of
from review.model import Context, Document, Flag, Segment, Severity

_WORD = re.compile(r"[^\W\d_]+")
# Contracted, in whatever shape the apostrophe has come through: don’t, do n't, don&#39;t.
_CONTRACTED = re.compile(r"\b\w+(?: n)?(?<=n) ?(?:['’‘`´]|&#39;|&apos;) ?t\b", re.IGNORECASE)
# Phrases with a denying word that deny nothing.
_IDLE = re.compile(
    r"\b(?:not (?:only|just|merely|least|to mention)|no matter|why not|second to none|nothing (?:but|like)|no-|no less|no more"
    r"|in no time|no\.?[ \u00a0]?\d)",
    re.IGNORECASE,
)
# "Not only", "no other than", "unless" and questions: English often says them without a denial.
_MORE = re.compile(
    r"\b(?:vain|ainoastaan|pelkästään|yksinomaan|ainult|üksnes|vaid|only|just|kuin|kui|ellei|jollei)\b|\?"
)
# A denial can join these, as "is not" or "isn’t" (Huddleston and Pullum, ch. 9): the place where one is missing.
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|shall|should|may|might|must) (?=[a-z])"
)
_MISSING = 0.7
_ADDED = 0.5
_NEARBY = 60  # characters from where the denial should stand


class Negation(Family[Context]):
    id = "negation"
    title = "Denials"
    checks = (
        Check(
            id="negation-missing",
            title="Denial left out",
            category="accuracy/mistranslation",
            severity=Severity.CRITICAL,
            meaning="The source denies something, and nothing in the text does, not even a word such as without, "
            "fail or unable.",
            example="source: Hän ei tullut. — He came. → He did not come.",
        ),
        Check(
            id="negation-added",
            title="Denial not in the source",
            category="accuracy/mistranslation",
            severity=Severity.CRITICAL,
            meaning="The text denies something, and nothing in the source does, not even an ending such as -ton.",
            example="source: Hän tuli. — He did not come. → He came.",
        ),
    )

    def gather(self, document: Document, context: Context) -> Context:
        return context

    def flags(self, segment: Segment, evidence: Context) -> Iterator[Flag]:
        basis = sides(segment, evidence)
        target = lexicon_of(evidence.target_lang)
        if not basis or target is None:
            return
        told = _denials(segment.text, target)
        there = [_denials(side.text, side.lexicon) for side in basis]
        if all(there) and not told:
            if not _hints(segment.text, target) and not any(_MORE.search(side.text) for side in basis):
                yield from self._missing(segment, basis[0], there[0][0])
        elif not any(there) and not any(_denies_somehow(side, told) for side in basis):
            yield from self._added(segment, told, basis[0])

    def _missing(self, segment: Segment, side: Side, denial: re.Match[str]) -> Iterator[Flag]:
        around = gap(segment.text, denial.start(), len(side.text))
        if around is None:
            return
        reason = f"The {side.name} has “{denial.group()}” (not); nothing in the text denies."
        auxiliary = min(
            _AUXILIARY.finditer(segment.text), key=lambda m: abs(m.start() - around[0]), default=None
        )
        if auxiliary is None or abs(auxiliary.start() - around[0]) > _NEARBY:
            yield self.flag("negation-missing", segment, around, reason, confidence=_MISSING)
            return
        span = (auxiliary.start(), _word_end(segment.text, auxiliary.end()))
        right = f"{auxiliary.group()}not {segment.text[auxiliary.end() : span[1]]}"
        yield self.flag("negation-missing", segment, span, reason, right, confidence=_MISSING)

    def _added(self, segment: Segment, told: list[re.Match[str]], side: Side) -> Iterator[Flag]:
        if told and not _IDLE.search(segment.text):
            denial = told[0]
            reason = f"The text has “{denial.group()}”; nothing in the {side.name} denies."
            yield self.flag("negation-added", segment, denial.span(), reason, confidence=_ADDED)


def _denies_somehow(side: Side, told: list[re.Match[str]]) -> bool:
    """Whether the side has a hint of a denial, or the text’s own word, in a quotation or a name."""
    words = {match.group().lower() for match in told}
    return _hints(side.text, side.lexicon) or any(
        m.group().lower() in words for m in _WORD.finditer(side.text)
    )


def _denials(text: str, lexicon: Lexicon) -> list[re.Match[str]]:
    """The words of `text` that deny by themselves, with n’t English ones."""
    found = [
        m for m in _WORD.finditer(text) if m.group().lower() in lexicon.denials and not _is_part(m, text)
    ]
    if lexicon.contracts_denials:
        found += _CONTRACTED.finditer(text)
    return found


def _is_part(match: re.Match[str], text: str) -> bool:
    """Whether a word is an abbreviation (ET) or denies a noun only, before a hyphen (ei-presidentillinen)."""
    word = match.group()
    return (word.isupper() and len(word) > 1) or text[match.end() : match.end() + 1] == "-"


@cache
def _within(lexicon_code: str) -> re.Pattern[str]:
    lexicon = lexicon_of(lexicon_code)
    assert lexicon is not None
    return re.compile(rf"\b(?:{lexicon.denials_within})\b")


def _hints(text: str, lexicon: Lexicon) -> bool:
    """Whether anything in `text` may deny: a prefix, a verb such as fail, a word such as only."""
    return _within(lexicon.code).search(text.lower()) is not None


def _word_end(text: str, start: int) -> int:
    match = _WORD.match(text, start)
    return match.end() if match else start
