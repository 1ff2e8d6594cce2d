"""Measures that a translator may convert: 500 kilometres are 310 miles, and 40 °C are 104 °F."""

import re
from collections.abc import Collection
from decimal import Decimal

_GAP = "[ \u00a0-]?"
# How much of the metric unit one is, of any of the units that the number may be given in.
_FACTORS = {
    "mile": ("1.609",),
    "mph": ("1.609",),
    "foot": ("0.3048", "30.48"),
    "feet": ("0.3048", "30.48"),
    "ft": ("0.3048", "30.48"),
    "inch": ("2.54", "0.0254", "25.4"),
    "yard": ("0.9144",),
    "pound": ("0.4536",),
    "lb": ("0.4536",),
    "ounce": ("28.35",),
    "stone": ("6.35",),
    "acre": ("0.4047", "4047"),
    "gallon": ("3.785", "4.546"),
    "square mile": ("2.59",),
}
_UNIT = re.compile(
    rf"{_GAP}(square mile|{'|'.join(_FACTORS)})(?:s|es)?\b|{_GAP}(?:°|degrees?)?{_GAP}F(?:ahrenheit)?\b"
)
_DEGREES = re.compile(rf"{_GAP}(?:°|degree)")
_TOLERANCE = Decimal("0.13")  # converted figures are rounded: 500 kilometres, 300 miles


def is_english_measure(text: str, end: int) -> bool:
    """Whether an English unit follows the number that ends at `end`: the number may be a conversion."""
    return bool(_UNIT.match(text, end) or _DEGREES.match(text, end))


def is_converted(values: Collection[Decimal], text: str, end: int, right: Collection[Decimal]) -> bool:
    """Whether the number that ends at `end` is one of `right` in an English unit."""
    match = _UNIT.match(text, end)
    if match is not None and match.group(1):
        factors = [Decimal(factor) for factor in _FACTORS[match.group(1)]]
        return any(_near(value * factor, right) for value in values for factor in factors)
    if match is None and not _DEGREES.match(text, end):
        return False
    return any(abs((value - 32) / Decimal("1.8") - other) <= 1 for value in values for other in right)


def _near(value: Decimal, right: Collection[Decimal]) -> bool:
    return any(abs(value - other) <= _TOLERANCE * other for other in right)
