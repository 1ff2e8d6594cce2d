"""What stayed in the source's language: words, abbreviations, whole segments. Names are not among it."""

import re
from collections.abc import Iterator

from review.checks.family import Check, Family
from review.checks.names import frequency
from review.checks.untranslated.abbreviations import abbreviations_left
from review.checks.untranslated.words import Foreign, foreign
from review.model import Context, Document, Flag, Segment, Severity
from review.text import Word, words

_TITLE = re.compile(r"[“\"«„‘'(][^“”\"«»„’')(]{0,80}$")
_ADDRESS = re.compile(r"^[@/._#&=-]|[@/_=].?$|[.-]\w$")
_SPACES = re.compile(r"\s+")
_LONGEST_TITLE = 80
_FEWEST = 3  # words that make a segment untranslated as a whole
_MOST_OF_IT = 0.6
_DOUBTED = 0.45


class Untranslated(Family[Context]):
    """Its evidence is the context: the languages."""

    id = "untranslated"
    title = "Left untranslated"
    checks = (
        Check(
            id="untranslated-word",
            title="Word left untranslated",
            category="accuracy/untranslated",
            severity=Severity.MAJOR,
            meaning="A word of the source’s language, other than a name, stands in the translation.",
            example="the hallitus decided → the government decided",
        ),
        Check(
            id="untranslated-abbreviation",
            title="Abbreviation left untranslated",
            category="accuracy/untranslated",
            severity=Severity.MINOR,
            meaning="A Finnish abbreviation of a party, a unit or a common phrase stands in the translation.",
            example="Anna Aalto (vihr.) → Anna Aalto (Green League)",
        ),
        Check(
            id="untranslated-segment",
            title="Segment left untranslated",
            category="accuracy/untranslated",
            severity=Severity.CRITICAL,
            meaning="The segment is its source again, or most of its words are not English.",
            example="Hallitus päätti asiasta maanantaina. → The government decided the matter on Monday.",
        ),
    )

    def gather(self, document: Document, context: Context) -> Context:
        return context

    def flags(self, segment: Segment, evidence: Context) -> Iterator[Flag]:
        found = words(segment.text)
        left = self._left(segment, found, evidence.source_lang)
        if self._is_whole(segment, found, len(left)):
            reason = "The segment was left in the source’s language."
            span = (found[0].start, found[-1].end)
            yield self.flag("untranslated-segment", segment, span, reason, confidence=0.95)
            return
        after_title: int | None = None
        for word, why in left:
            doubted = word.start == after_title or _in_title(segment.text, word.start)
            after_title = word.end + 1 if doubted else None
            sure = _DOUBTED if doubted else why.confidence
            reason = f"“{word.text}” was left untranslated. {why.reason}"
            yield self.flag("untranslated-word", segment, (word.start, word.end), reason, confidence=sure)
        for one in abbreviations_left(segment.text):
            yield self.flag(
                "untranslated-abbreviation",
                segment,
                (one.start, one.end),
                one.reason,
                one.right,
                confidence=one.confidence,
            )

    def _left(self, segment: Segment, found: list[Word], language: str) -> list[tuple[Word, Foreign]]:
        theirs = words(segment.source or "")
        source = {word.text for word in theirs[1:]}
        source.update(word.text.lower() for word in theirs[:1])  # its capital says nothing
        return [
            (word, why)
            for word in found
            if word.text.islower()
            and word.text.isalpha()
            and not _ADDRESS.search(segment.text[max(0, word.start - 1) : word.end + 2])
            and (why := foreign(word.text, source, language))
        ]

    def _is_whole(self, segment: Segment, found: list[Word], left: int) -> bool:
        """Whether most of the segment is not English, or it repeats its source, names apart."""
        same = segment.source is not None and _squeezed(segment.text) == _squeezed(segment.source)
        return left >= (1 if same else max(_FEWEST, _MOST_OF_IT * len(found)))


def _in_title(text: str, at: int) -> bool:
    """Whether the word at `at` is quoted or in brackets, or goes on a name: "Kuoleman matkatoimisto"."""
    before = text[max(0, at - _LONGEST_TITLE) : at]
    if _TITLE.search(before):
        return True
    last = before.split()[-2:]
    if not last or not last[-1][0].isupper() or not last[-1].strip(",").isalpha():
        return False
    # The first word of a sentence has a capital anyway: it must be no English word to be a name's.
    opens = len(last) == 1 or last[0][-1] in ".!?:"
    return not opens or frequency.english(last[-1].strip(",")) == 0


def _squeezed(text: str) -> str:
    return _SPACES.sub(" ", text).strip().casefold()
