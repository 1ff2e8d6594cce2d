"""Pronouns against the gender of the person they can only mean.

Finnish and Estonian have one pronoun for she and he, and no possessive gender; so machines guess. A full name
tells: its given name is in a table of names that one gender has.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from review.checks.family import Check, Family
from review.checks.gender.people import People, Person, mentioned, strangers
from review.model import Context, Document, Flag, Segment, Severity

# The share of such flags that are right, measured on machine translations beside human ones.
_ALONE = 0.8
_WITH_STRANGERS = 0.6
_QUOTED = 0.5
_SEVERAL = 0.3
_THING = 0.75
_FAR = 400  # characters before a pronoun in which it finds whom it means
_QUOTES = re.compile(r"[“”\"]|&quot;")
_BOTH = re.compile(r"\b(?:his|he|him)(?: or |/)(?:her|she)\b", re.IGNORECASE)
_SAYS = re.compile(r" (?:said|says|told|added|adds|stated|states|wrote|writes|noted|tells)\b")
_PRONOUN = re.compile(r"\b(he|she|him|her|his|hers|himself|herself|its)\b", re.IGNORECASE)
_GENDER = {"she": "f", "her": "f", "hers": "f", "herself": "f"}
# People who are not named, and ships: any of them may be meant.
_OTHERS = {
    "m": re.compile(
        r"\b(?:man|men|boy|father|dad|son|brother|husband|uncle|king|prince|gentleman|guy|mr|sir|grandfather"
        r"|boyfriend|nephew|duke|lord|bishop|pope|actor|god|businessman|spokesman|chairman|he|his|him)\b",
        re.IGNORECASE,
    ),
    "f": re.compile(
        r"\b(?:woman|women|girl|mother|mum|mom|daughter|sister|wife|aunt|queen|princess|lady|mrs|ms|miss"
        r"|grandmother|girlfriend|niece|duchess|actress|businesswoman|spokeswoman|chairwoman|ship|vessel|ferry|boat|yacht|she|her)\b",
        re.IGNORECASE,
    ),
}
_INSTEAD = {
    "he": "she",
    "him": "her",
    "himself": "herself",
    "she": "he",
    "hers": "his",
    "herself": "himself",
}
_NO_NOUN = frozenset(
    "to that in on at for with from by about and or but as if when after before into over than a an the".split()
)
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
# Whatever a possessive "its" may belong to instead of the person before it.
_THINGS = re.compile(
    r"\b(?:the|a|an|this|that|which|of|it|and|or|in|at|to|for|with|from|each|every)\b|[.,;:]"
)


class Gender(Family[People]):
    id = "gender"
    title = "Pronouns for people"
    checks = (
        Check(
            id="pronoun-gender",
            title="She for a man, or he for a woman",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="A pronoun of the other gender than that of the only person named before it. The given name "
            "tells the gender; where others are near, the confidence is low.",
            example="Anneli Virtala said he would resign. → Anneli Virtala said she would resign.",
        ),
        Check(
            id="pronoun-thing",
            title="Its for a person",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="The possessive of things right after a person who can only be meant.",
            example="Anneli Virtala gave its support. → Anneli Virtala gave her support.",
        ),
    )

    def gather(self, document: Document, context: Context) -> People:
        people = People(document.bounded)
        for segment in document.segments:
            people.add(segment)
        return people

    def update(self, evidence: People, before: Segment, after: Segment) -> People:
        evidence.remove(before)
        evidence.add(after)
        return evidence

    def flags(self, segment: Segment, evidence: People) -> Iterator[Flag]:
        pronouns = list(_PRONOUN.finditer(segment.text))
        if not pronouns or not evidence.by_surname:
            return
        people = mentioned(segment, evidence)
        ends = [person.end for person in people]
        for pronoun in pronouns if people else ():
            first, last = bisect_left(ends, pronoun.start() - _FAR), bisect_right(ends, pronoun.start())
            before = people[first:last]
            if not before:
                continue
            if pronoun.group().lower() == "its":
                yield from self._thing(segment, pronoun, before[0])
            else:
                yield from self._other_gender(segment, pronoun, before, people[last : last + 1])

    def _other_gender(
        self, segment: Segment, pronoun: re.Match[str], before: list[Person], after: list[Person]
    ) -> Iterator[Flag]:
        gender = _GENDER.get(pronoun.group().lower(), "m")
        confidence = _confidence(segment.text, pronoun, gender, before, after)
        if confidence is None:
            return
        person = next(p for p in reversed(before) if p.gender != gender)
        who = {"f": "a woman’s", "m": "a man’s"}[person.gender]
        reason = f"“{pronoun.group()}” can hardly mean {person.name}: the name is {who}."
        right = _right(pronoun, segment.text)
        yield self.flag("pronoun-gender", segment, pronoun.span(), reason, right, confidence=confidence)

    def _thing(self, segment: Segment, pronoun: re.Match[str], person: Person) -> Iterator[Flag]:
        between = segment.text[person.end : pronoun.start()]
        if not between.strip() or _THINGS.search(between) or len(between) > 30:
            return
        right = {"f": "her", "m": "his"}[person.gender]
        reason = f"“{pronoun.group()}” seems to mean {person.name}, a person."
        yield self.flag("pronoun-thing", segment, pronoun.span(), reason, right, confidence=_THING)


def _confidence(
    text: str, pronoun: re.Match[str], gender: str, before: list[Person], after: list[Person]
) -> float | None:
    """How sure it is that the pronoun means the person before it; None where it may mean another one."""
    start, end = max(0, pronoun.start() - _FAR), pronoun.start()
    if _BOTH.search(text, start, end + _FAR) or _OTHERS[gender].search(text, start, end):
        return None
    if all(person.gender == gender for person in before):
        return None
    if any(person.gender == gender for person in (*before, *after)):
        return _SEVERAL if before[0].gender != gender and _SAYS.match(text, pronoun.end()) else None
    if len(_QUOTES.findall(text, before[-1].end, end)) % 2:
        return _QUOTED
    return _WITH_STRANGERS if strangers(before, text, start, end) else _ALONE


def _right(pronoun: re.Match[str], text: str) -> str:
    """The pronoun of the other gender; before a noun "her" becomes "his", else "him"."""
    word = pronoun.group().lower()
    after = _NEXT_WORD.match(text, pronoun.end())
    has_noun = after is not None and after.group(1) not in _NO_NOUN
    if word == "her":
        right = "his" if has_noun else "him"
    elif word == "his":
        right = "her" if has_noun else "hers"
    else:
        right = _INSTEAD[word]
    return right.capitalize() if pronoun.group()[0].isupper() else right
