"""Currencies and units of measure that differ from the source and the references."""

from collections.abc import Iterator
from decimal import Decimal

from review.checks.family import Check, Family
from review.checks.lexicon.basis import Side, Swap, compare, keys, read, sides
from review.checks.lexicon.gaps import gap
from review.checks.lexicon.language import Lexicon, lexicon_of
from review.checks.lexicon.terms import Terms, Told
from review.checks.numbers.numeral import Numeral, numerals
from review.model import Context, Document, Flag, Segment, Severity

# The sign, one and many of each currency and unit, as English has them.
_FORMS = {
    "euro": "€ euro euros",
    "dollar": "$ dollar dollars",
    "pound": "£ pound pounds",
    "krona": "kronor krona kronor",
    "ruble": "rubles rouble roubles",
    "yen": "¥ yen yen",
    "yuan": "yuan yuan yuan",
    "franc": "francs franc francs",
    "rupee": "rupees rupee rupees",
    "zloty": "zlotys zloty zlotys",
    "lira": "lira lira lira",
    "mark": "marks mark marks",
    "hryvnia": "hryvnias hryvnia hryvnias",
    "peso": "pesos peso pesos",
    "km": "km kilometre kilometres",
    "m": "m metre metres",
    "cm": "cm centimetre centimetres",
    "mm": "mm millimetre millimetres",
    "kg": "kg kilo kilos",
    "g": "g gram grams",
    "t": "t tonne tonnes",
    "l": "l litre litres",
    "ha": "ha hectare hectares",
    "percent": "% percent percent",
    "foot": "ft foot feet",
    "inch": "inches inch inches",
}
_OTHER = 0.85
_MISSING = 0.6
_SHORT = frozenset("EUR USD GBP JPY CNY RMB CHF € $ £ ¥ km cm mm kg ha ft".split())


class Quantities(Family[Context]):
    id = "quantities"
    title = "Currencies and units"
    checks = (
        Check(
            id="currency-mismatch",
            title="Another currency",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="A currency that neither the source nor a reference has, while theirs is not in the text.",
            example="source: 40 euroa — 40 dollars → 40 euros",
        ),
        Check(
            id="currency-missing",
            title="Currency left out",
            category="accuracy/omission",
            severity=Severity.MINOR,
            meaning="The source has a currency, and the text has none.",
            example="source: Se maksoi 40 euroa. — It cost 40.",
        ),
        Check(
            id="unit-mismatch",
            title="Another unit of measure",
            category="accuracy/mistranslation",
            severity=Severity.MAJOR,
            meaning="The number of the source with another unit: a conversion would have changed the number too.",
            example="source: 40 kilometriä — 40 miles → 40 kilometres",
        ),
    )

    def gather(self, document: Document, context: Context) -> Context:
        return context

    def flags(self, segment: Segment, evidence: Context) -> Iterator[Flag]:
        basis = sides(segment, evidence)
        target = lexicon_of(evidence.target_lang)
        if not basis or target is None:
            return
        yield from self._currencies(segment, target, basis)
        yield from self._units(segment, target, basis)

    def _currencies(self, segment: Segment, target: Lexicon, basis: list[Side]) -> Iterator[Flag]:
        told = target.currencies.find(segment.text)
        there = [(side, [t for t in found if not _is_name(t)]) for side, found in read(basis, _currencies)]
        for difference in compare(told, there):
            side = difference.side.name
            if isinstance(difference, Swap):
                lost = difference.lost
                if lost:
                    yield self._mismatch("currency-mismatch", segment, difference.told, lost, side, _OTHER)
            elif span := gap(segment.text, difference.told.start, len(difference.side.text)):
                reason = f"The {side} has “{difference.told.text}”; the text names no currency."
                yield self.flag("currency-missing", segment, span, reason, confidence=_MISSING)

    def _units(self, segment: Segment, target: Lexicon, basis: list[Side]) -> Iterator[Flag]:
        measured = _measured(segment.text, target.units)
        if not measured:
            return
        there = [(side, _measured(side.text, side.lexicon.units)) for side in basis]
        right = {told.key for _, pairs in there for _, told in pairs} | {
            key for side in basis for key in keys(side.lexicon.units.find(side.text))
        }
        present = keys(target.units.find(segment.text))
        side, pairs = there[0]
        lost = {value: one for values, one in pairs for value in values if one.key not in present}
        for values, told in measured:
            same = tuple(lost[value] for value in values if value in lost)
            if same and told.key not in right:
                yield self._mismatch("unit-mismatch", segment, told, same, side.name, _OTHER)

    def _mismatch(
        self, check: str, segment: Segment, told: Told, lost: tuple[Told, ...], side: str, confidence: float
    ) -> Flag:
        reason = (
            f"The {side} has “{lost[0].text}” ({_form(lost[0].key, 'many')}); the text has “{told.text}”."
        )
        form = "short" if told.text in _SHORT else "many" if told.text.endswith("s") else "one"
        forms = dict.fromkeys(_form(one.key, form) for one in lost)
        return self.flag(check, segment, (told.start, told.end), reason, *forms, confidence=confidence)


def _currencies(lexicon: Lexicon) -> Terms:
    return lexicon.currencies


def _is_name(told: Told) -> bool:
    """Whether a currency is rather a name: Mark Rutte, Punta Ballena. At a sentence’s start it may be missed."""
    return told.text[0].isupper() and not told.text.isupper()


def _form(key: str, form: str) -> str:
    """A currency or unit in English; units without a row are words that take an -s."""
    short, one, many = _FORMS.get(key, f"{key}s {key} {key}s").split()
    return {"short": short, "one": one, "many": many}[form]


def _measured(text: str, units: Terms) -> list[tuple[frozenset[Decimal], Told]]:
    """Each unit that a numeral stands before, with the numeral's values."""
    found: dict[int, Numeral] = {numeral.end: numeral for numeral in numerals(text)}
    if not found:
        return []
    pairs = []
    for told in units.find(text):
        numeral = found.get(told.start) or found.get(told.start - 1)
        if numeral is not None:
            pairs.append((numeral.values, told))
    return pairs
