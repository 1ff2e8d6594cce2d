"""All forms of names on one side of a document, where they stand, and which bases they may be forms of."""

from collections import defaultdict
from collections.abc import Iterable

from review.checks.names.mentions import Mention
from review.checks.names.morphology.languages import readings
from review.checks.names.places import nearness

_ENOUGH = 2.0  # more forms than this tell nothing more


class Forms:
    """An index of the mentions of the source, or of the hypothesis. All forms are lower-case."""

    def __init__(self, language: str, *, bounded: bool) -> None:
        self._language = language
        self._bounded = bounded
        self._places: dict[str, list[int]] = defaultdict(list)
        self._by_base: dict[str, list[str]] = defaultdict(list)

    def add(self, segment: int, found: Iterable[Mention]) -> None:
        """Adds a segment's mentions; segments come in order."""
        for mention in found:
            form = mention.text.lower()
            places = self._places[form]
            if not places:
                for reading in readings(mention.text, self._language):
                    self._by_base[reading.base.lower()].append(form)
            if not places or places[-1] != segment:
                places.append(segment)

    def places(self, form: str) -> list[int]:
        """The segments in which `form` stands."""
        return self._places.get(form, [])

    def near(self, form: str, segment: int, *, own: bool = True) -> float:
        """How near the next place of `form` is, from 0 to 1."""
        places = self._places.get(form)
        return nearness(places, segment, bounded=self._bounded, own=own) if places else 0.0

    def sisters(self, base: str, segment: int, but: str) -> float:
        """How many forms near this segment, other than `but`, may be forms of `base`; at most 2."""
        total = 0.0
        for form in self._by_base.get(base, ()):
            if form != but:
                total += self.near(form, segment)
                if total >= _ENOUGH:
                    return _ENOUGH
        return total
