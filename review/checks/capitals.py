"""Small letters where English wants a capital: sentences, days, months, nationalities, “I”.

Finnish and Estonian write days, months and nationalities small, and it leaks. ALL CAPITALS are nobody's mistake.
"""

import re
from collections.abc import Iterator

from review.checks.demonyms import DEMONYMS
from review.checks.family import Check, Family
from review.model import Context, Document, Flag, Segment, Severity

# Not part of an address, a tag, a hyphenated or dotted code.
_ALONE = r"(?<![\w@#/.'’&=-])"
_END = r"(?![\w@/=]|[-.]\w)"
_DAY_OR_MONTH = re.compile(
    rf"{_ALONE}(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|january|february|april|june|july|august|september|october|november|december"
    r"|(?<=\d )(?:march|may)(?=[,.;:)]|$)|(?:march|may)(?= (?:19|20)\d\d\b)"
    rf"){_END}"
)
# "august" is also an adjective; it is a month beside a number or after a preposition of time.
_OF_TIME = re.compile(
    r"(?:\d(?:st|nd|rd|th)?\.?|\b(?:in|since|until|till|by|of|last|next|this|early|late|mid)) $", re.I
)
# Peoples whose name is not their adjective. "pole" and "swede" are also things.
_PEOPLES = ("finn", "dane", "turk", "spaniard", "briton", "serb", "croat", "kurd", "arab", "sámi")
_NATIONALITY = re.compile(rf"{_ALONE}(?:{'|'.join(sorted(DEMONYMS.union(_PEOPLES)))})s?{_END}")
_I = re.compile(
    r"(?<![\w(.'’&/-])i(?= (?:am|was|have|had|do|did|will|would|can|could|think|know|want|said)\b|['’](?:m|ve|ll|d)\b)"
)
# A full stop after a word of three small letters, and a small letter. After ? and ! a sentence may go on.
_SENTENCE = re.compile(
    r"(?<![\w.@/'’-])[^\W\d_]{0,40}[a-zåäö]{3}[)\]]?\. +(?P<word>[a-zåäö][a-zåäö’']*)(?![\w.@/-])"
)
_ABBREVIATED = re.compile(
    r"(?:etc|approx|vol|dept|univ|max|min|est|incl|excl|tel|fig|sec|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov"
    r"|dec|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|prof|gen|col|capt|corp|inc|ltd|bros|resp|ref|art|par|para"
    r"|rev|ave|blvd|kok|vihr|kesk|vas|milj|esim|com|org|net)[)\]]?\. +$",
    re.IGNORECASE,
)
_LONGEST_SHORTENED = 5  # a capital, a few letters and a stop: "Assn.", "Miss."
_SMALL_NAMES = frozenset("von van de di da del der den af la le al el bin ibn".split())


class Capitals(Family[None]):
    id = "capitals"
    title = "Capitals"
    checks = (
        Check(
            id="sentence-capital",
            title="Sentence begins with a small letter",
            category="fluency/spelling",
            severity=Severity.MINOR,
            meaning="A sentence after a full stop begins with a small letter.",
            example="It was late. she left. → It was late. She left.",
        ),
        Check(
            id="day-month-capital",
            title="Day or month with a small letter",
            category="fluency/spelling",
            severity=Severity.MINOR,
            meaning="English writes days of the week and months with a capital.",
            example="on monday → on Monday",
        ),
        Check(
            id="nationality-capital",
            title="Nationality with a small letter",
            category="fluency/spelling",
            severity=Severity.MINOR,
            meaning="English writes nationalities and languages with a capital.",
            example="the russian language → the Russian language",
        ),
        Check(
            id="pronoun-capital",
            title="“I” with a small letter",
            category="fluency/spelling",
            severity=Severity.MINOR,
            meaning="The pronoun I is always a capital.",
            example="she said i was late → she said I was late",
        ),
    )

    def gather(self, document: Document, context: Context) -> None:
        return None

    def flags(self, segment: Segment, evidence: None) -> Iterator[Flag]:
        text = segment.text
        for match in _DAY_OR_MONTH.finditer(text):
            if match.group() == "august" and not _OF_TIME.search(
                text[max(0, match.start() - 12) : match.start()]
            ):
                continue
            reason = "Days and months have a capital in English."
            yield self._small("day-month-capital", segment, match.span(), reason, 0.93)
        for match in _NATIONALITY.finditer(text):
            reason = "Nationalities and languages have a capital in English."
            yield self._small("nationality-capital", segment, match.span(), reason, 0.93)
        for match in _I.finditer(text):
            yield self._small("pronoun-capital", segment, match.span(), "The pronoun I is a capital.", 0.9)
        for match in _SENTENCE.finditer(text):
            before = text[match.start() : match.start("word")]
            shortened = before[0].isupper() and before.index(".") <= _LONGEST_SHORTENED
            if match["word"] in _SMALL_NAMES or shortened or _ABBREVIATED.fullmatch(before):
                continue
            reason = "A sentence begins here, after the full stop."
            yield self._small("sentence-capital", segment, match.span("word"), reason, 0.85)

    def _small(
        self, check: str, segment: Segment, span: tuple[int, int], reason: str, confidence: float
    ) -> Flag:
        word = segment.text[slice(*span)]
        return self.flag(check, segment, span, reason, word[0].upper() + word[1:], confidence=confidence)
