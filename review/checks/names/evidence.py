"""What a document says of its names: every form on both sides, and what the source has in a segment."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from review.checks.names.forms import Forms
from review.checks.names.mentions import Mention, mentions
from review.checks.names.morphology.languages import language_of, readings
from review.checks.names.romanisation import fold, has_foreign_letters, is_slavic_given, plain
from review.checks.style import Marks, QuoteStyle
from review.model import Context, Document, NameList, Segment


@dataclass(frozen=True)
class SourceHere:
    """The names of one segment's source, lower-case."""

    found: tuple[Mention, ...]
    language: str

    @classmethod
    def of(cls, segment: Segment, language: str) -> "SourceHere":
        return cls(tuple(mentions(segment.source or "")), language)

    @cached_property
    def forms(self) -> dict[str, Mention]:
        return {mention.text.lower(): mention for mention in self.found}

    @cached_property
    def bases(self) -> dict[str, frozenset[str]]:
        """For each base the forms that it may be the base of."""
        by_base: dict[str, set[str]] = {}
        for mention in self.found:
            for reading in readings(mention.text, self.language):
                by_base.setdefault(reading.base.lower(), set()).add(mention.text.lower())
        return {base: frozenset(forms) for base, forms in by_base.items()}

    @cached_property
    def folds(self) -> frozenset[str]:
        """All forms and bases, folded."""
        return frozenset(map(fold, {*self.forms, *self.bases}))

    def inflects(self, base: str, but: str = "") -> bool:
        """Whether a form other than `but` may be a form of `base`."""
        return bool(self.bases.get(base, frozenset()) - {but})

    def before_postposition(self, form: str) -> bool:
        mention = self.forms.get(form)
        return mention is not None and mention.after.lower() in language_of(self.language).postpositions

    def before_name(self, form: str) -> bool:
        mention = self.forms.get(form)
        return mention is not None and mention.after[:1].isupper()

    def after_name(self, form: str) -> bool:
        mention = self.forms.get(form)
        return mention is not None and mention.before[:1].isupper()


@dataclass
class NameEvidence:
    """One analysis of a whole document; `source` is None where the document has no source."""

    marks: Marks
    listed: NameList
    language: str
    target: Forms
    source: Forms | None = None
    slavic: Counter[str] = field(
        default_factory=Counter
    )  # folded names that what is around them shows as Slavic
    spellings: dict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )  # by what all have in common

    @property
    def style(self) -> QuoteStyle:
        return self.marks.style

    @classmethod
    def of(cls, document: Document, context: Context) -> "NameEvidence":
        language = language_of(context.source_lang).code
        bounded = document.bounded
        evidence = cls(Marks(document), context.names, language, Forms(language, bounded=bounded))
        source = Forms(language, bounded=bounded)
        for segment in document.segments:
            evidence._add(segment)
            if segment.source is not None:
                evidence.source = source
                found = mentions(segment.source)
                source.add(segment.number, found)
                for mention in found:
                    evidence.slavic.update(evidence._shown_slavic(mention))
        return evidence

    def replace(self, before: Segment, after: Segment) -> "NameEvidence":
        """The same once a segment has another text; its source stays."""
        self.marks.replace(before, after)
        found = mentions(before.text)
        self.target.remove(before.number, found)
        for mention in found:
            _take(self.slavic, self._shown_slavic(mention))
            _take(self.spellings[fold(plain(mention.text))], [mention.text])
        self._add(after)
        return self

    def _add(self, segment: Segment) -> None:
        found = mentions(segment.text)
        self.target.add(segment.number, found)
        for mention in found:
            self.slavic.update(self._shown_slavic(mention))
            self.spellings[fold(plain(mention.text))][mention.text] += 1

    def _shown_slavic(self, mention: Mention) -> Iterator[str]:
        """The folded name, and those it may be a form of, where it follows a Slavic name or has its letters."""
        if is_slavic_given(mention.before) or has_foreign_letters(mention.text):
            yield fold(mention.text)
            for reading in readings(mention.text, self.language):
                yield fold(reading.base)


def _take(counts: Counter[str], gone: Iterable[str]) -> None:
    for one in gone:
        counts[one] -= 1
        if not counts[one]:
            del counts[one]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention with all that is known around it, as the rules take it."""

    mention: Mention
    segment: int
    evidence: NameEvidence
    here: SourceHere | None  # None without a source
    right: frozenset[str]  # the names of the references, as they are written
    right_lower: frozenset[str]
    beside: frozenset[str]  # the other names of the hypothesis
