"""Addresses: numbers in them as large as the database's and no larger, and made quickly for templates."""

from functools import lru_cache
from secrets import randbelow
from typing import Any

from flask import Flask, request, url_for
from werkzeug.routing import IntegerConverter

_LARGEST = 10**9 - 1
_STAND_IN = _LARGEST - 1000 - randbelow(10**8)  # a number that no address holds, and nobody can guess


class Number(IntegerConverter):
    """A whole number of up to nine digits, which fits an id column; anything else is no page of ours.

    The pattern says so, and not a bound: a path whose number is out of bounds would be told to take other methods.
    """

    regex = r"[0-9]{1,9}"


def install(app: Flask) -> None:
    """Use it for every `<int:…>`; and a quicker `url_for` in templates, since pages have dozens of addresses."""
    app.url_map.converters["int"] = Number
    app.jinja_env.globals["url_for"] = address


def address(endpoint: str, **values: Any) -> str:
    """What Flask's `url_for` gives: it is asked once for all addresses that differ in nothing but numbers."""
    numbers = {name: value for name, value in values.items() if value.__class__ is int}
    form = tuple([(name, name if name in numbers else (v,)) for name, v in values.items() if v is not None])
    return _pattern(endpoint, request.script_root, form) % numbers


@lru_cache(maxsize=2000)
def _pattern(endpoint: str, _root: str, form: tuple[tuple[str, Any], ...]) -> str:
    """The address with a place for each number; `form` holds the name of a number, or another value in a tuple."""
    names = [name for name, value in form if value == name]
    stand_ins: dict[str, Any] = {name: _STAND_IN + place for place, name in enumerate(names)}
    values = {name: stand_ins[name] if name in stand_ins else value[0] for name, value in form}
    made = url_for(endpoint, **values).replace("%", "%%")
    for name, stand_in in stand_ins.items():
        made = made.replace(str(stand_in), f"%({name})d")
    return made
