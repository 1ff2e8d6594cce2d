"""Articles in the wrong place, twice, or in the wrong form."""

import re
from collections.abc import Iterator

from review.checks.articles.sound import wants_an
from review.checks.demonyms import DEMONYMS
from review.checks.family import Check, Family
from review.model import Context, Document, Flag, Segment, Severity

_TWO = re.compile(
    r"(?<![\w'’.-])(?:(?P<article>[Tt]he|[Aa]n?) (?P<second>the|an?|my|our|their|its|your|this|these|those)"
    r"|(?P<owner>[Mm]y|[Oo]ur|[Tt]heir|[Yy]our) (?P<after>the|an?))(?= [a-zåäö])(?! (?:la|priori)\b)"
)
# Adjectives that only stand before their noun, never after a verb: a "the" behind one has lost its place.
_ATTRIBUTIVE = frozenset(
    "former main principal chief previous recent current so-called mere entire upcoming various several".split()
)
_INVERTED = re.compile(
    r"(?<![\w'’-])(?:(?P<of>[Oo]f|[Bb]y|[Ff]rom) )?(?P<adjective>[^\W\d_]+(?:-called)?) the (?=[a-zåäö])"
)
_A_OR_AN = re.compile(r"(?<![\w'’.&/-])(?P<article>[Aa]n?) (?P<word>[^\W_][\w'’.,-]{0,40})")
# After a stray article these open the next phrase, and changing the article would mend nothing.
_NO_NOUN = frozenset("a an and are as at by for from if in is it its of on or the to was with".split())
_SENTENCE_END = re.compile(r"(?:^|[.!?:;][\"”’')]* |[“\"‘(] ?)$")


class Articles(Family[None]):
    id = "articles"
    title = "Articles"
    checks = (
        Check(
            id="doubled-article",
            title="Two articles",
            category="fluency/grammar",
            severity=Severity.MAJOR,
            meaning="Two articles, or an article and a possessive, stand side by side before one noun.",
            example="He is the a chairman. → He is the chairman.",
        ),
        Check(
            id="article-after-adjective",
            title="Article after its adjective",
            category="fluency/grammar",
            severity=Severity.MAJOR,
            meaning="The article stands between an adjective and its noun; English puts it first.",
            example="Russian the administration agreed. → The Russian administration agreed.",
        ),
        Check(
            id="a-or-an",
            title="“a” for “an”, or “an” for “a”",
            category="fluency/grammar",
            severity=Severity.MINOR,
            meaning="“an” stands before a vowel sound, “a” before any other: the sound counts, not the letter.",
            example="a hour, an unit → an hour, a unit",
        ),
    )

    def gather(self, document: Document, context: Context) -> None:
        return None

    def flags(self, segment: Segment, evidence: None) -> Iterator[Flag]:
        yield from self._doubled(segment)
        yield from self._inverted(segment)
        yield from self._mismatched(segment)

    def _doubled(self, segment: Segment) -> Iterator[Flag]:
        for match in _TWO.finditer(segment.text):
            first, second = match.group().split(" ")
            if first.lower() == second or (first == "A" and not _begins(segment.text, match.start())):
                continue  # a repeated word is another check's; "vitamin A the" is a letter
            keep = (_cased(second, first), first) if match["article"] else (first, _cased(second, first))
            reason = f"“{first}” and “{second}” stand before one noun."
            yield self.flag("doubled-article", segment, match.span(), reason, *keep, confidence=0.85)

    def _inverted(self, segment: Segment) -> Iterator[Flag]:
        for match in _INVERTED.finditer(segment.text):
            adjective = match["adjective"]
            start = match.start("adjective")
            starts = _begins(segment.text, start)
            # "speaks Finnish the whole day", "in Russian the word": a language. A sentence does not
            # open with one and "the", nor does "of" go before it.
            placed = starts or match["of"]
            known = adjective.lower() in DEMONYMS and adjective[0].isupper() and placed
            if not known and adjective.lower() not in _ATTRIBUTIVE:
                continue
            right = f"{'The' if starts else 'the'} {_lowered(adjective)} "
            reason = f"“the” stands after “{adjective}”, which belongs to its noun."
            yield self.flag(
                "article-after-adjective",
                segment,
                (start, match.end() - 1),
                reason,
                right.rstrip(),
                confidence=0.9 if known else 0.75,
            )

    def _mismatched(self, segment: Segment) -> Iterator[Flag]:
        for match in _A_OR_AN.finditer(segment.text):
            article = match["article"]
            if article == "A" and not _begins(segment.text, match.start()):
                continue  # a letter: "Group A is", "Serie A on"
            word = match["word"].rstrip(".,")
            wants = None if word.lower() in _NO_NOUN else wants_an(word)
            if wants is None or wants == (article.lower() == "an"):
                continue
            right = article[0] + "n" if wants else article[0]
            sound = "begins with a vowel sound" if wants else "does not begin with a vowel sound"
            reason = f"“{word}” {sound}, so “{right.lower()}” stands before it."
            yield self.flag("a-or-an", segment, match.span("article"), reason, right, confidence=0.88)


def _begins(text: str, at: int) -> bool:
    """Whether a sentence or a quotation begins at `at`."""
    return _SENTENCE_END.search(text[max(0, at - 4) : at]) is not None


def _cased(word: str, like: str) -> str:
    return word[0].upper() + word[1:] if like[0].isupper() else word


def _lowered(adjective: str) -> str:
    """The adjective inside a sentence: nationalities keep their capital."""
    return adjective if adjective.lower() in DEMONYMS else adjective.lower()
