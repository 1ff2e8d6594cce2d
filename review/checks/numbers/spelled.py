"""Numbers written as words, in English and Finnish, read by their parts.

Finnish inflects every part of a number word ("kahdellekymmenelle"), so the parts are stems and what
follows a stem up to the next one is taken for its ending.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

_EN_UNITS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    """.split()
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EN_ORDINALS: dict[str, int | Decimal] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    "half": Decimal("0.5"),
    "once": 1,
    "twice": 2,
    "dozen": 12,
    "couple": 2,
    "both": 2,
}
_EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_EN: dict[str, Decimal] = {word: Decimal(n) for n, word in enumerate(_EN_UNITS)}
_EN |= {word: Decimal(10 * n) for n, word in enumerate(_EN_TENS, start=2)}
_EN |= {word: Decimal(n) for word, n in _EN_ORDINALS.items()}

# Longest first, so that "kahdeksan" is not read as "kahde" + "ksan".
_FI_STEMS: tuple[tuple[str, int], ...] = tuple(
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
            *((s, 10) for s in ("kymmene", "kymmentä", "kymmen", "kymmenkun")),
            *((s, -10) for s in ("toista",)),  # "kuusitoista": ten and the unit before it
            *((s, 100) for s in ("sata", "sada", "sataa")),
            *((s, 1000) for s in ("tuhat", "tuhan", "tuhans")),
            *((s, 10**6) for s in ("miljoon",)),
            *((s, 10**9) for s in ("miljard",)),
        ),
        key=lambda pair: -len(pair[0]),
    )
)
_FI_WORD = re.compile("|".join(re.escape(stem) for stem, _ in _FI_STEMS))
_FI_VALUE = dict(_FI_STEMS)
_FI_HALVES = (("puolitoista", Decimal("1.5")), ("puolentoista", Decimal("1.5")), ("puol", Decimal("0.5")))


def english(text: str) -> Iterator[Decimal]:
    """The values of English number words and runs of them: "seventy-five", "two hundred and six"."""
    total = current = Decimal(0)
    running = False
    for word in [*re.findall(r"[a-z]+", text.casefold()), "."]:
        stem = _english_stem(word)
        if stem in _EN:
            yield _EN[stem]
            current += _EN[stem]
            running = True
        elif stem in _EN_SCALES and running:
            current = max(current, Decimal(1)) * _EN_SCALES[stem]
            if _EN_SCALES[stem] >= 1000:
                total, current = total + current, Decimal(0)
        elif stem in _EN_SCALES:
            yield Decimal(_EN_SCALES[stem])
        elif word != "and" and running:
            yield total + current
            total = current = Decimal(0)
            running = False


def _english_stem(word: str) -> str:
    """ "twentieth", "sixth" and "millions" as their cardinals."""
    if word in _EN or word in _EN_SCALES:
        return word
    for ending, instead in (("ieth", "y"), ("th", ""), ("ies", "y"), ("s", "")):
        if word.endswith(ending) and (stem := word[: -len(ending)] + instead) in _EN | _EN_SCALES:
            return stem
    return word


def finnish(text: str) -> Iterator[Decimal]:
    """The values of Finnish number words, compounds and endings included."""
    for word in re.findall(r"[a-zåäö]+", text.casefold()):
        for stem, value in _FI_HALVES:
            if word.startswith(stem):
                yield value
                break
        else:
            yield from _finnish_word(word)


def _finnish_word(word: str) -> Iterator[Decimal]:
    first = _FI_WORD.match(word)
    if first is None or _FI_VALUE[first.group()] < 0:
        return
    total = current = 0
    for match in _FI_WORD.finditer(word):
        value = _FI_VALUE[match.group()]
        if value == -10:
            current += 10
        elif value >= 10:
            current = max(current, 1) * value
            if value >= 100:
                total, current = total + current, 0
        else:
            total, current = (total + current, value) if current >= 10 else (total, current + value)
    yield Decimal(total + current)


SPELLED: dict[str, Callable[[str], Iterator[Decimal]]] = {"en": english, "fi": finnish}
