"""English adjectives and inhabitants of places, which end like a Finnish genitive: Russian, Cuban."""

from functools import cache

from babel import Locale

_OTHERS = ("Africa", "America", "Asia", "Australia", "Europea", "Siberia", "Bavaria", "California", "Alaska")


@cache
def _demonyms() -> frozenset[str]:
    english = Locale("en")
    places = {*english.territories.values(), *_OTHERS}
    return frozenset({f"{place}n" for place in places} | set(english.languages.values()))


def is_demonym(word: str) -> bool:
    """Whether `word` is a language, or a country's or region's name with an English -n."""
    return word in _demonyms() or word.removesuffix("s") in _demonyms()
