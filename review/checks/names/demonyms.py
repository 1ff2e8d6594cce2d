"""English adjectives and inhabitants of places, which end like a Finnish genitive: Russian, Cuban."""

from functools import cache

from babel import Locale

# Parts of the world and states that CLDR does not name.
_REGIONS = """
Africa America Asia Australia Eurasia Europea Oceania Siberia Bavaria Crimea Fennoscandia Lapponia Savonia
Scandinavia Catalonia Sardinia Sicilia Silesia Sahara Sumatra Chechnya Alabama Alaska Alberta Arizona
California Carolina Dakota Florida Georgia Indiana Iowa Louisiana Minnesota Montana Nebraska Nevada
Oklahoma Pennsylvania Philadelphia Tasmania Victoria Virginia Alexandria Jakarta Havana Roma
""".split()


@cache
def _demonyms() -> frozenset[str]:
    english = Locale("en")
    countries = {word for name in english.territories.values() for word in name.split() if word.endswith("a")}
    places = {*countries, *_REGIONS}
    return frozenset({f"{place}n" for place in places} | set(english.languages.values()))


def is_demonym(word: str) -> bool:
    """Whether `word` is a language, or a country’s or region’s name with an English -n."""
    return word in _demonyms() or word.removesuffix("s") in _demonyms()
