"""Estonian number words, read by their parts.

Each part of a number word may be inflected (Eesti keele käsiraamat, M 100–105: kaks : kahe : kaht), teens
end in -teist (-teistkümmend), tens in -kümmend, hundreds in -sada.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

_UNITS = {
    1: "üheks esimese esimes esimene ühe ühte üht üks ühes ühel",
    2: "kahe kahte kaht kaks teise teine teis",
    3: "kolmanda kolmas kolmandi kolme kolm",
    4: "neljanda neljas neljandi nelja neli",
    5: "viienda viies viiendi viie viit viis",
    6: "kuuenda kuues kuuendi kuue kuut kuus",
    7: "seitsmenda seitsmes seitsmendi seitsme seitse",
    8: "kaheksanda kaheksandi kaheksa",
    9: "üheksanda üheksandi üheksa",
}
_SCALES = {
    10: "kümnenda kümnes kümne kümme kümmet kümmend kümmeko",
    100: "saja sada sajandi",
    1000: "tuhande tuhat tuhandi tuhandeid",
    10**6: "miljoni miljon miljoneid",
    10**9: "miljardi miljard miljardeid",
}
_TEEN = "teist"
_STEMS = {stem: value for value, stems in {**_UNITS, **_SCALES}.items() for stem in stems.split()}
# Longest first, so that "kaheksa" is not read as "kahe" + "ksa".
_PART = re.compile("|".join(sorted((*_STEMS, _TEEN), key=len, reverse=True)))
# Endings that may follow the last part; a word with anything else after it is no number ("viisakas", "kuusk").
_ENDING = re.compile(
    "(?:kümmend|kümne)?(?:t|d|s|l|le|lt|st|sse|ks|ni|na|ga|ta|te|ndik|ndiku|kond|ne|se|aastane|aastase)?"
)
_HALVES = {
    "poolteist": Decimal("1.5"),
    "poolteise": Decimal("1.5"),
    "pool": Decimal("0.5"),
    "poole": Decimal("0.5"),
}


def estonian(text: str) -> Iterator[Decimal]:
    """The values of Estonian number words, and of runs of them: "sada seitsekümmend"."""
    run: list[int] = []
    for word in [*re.findall(r"[a-zõäöüšž]+|[.,;:!?]", text.casefold()), "."]:
        if word in _HALVES:
            yield _HALVES[word]
        value = _word(word)
        if value is not None:
            yield Decimal(value)
            run.append(value)
        elif run:
            yield Decimal(_joined(run))
            run = []


def _word(word: str) -> int | None:
    """The value of one word, if it is a number."""
    parts: list[int] = []
    at = 0
    while match := _PART.match(word, at):
        parts.append(-10 if match.group() == _TEEN else _STEMS[match.group()])
        at = match.end()
    if parts == [-10]:  # partitive of "teine", second
        return 2
    if not parts or parts[0] < 0 or not _ENDING.fullmatch(word, at):
        return None
    if -10 in parts:  # kaksteist: two and ten
        return parts[0] + 10
    return _joined(parts)


def _joined(parts: list[int]) -> int:
    """Units, tens and hundreds in order as one number: 2, 100, 6 is 206."""
    total = current = 0
    for value in parts:
        if value >= 1000 and not value % 1000:
            total, current = total + max(current, 1) * value, 0
        elif value in (10, 100):
            current = current - current % value + max(current % value, 1) * value if current else value
        else:
            current += value
    return total + current
