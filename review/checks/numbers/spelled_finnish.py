"""Finnish number words, read by their parts.

Finnish inflects every part of a number word ("kahdellekymmenelle"), so the parts are stems and what
follows a stem up to the next one is taken for its ending.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

# Longest first, so that "kahdeksan" is not read as "kahde" + "ksan".
_STEMS: tuple[tuple[str, int], ...] = tuple(
    sorted(
        (
            *((s, 1) for s in ("yksi", "yhde", "yhtä", "yhte", "ensimmäi")),
            *((s, 2) for s in ("kaksi", "kahde", "kahta", "kahte", "kakso", "toinen", "toise")),
            *((s, 3) for s in ("kolme", "kolma", "kolmo")),
            *((s, 4) for s in ("neljä", "nelj")),
            *((s, 5) for s in ("viisi", "viide", "viittä", "viite")),
            *((s, 6) for s in ("kuusi", "kuude", "kuutta", "kuute")),
            *((s, 7) for s in ("seitsemä", "seitsem")),
            *((s, 8) for s in ("kahdeksa",)),
            *((s, 9) for s in ("yhdeksä",)),
            *((s, 10) for s in ("kymmene", "kymmentä", "kymmen", "kymmenkun", "kymppi", "kympi")),
            *((s, -10) for s in ("toista",)),  # "kuusitoista": ten and the unit before it
            *((s, 100) for s in ("sata", "sada", "sataa")),
            *((s, 1000) for s in ("tuhat", "tuhan", "tuhans")),
            *((s, 10**6) for s in ("miljoon",)),
            *((s, 10**9) for s in ("miljard",)),
        ),
        key=lambda pair: -len(pair[0]),
    )
)
_WORD = re.compile("|".join(re.escape(stem) for stem, _ in _STEMS))
_VALUE = dict(_STEMS)
_HALVES = (("puolitoista", Decimal("1.5")), ("puolentoista", Decimal("1.5")), ("puol", Decimal("0.5")))
# What English may give in other figures: a quarter as 25 per cent, a day and night as 24 hours.
_OTHERWISE = {
    "puolet": 50,
    "kolmasosa": 33,
    "kolmannes": 33,
    "neljäsosa": 25,
    "neljännes": 25,
    "viidesosa": 20,
    "viidennes": 20,
    "kymmenesosa": 10,
    "kymmenennes": 10,
    "vuorokau": 24,
}
_OTHER = re.compile("|".join(_OTHERWISE))
_PART_OF_DAY = re.compile("(?:aamu|ilta|yö)(?=[^t])")  # "iltakuuden": six in the evening
_SCALE = 1000  # the least value that multiplies the words before it


def finnish(text: str) -> Iterator[Decimal]:
    """The values of Finnish number words, compounds and endings included, and of runs: "puolen miljoonan"."""
    before = Decimal(0)
    for word in re.findall(r"[a-zåäö]+|[.,;:!?]", text.casefold()):
        if other := _OTHER.match(word):
            yield Decimal(_OTHERWISE[other.group()])
        value = _value(word)
        if value is not None:
            yield value
            if before and value >= _SCALE:
                value *= before
                yield value
            elif before >= _SCALE:  # "kaksituhatta viisi"
                value += before
                yield value
            elif before == Decimal("0.5"):  # half past the hour before: "puoli kolmelta" is 2.30
                yield value - 1 + Decimal("0.3")
                yield value + 11 + Decimal("0.3")
        before = value or Decimal(0)


def _value(word: str) -> Decimal | None:
    """The value of one word, if it is a number."""
    half = next((value for stem, value in _HALVES if word.startswith(stem)), None)
    if half is not None:
        return half
    prefix = _PART_OF_DAY.match(word)
    start = prefix.end() if prefix else 0
    first = _WORD.match(word, start)
    if first is None or _VALUE[first.group()] < 0:
        return None
    total = group = unit = 0  # thousands and above; below a thousand; the last digit, not yet multiplied
    for match in _WORD.finditer(word, start):
        value = _VALUE[match.group()]
        if value == -10:
            group, unit = group + unit + 10, 0
        elif value >= _SCALE:
            total, group, unit = total + max(group + unit, 1) * value, 0, 0
        elif value >= 10:
            group, unit = group + max(unit, 1) * value, 0
        else:
            group, unit = group + unit, value
    return Decimal(total + group + unit)
