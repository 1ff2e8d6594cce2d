"""All forms of names on one side of a document, where they stand, and which bases they may be forms of."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from math import fsum

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
        """Adds a segment's mentions."""
        for mention in found:
            form = mention.text.lower()
            if form not in self._places:
                self._read(form, mention.text)
            places = self._places[form]
            at = bisect_left(places, segment)
            if at == len(places) or places[at] != segment:
                places.insert(at, segment)

    def _read(self, form: str, written: str) -> None:
        for reading in readings(written, self._language):
            forms = self._by_base[reading.base.lower()]
            if form not in forms:
                forms.append(form)

    def remove(self, segment: int, found: Iterable[Mention]) -> None:
        """Removes a segment's mentions: all of them."""
        for form in {mention.text.lower() for mention in found}:
            self._places[form].remove(segment)

    def places(self, form: str) -> list[int]:
        """The segments in which `form` stands."""
        return self._places.get(form, [])

    def near(self, form: str, segment: int, *, own: bool = True) -> float:
        """How near the next place of `form` is, from 0 to 1."""
        places = self._places.get(form)
        return nearness(places, segment, bounded=self._bounded, own=own) if places else 0.0

    def sisters(self, base: str, segment: int, but: str) -> float:
        """How many forms near this segment, other than `but`, may be forms of `base`; at most 2."""
        others = (form for form in self._by_base.get(base, ()) if form != but)
        return min(_ENOUGH, fsum(self.near(form, segment) for form in others))
