"""Puts texts that name their document and segment side by side: what both kinds of WMT file need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from review.errors import BadInput
from review.formats.shape import Parsed, Reviewed
from review.model import SegmentTexts

Key = tuple[str, str]  # a document's id, a segment's id in it


@dataclass(slots=True)
class Version:
    """One text of the whole set: a system's, a translator's, or the source."""

    name: str
    texts: dict[Key, str] = field(default_factory=dict)

    def add(self, key: Key, text: str, place: str) -> None:
        """BadInput for a segment that comes twice."""
        if key in self.texts:
            document, segment = key
            raise BadInput(
                f"{place}: the document “{document}” has a segment “{segment}” already: ids come once."
            )
        self.texts[key] = text


@dataclass(slots=True)
class Versions:
    """All texts of a set by their names, and the order of its segments: as they come first."""

    sources: dict[str, Version] = field(default_factory=dict)
    references: dict[str, Version] = field(default_factory=dict)
    systems: dict[str, Version] = field(default_factory=dict)
    keys: dict[Key, None] = field(default_factory=dict)

    def parsed(self, source_lang: str = "", target_lang: str = "") -> Parsed:
        """The set as an import. Without a system its references are what is reviewed, without these its source."""
        systems = self.reviewed
        references = list(self.references.values()) if systems is self.systems else []
        source = next(iter(self.sources.values()), None) if systems is not self.sources else None
        segments = [
            SegmentTexts(
                tuple(version.texts.get(key, "") for version in systems.values()),
                None if source is None else source.texts.get(key),
                tuple(version.texts[key] for version in references if key in version.texts),
                key[0],
            )
            for key in self.keys
        ]
        languages = (source_lang, target_lang) if systems is not self.sources else ("", source_lang)
        return Parsed(tuple(systems), segments, tuple({} for _ in systems), *languages)

    @property
    def reviewed(self) -> dict[str, Version]:
        """The texts that `parsed` gives as systems, in its order."""
        return self.systems or self.references or self.sources


def version_of(versions: dict[str, Version], name: str) -> Version:
    """The version of that name, a new one where there is none yet."""
    return versions.setdefault(name, Version(name))


def changed_texts(
    versions: Versions, system: int, segments: Iterable[Reviewed]
) -> tuple[Mapping[Key, str], str]:
    """The new texts of what review has changed in a system, and that system's name."""
    pairs = zip(versions.keys, segments, strict=True)
    return {key: segment.text for key, segment in pairs if segment.changed}, list(versions.reviewed)[system]
