"""Places that Finnish and English call by different names: CLDR's countries and cities (Babel), and a table."""

from functools import cache

from babel import Locale

from review.checks.names.frequency import english
from review.checks.names.tables import exonyms as table


@cache
def _places() -> dict[str, str]:
    finnish, in_english = Locale("fi"), Locale("en")
    found = {
        name: in_english.territories[code]
        for code, name in finnish.territories.items()
        if code in in_english.territories
    }
    cities = in_english.time_zones
    for zone, names in finnish.time_zones.items():
        city = cities.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if "city" in names:
            found[names["city"]] = city
    found.update(table())
    return {name: place for name, place in found.items() if name != place and " " not in name}


@cache
def english_place(name: str) -> str | None:
    """The English name of a place that Finnish calls `name`, if English calls it otherwise."""
    place = _places().get(name)
    return place if place and english(place) > english(name) else None


@cache
def _english_names() -> frozenset[str]:
    return frozenset(_places().values())


def is_english_place(name: str) -> bool:
    """Whether `name` is what English calls a place that Finnish calls otherwise: Savonia, Karelia."""
    return name in _english_names()
