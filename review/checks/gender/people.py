"""The people of a text whose gender their given names tell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from review.model import Segment

_TABLE = Path(__file__).parents[3] / "corpora" / "names" / "given.tsv"
_CAPITAL = re.compile(r"\b[A-ZÅÄÖÕÜÉ][^\W\d_]+(?:-[A-Z][^\W\d_]+)?")
# "Ursula von der Leyen", "Mary A. Smith": what follows a given name.
_SURNAME = re.compile(
    r"(?: (?:von|van|der|den|de|del|della|di|da|dos|du|la|le|af|bin|al|ten|[A-Z]\.))*"
    r"((?: [A-ZÅÄÖÕÜÉŠ][^\W\d_]+(?:[-'’][A-Z][^\W\d_]+)*)+)"
)
_NO_PERSON = frozenset(
    """
    University Street Airport Foundation Stadium House Institute Award Awards Prize Centre Center School College
    Park Hospital Group Company Fund Trust Show Tower Hall Road Square Bridge Island Islands Cup Open
    """.split()
)
_THING_AFTER = re.compile(r" (?:award|prize|medal|foundation|show|street|cup)\b", re.IGNORECASE)
_CAPITAL_AFTER = re.compile(r"-|['’]s [A-Z]| [A-Z]")
_CAPITAL_BEFORE = re.compile(r"([A-ZÅÄÖ][\w’'-]*\.?) $")
_STARTS = re.compile(r"(?:^|[.!?:”\"“'‘(] ?|[.!?]” )$")
_TITLES = frozenset(
    "President Minister Prime Mr Mrs Ms Dr Judge Senator Chancellor Professor Secretary Mr. Mrs. Ms. Dr. Queen King".split()
)
_NO_NAMES = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December European Union Commission Parliament Council
    """.split()
)
_REACH = 30  # segments within which a surname keeps its gender, where documents are not bounded


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of somebody whose gender is known."""

    start: int
    end: int
    name: str
    gender: str


@dataclass
class People:
    """The people of a document: by surname, the gender and the segments of their full names."""

    bounded: bool
    by_surname: dict[str, dict[tuple[int, str], None]] = field(default_factory=dict)

    def add(self, segment: Segment) -> None:
        """Take in the people of a segment."""
        for person in full_names(segment.text):
            surname = person.name.rpartition(" ")[2]
            self.by_surname.setdefault(surname, {})[segment.number, person.gender] = None

    def remove(self, segment: Segment) -> None:
        """Forget what this segment said."""
        for person in full_names(segment.text):
            surname = person.name.rpartition(" ")[2]
            known = self.by_surname.get(surname, {})
            known.pop((segment.number, person.gender), None)
            if not known:
                self.by_surname.pop(surname, None)

    def gender(self, surname: str, segment: int) -> str:
        """The gender of all who bear the surname near by, "" where they differ or nobody does."""
        found = {
            gender
            for number, gender in self.by_surname.get(surname, ())
            if self.bounded or abs(number - segment) <= _REACH
        }
        return found.pop() if len(found) == 1 else ""


@cache
def _given() -> Mapping[str, str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: gender for name, gender in rows if gender in ("f", "m")}


def full_names(text: str) -> Iterator[Person]:
    """The people of `text` who are named by a given name of the table and a surname."""
    given = _given()
    past = 0
    for match in _CAPITAL.finditer(text):
        gender = given.get(match.group()) or given.get(match.group().partition("-")[0])
        if gender is None or match.start() < past:
            continue
        surname = _SURNAME.match(text, match.end())
        if surname is not None and not _is_thing(surname, text):
            past = surname.end()
            yield Person(match.start(), past, text[match.start() : past], gender)


def _is_thing(surname: re.Match[str], text: str) -> bool:
    """Whether a thing is called after the person: Charles de Gaulle Airport, the Marie Curie prize."""
    return surname.group(1).split()[-1] in _NO_PERSON or bool(_THING_AFTER.match(text, surname.end()))


def mentioned(segment: Segment, evidence: People) -> list[Person]:
    """The people of a segment in order, by full names and by surnames that the document explains."""
    text, people = segment.text, list(full_names(segment.text))
    people += [
        Person(match.start(), match.end(), match.group(), gender)
        for match in list(_outside(people, text))
        if not _is_in_a_name(match, text) and (gender := evidence.gender(match.group(), segment.number))
    ]
    return sorted(people, key=lambda person: person.start)


def strangers(people: list[Person], text: str, start: int, end: int) -> int:
    """How many capitalised words from `start` to `end`, but at the start of a sentence, are none of `people`."""
    return sum(
        not (_STARTS.search(text[max(0, match.start() - 3) : match.start()]) or _is_nobody(match.group()))
        for match in _outside(people, text, start, end)
    )


def _outside(
    people: list[Person], text: str, start: int = 0, end: int | None = None
) -> Iterator[re.Match[str]]:
    """The capitalised words of a stretch that belong to none of `people`, who are in order."""
    ahead = iter(people)
    person = next(ahead, None)
    for match in _CAPITAL.finditer(text, start, len(text) if end is None else end):
        while person is not None and person.end <= match.start():
            person = next(ahead, None)
        if person is None or match.start() < person.start:
            yield match


def _is_in_a_name(match: re.Match[str], text: str) -> bool:
    """Whether a surname is a part of another name: Washington Post, Janet Carter, Trump-emblazoned."""
    around = text[max(0, match.start() - 20) : match.start()]
    before = _CAPITAL_BEFORE.search(around)
    return bool(_CAPITAL_AFTER.match(text, match.end())) or (
        before is not None and before.group(1) not in _TITLES
    )


def _is_nobody(word: str) -> bool:
    return word in _TITLES or word in _NO_NAMES
