"""The reviewers' term list: terms of the source that the text translates otherwise, and forbidden words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from review.checks.family import Check, Family
from review.checks.termlist.matching import Found, Terms, count_words
from review.model import Context, Document, Flag, Segment, Severity, Term
from review.text import words

_MOST_SHOWN = 3
_SURE = {"forbidden": 0.9, "forbidden without source": 0.75, "missing": 0.75}


@dataclass(frozen=True)
class _Evidence:
    """The term list, each side ready to be found; indexes lead back to the terms."""

    terms: tuple[Term, ...]
    sources: Terms
    targets: Terms
    target_of: tuple[int, ...]  # which term each target belongs to
    forbidden: Terms
    forbidden_of: tuple[int, ...]
    forbidden_words: tuple[str, ...]
    english: bool


class TermList(Family[_Evidence | None]):
    id = "termlist"
    title = "Term list"
    checks = (
        Check(
            id="term-missing",
            title="Term list has another translation",
            category="terminology/wrong-term",
            severity=Severity.MAJOR,
            meaning="The source holds a term of the reviewers’ list, in whatever form, and the text holds none of "
            "the translations that the list gives for it.",
            example="kansanedustaja: deputy, where the list has “member of parliament”",
            languages=(),
        ),
        Check(
            id="term-forbidden",
            title="Word that the term list forbids",
            category="terminology/wrong-term",
            severity=Severity.MAJOR,
            meaning="The text uses a word that the reviewers’ list forbids: for a term that the source holds, or "
            "for anything.",
            example="Euro deputy → MEP, once the list forbids it",
            languages=(),
        ),
    )

    def gather(self, document: Document, context: Context) -> _Evidence | None:
        return _prepared(context.terms, context.source_lang, context.target_lang) if context.terms else None

    def flags(self, segment: Segment, evidence: _Evidence | None) -> Iterator[Flag]:
        if evidence is None:
            return
        held: dict[int, Found] = {}
        for found in evidence.sources.find(segment.source or ""):
            held.setdefault(found.index, found)
        told = set()
        for found in evidence.forbidden.find(segment.text):
            index = evidence.forbidden_of[found.index]
            term = evidence.terms[index]
            if term.source and segment.source is not None and index not in held:
                continue  # it may stand for something else
            told.add(index)
            plural = evidence.english and _is_plural(
                segment.text[: found.end], evidence.forbidden_words[found.index]
            )
            yield self._forbidden(segment, term, found, "s" if plural else "")
        used = {evidence.target_of[found.index] for found in evidence.targets.find(segment.text)}
        for index, found in held.items():
            if evidence.terms[index].targets and index not in used | told:
                yield from self._missing(segment, evidence.terms[index], found)

    def _forbidden(self, segment: Segment, term: Term, found: Found, ending: str) -> Flag:
        word = segment.text[found.start : found.end]
        instead = f"; it has {_quoted(term.targets)}" if term.targets else ""
        meant = f" for “{term.source}”" if term.source else ""
        sure = "forbidden" if segment.source is not None or not term.source else "forbidden without source"
        return self.flag(
            "term-forbidden",
            segment,
            (found.start, found.end),
            f"The term list forbids “{word}”{meant}{instead}.",
            *(_in_form_of(word, target) + ending for target in term.targets[:_MOST_SHOWN]),
            confidence=_SURE[sure],
        )

    def _missing(self, segment: Segment, term: Term, found: Found) -> Iterator[Flag]:
        span = _around(segment, found)
        if span is None:
            return
        source = segment.source or ""
        reason = (
            f"The source says “{source[found.start : found.end]}”, for which the term list has "
            f"{_quoted(term.targets)}; the text has {'it not' if len(term.targets) == 1 else 'none of them'}."
        )
        yield self.flag("term-missing", segment, span, reason, confidence=_SURE["missing"])


@lru_cache(maxsize=8)
def _prepared(terms: tuple[Term, ...], source_lang: str, target_lang: str) -> _Evidence:
    targets = [(target, index) for index, term in enumerate(terms) for target in term.targets]
    forbidden = [(target, index) for index, term in enumerate(terms) for target in term.forbidden]
    return _Evidence(
        terms,
        Terms([term.source for term in terms], source_lang),
        Terms([target for target, _ in targets], target_lang),
        tuple(index for _, index in targets),
        Terms([target for target, _ in forbidden], target_lang),
        tuple(index for _, index in forbidden),
        tuple(word for word, _ in forbidden),
        target_lang == "en",
    )


def _around(segment: Segment, found: Found) -> tuple[int, int] | None:
    """The two words of the text around where the translation of a term of the source would stand."""
    own = words(segment.text)
    if not own:
        return None
    if len(own) == 1:
        return own[0].start, own[0].end
    at = round(len(own) * found.at / max(1, count_words(segment.source or "")))
    at = min(max(at, 1), len(own) - 1)
    return own[at - 1].start, own[at].end


def _quoted(targets: tuple[str, ...]) -> str:
    shown = [f"“{target}”" for target in targets[:_MOST_SHOWN]]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _is_plural(before: str, forbidden: str) -> bool:
    """Whether the word that ends here is the forbidden one with the -s of a plural."""
    return before.casefold().endswith(forbidden.casefold() + "s")


def _in_form_of(word: str, target: str) -> str:
    """The translation with the capital of the word that it replaces."""
    return target[:1].upper() + target[1:] if word[:1].isupper() and target[:1].islower() else target
