"""Finnish abbreviations that stay behind in English text, with what they stand for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The parties in Parliament, by the abbreviations that the Finnish press puts after a politician's name;
# English names as the parties themselves use them.
_PARTIES = {
    "kok": "National Coalition Party",
    "sd": "Social Democratic Party",
    "sdp": "Social Democratic Party",
    "ps": "Finns Party",
    "kesk": "Centre Party",
    "vihr": "Green League",
    "vas": "Left Alliance",
    "r": "Swedish People’s Party",
    "rkp": "Swedish People’s Party",
    "kd": "Christian Democrats",
    "liik": "Movement Now",
    "sin": "Blue Reform",
    "sit": "independent",
}
# "(SDP)" in capitals is what English uses too; "(r)" and "(sd)" without a stop are other things.
_WITH_STOP = frozenset({"r", "sd", "sin", "sit", "ps"})
_PARTY = re.compile(rf"(?<=[^\W\d_] )\( ?(?P<party>{'|'.join(_PARTIES)})(?P<stop> ?\.)? ?\)", re.IGNORECASE)
_LONGEST_NAME = 40
# Kielitoimiston ohjepankki, Lyhenneluettelo: those that are no English words or units.
_AFTER_NUMBER = {
    "mrd": "billion",
    "milj": "million",
    "kpl": "pieces",
    "vk": "weeks",
    "kk": "months",
    "hlö": "people",
    "hv": "horsepower",
}
_UNIT = re.compile(rf"(?<=\d)(?P<gap>[ \u00a0]?)(?P<unit>{'|'.join(_AFTER_NUMBER)})\b(?:\.(?= ?[a-zåäö]))?")
_ANYWHERE = {
    "esim.": "e.g.",
    "ym.": "etc.",
    "yms.": "etc.",
    "jne.": "etc.",
    "ts.": "i.e.",
    "eKr.": "BC",
    "jKr.": "AD",
    "alv.": "VAT",
    "puh.": "tel.",
    "nk.": "so-called",
    "huom.": "note",
    "synt.": "born",
    "vrt.": "cf.",
}
_PLAIN = re.compile(rf"(?<![\w.@/-])(?<!\d )(?:{'|'.join(map(re.escape, _ANYWHERE))})(?![\w@])")


@dataclass(frozen=True, slots=True)
class Left:
    """An abbreviation that was left as it is, where it stands, and English for it."""

    start: int
    end: int
    right: str
    reason: str
    confidence: float


def abbreviations_left(text: str) -> Iterator[Left]:
    """The Finnish abbreviations in `text`."""
    for match in _PARTY.finditer(text):
        party = match["party"].lower()
        if match["party"].isupper() or (party in _WITH_STOP and not match["stop"]):
            continue
        before = text[max(0, match.start() - _LONGEST_NAME) : match.start()].split()
        if before[-1][0].isupper():  # a person's name
            name = _PARTIES[party]
            reason = f"“{match['party']}” is the Finnish abbreviation of the {name}."
            yield Left(match.start(), match.end(), f"({name})", reason, 0.95)
    for match in _UNIT.finditer(text):
        right = _AFTER_NUMBER[match["unit"]]
        reason = f"“{match['unit']}” is a Finnish abbreviation for “{right}”."
        yield Left(match.start(), match.end(), f"{match['gap'] or ' '}{right}", reason, 0.9)
    for match in _PLAIN.finditer(text):
        right = _ANYWHERE[match.group()]
        reason = f"“{match.group()}” is a Finnish abbreviation for “{right}”."
        yield Left(match.start(), match.end(), right, reason, 0.85)
